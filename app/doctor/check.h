// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the doctor found: one Check for each thing that can be in the way, and the report of them.

#pragma once

#include <QDateTime>
#include <QJsonObject>
#include <QLatin1StringView>
#include <QList>
#include <QString>

namespace doctor {

enum class Outcome {
    Ok,
    Warning, // it works, but not as it should
    Failed,
    Skipped, // there is nothing to check, or it cannot be told
};

// For whoever helps; never a secret, a token or a server's sentence. Names are not translated.
struct Fact
{
    QString name;
    QString value;
};

// All texts are safe to show in widgets with plain text (display_text).
struct Check
{
    QString id = {}; // stable: "keychain", "clock", ...
    QString title = {};
    Outcome outcome = Outcome::Ok;
    QString finding = {}; // a sentence
    QString advice = {}; // what to do; empty: nothing
    QList<Fact> facts = {};
};

// What may tell who the person is, and what stands in its place in a report for others.
struct Personal
{
    QString text;
    QString instead;
};

struct Report
{
    QList<Check> checks = {};
    QDateTime time = {}; // UTC
    QList<Personal> personal = {};

    int count(Outcome outcome) const;
    // Nothing failed.
    bool isGood() const { return count(Outcome::Failed) == 0; }
};

enum class Names { Kept, Shortened };

// "ok", "warning", "failed", "skipped"
QLatin1StringView outcomeWord(Outcome outcome);
// The same for the person.
QString outcomeText(Outcome outcome);
// "Nothing is wrong.", "2 things need you.", ...
QString summary(const Report &report);

// As `graph-valet doctor --json` prints it.
QJsonObject toJson(const Report &report);
// For the clipboard.
QString toText(const Report &report, Names names);

} // namespace doctor
