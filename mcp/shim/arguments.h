// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The command line of graph-valet. Pure.

#pragma once

#include <string>
#include <string_view>
#include <vector>

enum class Word { Stdio, Status, SignIn, SignOut, Quit, Connect, Doctor, Help, Version };

struct Arguments
{
    Word word = Word::Help;
    std::string profile;
    bool json = false; // status, doctor
    int timeoutSeconds = 0; // sign-in; 0: none
    bool deviceCode = false; // sign-in: a code to enter on any device instead of a browser here
    bool noBrowser = false; // sign-in: print the link only
    bool another = false; // sign-in: one more account
    std::string client; // stdio: id of the client's entry; connect: which client
    bool list = false; // connect: all clients instead of one
    bool remove = false; // connect
    bool dryRun = false; // connect: show, write nothing
    bool undo = false; // connect: the last change
    std::string account; // sign-out: only this one; empty: all
    std::string problem; // not empty: print it and the usage, exit 2
};

// words: without the program's name. profileVariable: value of GRAPH_VALET_PROFILE, may be null.
Arguments parseArguments(const std::vector<std::string> &words, const char *profileVariable);

std::string_view usage();
