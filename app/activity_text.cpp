// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/activity_text.h"

#include "app/area_text.h"
#include "app/display_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace activity_text {
namespace {

using Kind = ActivityEvent::Kind;
using Outcome = ActivityEntry::Outcome;

constexpr qsizetype wordsLimit = 400; // characters; as many as a line has

struct ActivityText
{
    Q_DECLARE_TR_FUNCTIONS(ActivityText)
public:
    // Of what is no tool call.
    static QString kind(Kind kind)
    {
        switch (kind) {
        case Kind::SignIn: return tr("Sign-in");
        case Kind::Refresh: return tr("Renewal");
        case Kind::StepUp: return tr("Permissions");
        case Kind::SignOut: return tr("Sign-out");
        case Kind::ClientAccess:
        case Kind::AreaAccess: return tr("Grant");
        case Kind::RoleAccess: return tr("App role");
        case Kind::ToolCall: return tr("Call");
        case Kind::CallsLeftOut: return tr("Activity log");
        }
        return {};
    }
    static QString what(const ActivityEntry &entry)
    {
        switch (*entry.kind) {
        case Kind::SignIn: return tr("Sign in");
        case Kind::Refresh: return tr("Renew the sign-in silently");
        case Kind::StepUp: return tr("Ask for more permissions: %1").arg(scopes(entry));
        case Kind::SignOut: return tr("Sign out");
        case Kind::ClientAccess: return tr("Use the account");
        case Kind::AreaAccess: return tr("Use this part of the account: %1").arg(area(entry.area));
        case Kind::RoleAccess: return tr("Use an account whose app role does not allow it");
        case Kind::ToolCall: return display_text::shown(entry.tool);
        case Kind::CallsLeftOut:
            return tr("More calls today are not written down, there are too many");
        }
        return {};
    }
    static QString area(const QString &word)
    {
        const auto known = mcp::areaOfWord(word);
        return known ? area_text::name(*known) : display_text::shown(word);
    }
    static QString scopes(const ActivityEntry &entry)
    {
        return display_text::shown(entry.scopes, wordsLimit);
    }
    static QString outcome(Outcome outcome)
    {
        switch (outcome) {
        case Outcome::Ok: return tr("OK");
        case Outcome::Refused: return tr("Refused");
        case Outcome::Cancelled: return tr("Cancelled");
        case Outcome::Failed: return tr("Failed");
        case Outcome::Running: return tr("Running…");
        case Outcome::Unreadable: return tr("Unreadable");
        }
        return {};
    }
    static QString mark(ActivityEntry::Mark mark)
    {
        switch (mark) {
        case ActivityEntry::Mark::None: return {};
        case ActivityEntry::Mark::Changed:
            return tr("This entry, or entries right after it, were changed or removed after they "
                      "were written.");
        case ActivityEntry::Mark::Foreign:
            return tr("This entry was put in after the entries around it were written.");
        }
        return {};
    }
    static QString you() { return tr("You"); }
    static QString unknownProgram() { return tr("unknown program"); }
    static QString both(const QString &name, const QString &program)
    {
        return tr("%1 (%2)").arg(name, program);
    }
    static QString unreadable(qint64 count)
    {
        return tr("Lines that cannot be read: %1").arg(QLocale().toString(count));
    }
    static QString withReason(Outcome outcome, const QString &reason)
    {
        return tr("%1: %2").arg(ActivityText::outcome(outcome), reason);
    }
    static QString edited(const QString &result) { return tr("%1 (edited)").arg(result); }
    static QString milliseconds(qint64 count) { return tr("%1 ms").arg(QLocale().toString(count)); }
    static QString seconds(qint64 milliseconds)
    {
        return tr("%1 s").arg(QLocale().toString(double(milliseconds) / 1000.0, 'f', 1));
    }
    static QList<std::pair<QString, QString>> details(const ActivityEntry &entry);
};

QString nameOf(const QString &program)
{
    return program.section(u'/', -1).section(u'\\', -1);
}

bool isCall(const ActivityEntry &entry)
{
    return entry.kind == Kind::ToolCall;
}

QDateTime localTime(qint64 milliseconds)
{
    return QDateTime::fromMSecsSinceEpoch(milliseconds);
}

} // namespace

QString time(const ActivityEntry &entry)
{
    const QDateTime local = localTime(entry.began());
    return QLocale().toString(local.date(), QLocale::ShortFormat) + u' '
        + local.time().toString(u"HH:mm:ss"_s);
}

QString client(const QString &program, const QString &claimedName)
{
    QString known =
        program.isEmpty() ? ActivityText::unknownProgram() : display_text::shown(nameOf(program));
    if (claimedName.isEmpty())
        return known;
    return ActivityText::both(display_text::shown(claimedName), known);
}

QString client(const ActivityEntry &entry)
{
    if (!entry.program.isEmpty() || !entry.clientName.isEmpty())
        return client(entry.program, entry.clientName);
    return entry.kind == Kind::SignIn || entry.kind == Kind::SignOut || entry.kind == Kind::StepUp
        ? ActivityText::you()
        : QString();
}

QString tool(const ActivityEntry &entry)
{
    if (isCall(entry))
        return display_text::shown(entry.tool);
    return entry.kind ? ActivityText::kind(*entry.kind) : display_text::shown(entry.event);
}

QString what(const ActivityEntry &entry)
{
    if (entry.outcome == Outcome::Unreadable)
        return ActivityText::unreadable(entry.bytes);
    if (isCall(entry) && !entry.words.isEmpty())
        return display_text::shown(entry.words, wordsLimit);
    return entry.kind ? ActivityText::what(entry) : QString();
}

QString result(const ActivityEntry &entry)
{
    const QString reason = entry.code.isEmpty() ? entry.errorKind : entry.code;
    const bool isSaid = reason.isEmpty() || entry.outcome == Outcome::Cancelled
        || (entry.outcome == Outcome::Refused && entry.code.isEmpty());
    const QString said = isSaid
        ? ActivityText::outcome(entry.outcome)
        : ActivityText::withReason(entry.outcome, display_text::shown(reason));
    return entry.mark == ActivityEntry::Mark::None ? said : ActivityText::edited(said);
}

QString outcome(Outcome outcome)
{
    return ActivityText::outcome(outcome);
}

QString duration(const ActivityEntry &entry)
{
    if (!isCall(entry) || entry.outcome == Outcome::Running)
        return {};
    return entry.duration < 1000 ? ActivityText::milliseconds(entry.duration)
                                 : ActivityText::seconds(entry.duration);
}

QString size(const ActivityEntry &entry)
{
    if (!isCall(entry) || entry.outcome == Outcome::Running)
        return {};
    return QLocale().formattedDataSize(entry.bytes, entry.bytes < 1024 ? 0 : 1);
}

QString mark(const ActivityEntry &entry)
{
    return ActivityText::mark(entry.mark);
}

QString account(const ActivityEntry &entry)
{
    return display_text::shown(entry.username.isEmpty() ? entry.principal : entry.username);
}

QList<std::pair<QString, QString>> details(const ActivityEntry &entry)
{
    return ActivityText::details(entry);
}

QList<std::pair<QString, QString>> ActivityText::details(const ActivityEntry &entry)
{
    const QDateTime local = localTime(entry.began());
    const QList<std::pair<QString, QString>> all{
        {tr("Time"), local.toOffsetFromUtc(local.offsetFromUtc()).toString(Qt::ISODateWithMs)},
        {tr("What"), activity_text::what(entry)},
        {tr("Result"), activity_text::result(entry)},
        {tr("Reason"), display_text::shown(entry.cause)},
        {tr("Tool"), activity_text::tool(entry)},
        {tr("AI client"), activity_text::client(entry)},
        {tr("Program"), display_text::shown(entry.program, display_text::pathLimit)},
        {tr("Account"), account(entry)},
        {tr("Area"), entry.area.isEmpty() ? QString() : area(entry.area)},
        {tr("Permissions"), scopes(entry)},
        {tr("Duration"), activity_text::duration(entry)},
        {tr("Size of the answer"), activity_text::size(entry)},
        {tr("Request id"), display_text::shown(entry.requestId)},
        {tr("Number"), entry.sequence > 0 ? QString::number(entry.sequence) : QString()},
        {tr("Attention"), mark(entry.mark)},
    };
    QList<std::pair<QString, QString>> known;
    for (const auto &one : all) {
        if (!one.second.isEmpty())
            known.append(one);
    }
    return known;
}

QIcon icon(Outcome outcome)
{
    constexpr int units = 16; // what is drawn below is counted in these
    QIcon icon;
    for (const int size : {16, 32, 48}) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.scale(double(size) / units, double(size) / units);
        const auto circle = [&](const QColor &colour, bool isFilled) {
            painter.setPen(QPen(colour, 1.8));
            painter.setBrush(isFilled ? QBrush(colour) : QBrush(Qt::NoBrush));
            painter.drawEllipse(QRectF(3, 3, 10, 10));
            painter.setPen(QPen(isFilled ? QColor(Qt::white) : colour, 1.8, Qt::SolidLine,
                                Qt::RoundCap, Qt::RoundJoin));
        };
        switch (outcome) {
        case Outcome::Ok:
            circle(QColor(0x2E, 0x9E, 0x5B), true);
            painter.drawPolyline(QPolygonF({{5.4, 8.2}, {7.3, 10.1}, {10.7, 6}}));
            break;
        case Outcome::Refused:
            circle(QColor(0xC9, 0x7A, 0x12), true);
            painter.drawLine(QPointF(5.4, 8), QPointF(10.6, 8));
            break;
        case Outcome::Cancelled:
            circle(QColor(0x8A, 0x8F, 0x98), false);
            painter.drawLine(QPointF(5.4, 10.6), QPointF(10.6, 5.4));
            break;
        case Outcome::Failed:
        case Outcome::Unreadable:
            circle(QColor(0xD6, 0x45, 0x45), true);
            painter.drawLine(QPointF(6, 6), QPointF(10, 10));
            painter.drawLine(QPointF(6, 10), QPointF(10, 6));
            break;
        case Outcome::Running:
            circle(QColor(0x3B, 0x82, 0xD6), false);
            painter.drawPolyline(QPolygonF({{8, 5.2}, {8, 8.2}, {10, 9.4}}));
            break;
        }
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace activity_text
