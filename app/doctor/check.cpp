// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/doctor/check.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace doctor {
namespace {

struct DoctorReport
{
    Q_DECLARE_TR_FUNCTIONS(DoctorReport)
public:
    static QString outcome(Outcome outcome)
    {
        switch (outcome) {
        case Outcome::Ok: return tr("OK");
        case Outcome::Warning: return tr("Warning");
        case Outcome::Failed: return tr("Failed");
        case Outcome::Skipped: return tr("Not checked");
        }
        return {};
    }
    static QString allWell() { return tr("No problem was found."); }
    static QString warnings(int count)
    {
        return count == 1 ? tr("Nothing is broken, but one thing is not as it should be.")
                          : tr("Nothing is broken, but %1 things are not as they should be.")
                                .arg(QString::number(count));
    }
    static QString failures(int count)
    {
        return count == 1 ? tr("One thing is in the way.")
                          : tr("%1 things are in the way.").arg(QString::number(count));
    }
    static QString heading(const QString &version, const QString &time)
    {
        return tr("Graph Valet %1, checked on %2").arg(version, time);
    }
    static QString toDo(const QString &advice) { return tr("What to do: %1").arg(advice); }
};

} // namespace

int Report::count(Outcome outcome) const
{
    return int(std::count_if(checks.cbegin(), checks.cend(),
                             [&](const Check &check) { return check.outcome == outcome; }));
}

QLatin1StringView outcomeWord(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Ok: return "ok"_L1;
    case Outcome::Warning: return "warning"_L1;
    case Outcome::Failed: return "failed"_L1;
    case Outcome::Skipped: return "skipped"_L1;
    }
    return {};
}

QString outcomeText(Outcome outcome)
{
    return DoctorReport::outcome(outcome);
}

QString summary(const Report &report)
{
    if (const int failed = report.count(Outcome::Failed); failed > 0)
        return DoctorReport::failures(failed);
    if (const int warnings = report.count(Outcome::Warning); warnings > 0)
        return DoctorReport::warnings(warnings);
    return DoctorReport::allWell();
}

QJsonObject toJson(const Report &report)
{
    QJsonArray checks;
    for (const Check &check : report.checks) {
        QJsonObject facts;
        for (const Fact &fact : check.facts)
            facts.insert(fact.name, fact.value);
        checks.append(QJsonObject{
            {u"id"_s, check.id},
            {u"title"_s, check.title},
            {u"outcome"_s, QString(outcomeWord(check.outcome))},
            {u"finding"_s, check.finding},
            {u"whatToDo"_s,
             check.advice.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(check.advice)},
            {u"facts"_s, facts}});
    }
    return {{u"ok"_s, report.isGood()},
            {u"version"_s, QString::fromLatin1(GRAPH_VALET_VERSION)},
            {u"time"_s, report.time.toUTC().toString(Qt::ISODate)},
            {u"tray"_s, true},
            {u"checks"_s, checks}};
}

QString toText(const Report &report, Names names)
{
    QStringList lines{DoctorReport::heading(QString::fromLatin1(GRAPH_VALET_VERSION),
                                            report.time.toUTC().toString(Qt::ISODate)),
                      summary(report)};
    for (const Check &check : report.checks) {
        lines.append(
            u"\n[%1] %2: %3"_s.arg(outcomeText(check.outcome), check.title, check.finding));
        if (!check.advice.isEmpty())
            lines.append(u"    "_s + DoctorReport::toDo(check.advice));
        for (const Fact &fact : check.facts)
            lines.append(u"    %1: %2"_s.arg(fact.name, fact.value));
    }
    QString text = lines.join(u'\n') + u'\n';
    if (names == Names::Kept)
        return text;
    // The longest first: a name may be a part of another one.
    QList<Personal> personal = report.personal;
    std::sort(personal.begin(), personal.end(), [](const Personal &one, const Personal &other) {
        return one.text.size() > other.text.size();
    });
    for (const Personal &one : std::as_const(personal)) {
        if (!one.text.isEmpty())
            text.replace(one.text, one.instead, Qt::CaseInsensitive);
    }
    return text;
}

} // namespace doctor
