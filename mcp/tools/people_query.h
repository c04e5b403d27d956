// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a model asks about people as requests to Graph. Pure.

#pragma once

#include "mcp/graph/graph_client.h"

#include <QString>

namespace mcp {

// Of an object in Entra ID: "87d349ed-44d7-43e1-9a83-5f2406dee5bd".
bool isObjectId(const QString &text);
// Something that may be an address or a user name: one @, no spaces, nothing hidden.
bool isAddress(const QString &text);
// Has something in it that a search can find.
bool hasWord(const QString &text);

// Users of the directory whose name has words that begin like those of text, or whose address or
// user name begins like it (https://learn.microsoft.com/graph/search-query-parameter).
GraphRequest usersNamed(const QString &text);
// Users, one or none, with that address or user name.
GraphRequest usersAt(const QString &address);
// A user by object id, or with an empty one the signed-in person.
GraphRequest userWithId(const QString &id);

// The people that the signed-in person works with most, the most relevant first.
GraphRequest relevantPeople();
// Among these and in the directory, also where the name is spelled alike. What it tells of
// colleagues is more than User.ReadBasic.All does.
GraphRequest peopleNamed(const QString &text);

} // namespace mcp
