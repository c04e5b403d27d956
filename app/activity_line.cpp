// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/activity_line.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace activity_line {
namespace {

using Outcome = ActivityEntry::Outcome;

constexpr qsizetype textLimit = 200; // characters
constexpr qsizetype longTextLimit = 400;
// Scopes are short. What is longer, or no scope by its letters, is left out: nothing that could be
// a token gets in here by this way.
constexpr qsizetype scopeLimit = 100;
constexpr qsizetype scopeCountLimit = 50;

// A code or id, as Entra and Graph spell them; else it is somebody's text.
bool isPlainId(const QString &text)
{
    static const QRegularExpression plain(u"\\A[A-Za-z0-9_.-]{1,64}\\z"_s);
    return plain.match(text).hasMatch();
}

bool isPlainScope(const QString &scope)
{
    static const QRegularExpression plain(u"\\A[A-Za-z0-9_.:/-]+\\z"_s);
    return scope.size() <= scopeLimit && plain.match(scope).hasMatch();
}

// Characters that can hide, reorder or steer a terminal.
bool isHidden(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    return (category >= QChar::Other_Control && category <= QChar::Other_NotAssigned)
        || category == QChar::Separator_Line || category == QChar::Separator_Paragraph
        || (category == QChar::Separator_Space && c != U' ');
}

// JSON by hand: thousands of lines may come in a second, their order is what people look for, and
// hidden characters are escaped, which QJsonDocument does not do.
class Writer
{
public:
    Writer() { m_json.reserve(usual); }

    void open(QLatin1StringView key = {})
    {
        name(key);
        m_json += '{';
    }
    void close()
    {
        if (m_json.endsWith(',')) // of its last member
            m_json.chop(1);
        m_json += "},";
    }
    void text(QLatin1StringView key, const QString &value, qsizetype limit = textLimit)
    {
        if (value.isEmpty())
            return;
        name(key);
        m_json += '"';
        escaped(value.size() <= limit ? value : QString(value.first(limit - 1) + u'…'));
        m_json += "\",";
    }
    void number(QLatin1StringView key, qint64 value)
    {
        name(key);
        m_json.append(QByteArray::number(value)).append(',');
    }
    void list(QLatin1StringView key, const QStringList &plain)
    {
        if (plain.isEmpty())
            return;
        name(key);
        m_json += "[\"" + plain.join("\",\""_L1).toLatin1() + "\"],";
    }
    QByteArray line()
    {
        m_json.chop(1); // the comma behind the whole
        return m_json;
    }

private:
    void name(QLatin1StringView key)
    {
        if (!key.isEmpty())
            m_json.append('"').append(key.data(), key.size()).append("\":");
    }
    void escaped(QStringView text)
    {
        for (qsizetype i = 0; i < text.size(); ++i) {
            const char16_t unit = text.at(i).unicode();
            if (unit == u'"' || unit == u'\\')
                m_json += '\\';
            if (unit >= 0x20 && unit < 0x7F) {
                m_json += char(unit);
            } else if (QChar::isHighSurrogate(unit) && i + 1 < text.size()
                       && text.at(i + 1).isLowSurrogate()) {
                appendOther(QChar::surrogateToUcs4(unit, text.at(i + 1).unicode()));
                ++i;
            } else {
                appendOther(unit); // half a pair counts as hidden
            }
        }
    }
    void appendOther(char32_t c)
    {
        const QString units = QString::fromUcs4(&c, 1);
        if (!isHidden(c)) {
            m_json += units.toUtf8();
            return;
        }
        for (const QChar unit : units)
            m_json += "\\u" + QByteArray::number(unit.unicode(), 16).rightJustified(4, '0');
    }

    static constexpr qsizetype usual = 512; // bytes

    QByteArray m_json;
};

QStringList plainScopes(const QStringList &scopes)
{
    QStringList plain;
    for (const QString &scope : scopes) {
        if (plain.size() < scopeCountLimit && isPlainScope(scope))
            plain.append(scope);
    }
    return plain;
}

void writeError(Writer &json, const Error &error)
{
    json.open("error"_L1);
    json.text("kind"_L1, QString(kindName(error.kind)));
    if (error.cause != Cause::None)
        json.text("cause"_L1, QString(causeName(error.cause)));
    if (isPlainId(error.serviceCode))
        json.text("code"_L1, error.serviceCode);
    json.close();
}

std::optional<Outcome> outcomeOf(const QString &word)
{
    constexpr std::array known{Outcome::Ok, Outcome::Refused, Outcome::Cancelled, Outcome::Failed};
    for (const Outcome outcome : known) {
        if (word == outcomeName(outcome))
            return outcome;
    }
    return {};
}

std::optional<ActivityEvent::Kind> kindOf(const QString &word)
{
    for (int kind = 0; kind < ActivityEvent::kindCount; ++kind) {
        if (word == activityName(ActivityEvent::Kind(kind)))
            return ActivityEvent::Kind(kind);
    }
    return {};
}

QString textIn(const QJsonObject &object, QLatin1StringView key)
{
    const QString text = object.value(key).toString();
    return text.size() <= longTextLimit ? text : text.first(longTextLimit);
}

qint64 countIn(const QJsonObject &object, QLatin1StringView key)
{
    return std::max(object.value(key).toInteger(), qint64(0));
}

QString scopesIn(const QJsonObject &object)
{
    const QJsonArray array = object.value("scopes"_L1).toArray();
    QStringList scopes;
    for (const auto &scope : array) {
        if (scopes.size() < scopeCountLimit && scope.toString().size() <= scopeLimit)
            scopes.append(scope.toString());
    }
    return scopes.join(u' ');
}

} // namespace

QByteArray written(const ActivityEvent &event, const QDateTime &time, const ChainEnd &after)
{
    Writer json;
    json.open();
    json.text("time"_L1, time.toString(Qt::ISODateWithMs));
    json.text("event"_L1, QString(activityName(event.kind)));
    json.text("outcome"_L1, QString(activityOutcome(event)));
    json.text("tool"_L1, event.tool);
    json.text("words"_L1, event.words, longTextLimit);
    json.text("area"_L1, event.area);
    if (event.kind == ActivityEvent::Kind::ToolCall) {
        json.number("ms"_L1, event.duration.count());
        json.number("bytes"_L1, event.bytes);
    }
    if (!event.client.isEmpty()) {
        json.open("client"_L1);
        json.text("program"_L1, event.client.program, longTextLimit);
        json.text("name"_L1, event.client.name);
        json.close();
    }
    if (!event.principal.isEmpty() || !event.username.isEmpty()) {
        json.open("account"_L1);
        json.text("principal"_L1, event.principal);
        json.text("username"_L1, event.username);
        json.close();
    }
    json.list("scopes"_L1, plainScopes(event.scopes));
    if (event.error)
        writeError(json, *event.error);
    const QString requestId =
        event.error && !event.error->requestId.isEmpty() ? event.error->requestId : event.requestId;
    if (isPlainId(requestId))
        json.text("requestId"_L1, requestId);
    json.number("seq"_L1, after.sequence + 1);
    json.text("previous"_L1, QString::fromLatin1(after.hash));
    json.close();
    return json.line();
}

std::optional<ActivityEntry> read(const QByteArray &line)
{
    if (line.size() > longest || !line.startsWith('{'))
        return {};
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    ActivityEntry entry;
    const QDateTime time =
        QDateTime::fromString(object.value("time"_L1).toString(), Qt::ISODateWithMs);
    entry.event = textIn(object, "event"_L1);
    const auto outcome = outcomeOf(object.value("outcome"_L1).toString());
    if (!time.isValid() || entry.event.isEmpty() || !outcome)
        return {};
    entry.time = time.toMSecsSinceEpoch();
    entry.kind = kindOf(entry.event);
    entry.outcome = *outcome;
    const QJsonObject account = object.value("account"_L1).toObject();
    entry.principal = textIn(account, "principal"_L1);
    entry.username = textIn(account, "username"_L1);
    const QJsonObject client = object.value("client"_L1).toObject();
    entry.program = textIn(client, "program"_L1);
    entry.clientName = textIn(client, "name"_L1);
    entry.scopes = scopesIn(object);
    entry.area = textIn(object, "area"_L1);
    entry.tool = textIn(object, "tool"_L1);
    entry.words = textIn(object, "words"_L1);
    const QJsonObject error = object.value("error"_L1).toObject();
    entry.errorKind = textIn(error, "kind"_L1);
    entry.cause = textIn(error, "cause"_L1);
    entry.code = textIn(error, "code"_L1);
    entry.requestId = textIn(object, "requestId"_L1);
    entry.duration = countIn(object, "ms"_L1);
    entry.bytes = countIn(object, "bytes"_L1);
    entry.sequence = countIn(object, "seq"_L1);
    entry.previous = textIn(object, "previous"_L1).toLatin1();
    return entry;
}

QByteArray hashOf(const QByteArray &line)
{
    return QCryptographicHash::hash(line, QCryptographicHash::Sha256).toHex();
}

QLatin1StringView outcomeName(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Ok: return "ok"_L1;
    case Outcome::Refused: return "refused"_L1;
    case Outcome::Cancelled: return "cancelled"_L1;
    case Outcome::Failed: return "failed"_L1;
    case Outcome::Running: return "running"_L1;
    case Outcome::Unreadable: return "unreadable"_L1;
    }
    return {};
}

} // namespace activity_line
