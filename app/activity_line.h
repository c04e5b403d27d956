// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One line of the activity log: how it is written, how it is read back, and the chain that tells
// whether lines before it were changed. Pure.
//
//   {"time":"…","event":"toolCall","outcome":"ok",…,"seq":17,"previous":"<SHA-256 of line 16>"}
//
// A hash is over a line's bytes without its line break. The system's log has the same line and its
// hash, which an edited file cannot take along.

#pragma once

#include "app/base/activity.h"

#include <QByteArray>
#include <QDateTime>
#include <QStringList>

#include <optional>

// What a line says. Every text is outside text: a file can be edited.
struct ActivityEntry
{
    enum class Outcome {
        Ok,
        Refused,
        Cancelled,
        Failed,
        Running, // a call that goes on; in no file
        Unreadable, // the line is none of ours
    };

    // What the chain says (activity_reader).
    enum class Mark {
        None,
        Changed, // lines next to it were changed or removed
        Foreign, // it is not part of the chain
    };

    qint64 time = 0; // milliseconds since 1970, UTC; when it ended
    std::optional<ActivityEvent::Kind> kind = {}; // nullopt: of another version
    Outcome outcome = Outcome::Unreadable;
    QString event = {}; // as the line spells it
    QString principal = {};
    QString username = {};
    QString program = {};
    QString clientName = {};
    QString scopes = {}; // joined by spaces
    QString area = {};
    QString tool = {};
    QString words = {};
    QString errorKind = {};
    QString cause = {};
    QString code = {};
    QString requestId = {};
    qint64 duration = 0; // milliseconds; of tool calls
    qint64 bytes = 0;
    qint64 sequence = 0; // 0: written before there was a chain
    QByteArray previous = {}; // hash of the line before, hexadecimal; empty where none was

    Mark mark = Mark::None; // in no line

    qint64 began() const { return time - duration; }
};

namespace activity_line {

// Longer lines are none of ours.
constexpr qsizetype longest = 16 * 1024; // bytes

// Where a chain ends: the next line goes on from there.
struct ChainEnd
{
    qint64 sequence = 0;
    QByteArray hash = {};
};

// Without a line break. Its strings are cut to a few hundred characters.
QByteArray written(const ActivityEvent &event, const QDateTime &time, const ChainEnd &after);
// nullopt: it is none of ours.
std::optional<ActivityEntry> read(const QByteArray &line);
// Hexadecimal.
QByteArray hashOf(const QByteArray &line);
QLatin1StringView outcomeName(ActivityEntry::Outcome outcome);

} // namespace activity_line
