// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/activity_log.h"

#include "app/base/log.h"
#include "mcp/link/endpoint.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <optional>
#include <string>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype textLimit = 200; // characters
constexpr qsizetype pathLimit = 400;
// Scopes are short. What is longer, or no scope by its letters, is left out: nothing that could be
// a token gets in here by this way.
constexpr qsizetype scopeLimit = 100;
constexpr qsizetype scopeCountLimit = 50;

const QString suffix = u".jsonl"_s;

QString cut(const QString &text, qsizetype limit = textLimit)
{
    return text.size() <= limit ? text : text.first(limit - 1) + u'…';
}

// A code or id, as Entra and Graph spell them; else it is somebody's text.
QString plainId(const QString &text)
{
    static const QRegularExpression plain(u"\\A[A-Za-z0-9_.-]{1,64}\\z"_s);
    return plain.match(text).hasMatch() ? text : QString();
}

QJsonArray plainScopes(const QStringList &scopes)
{
    static const QRegularExpression plain(u"\\A[A-Za-z0-9_.:/-]+\\z"_s);
    QJsonArray list;
    for (const QString &scope : scopes) {
        if (scope.size() <= scopeLimit && plain.match(scope).hasMatch()
            && list.size() < scopeCountLimit)
            list.append(scope);
    }
    return list;
}

void put(QJsonObject &object, QLatin1StringView key, const QString &text)
{
    if (!text.isEmpty())
        object.insert(key, text);
}

void put(QJsonObject &object, QLatin1StringView key, const QJsonObject &inner)
{
    if (!inner.isEmpty())
        object.insert(key, inner);
}

QJsonObject objectOf(const ActivityEvent &event)
{
    QJsonObject account;
    put(account, "principal"_L1, cut(event.principal));
    put(account, "username"_L1, cut(event.username));
    QJsonObject client;
    put(client, "program"_L1, cut(event.client.program, pathLimit));
    put(client, "name"_L1, cut(event.client.name));

    QJsonObject object;
    put(object, "account"_L1, account);
    put(object, "client"_L1, client);
    if (const QJsonArray scopes = plainScopes(event.scopes); !scopes.isEmpty())
        object.insert("scopes"_L1, scopes);
    put(object, "area"_L1, cut(event.area));
    put(object, "tool"_L1, cut(event.tool));
    QString requestId = event.requestId;
    if (event.error) {
        QJsonObject error{{"kind"_L1, QString(kindName(event.error->kind))}};
        if (event.error->cause != Cause::None)
            error.insert("cause"_L1, QString(causeName(event.error->cause)));
        put(error, "code"_L1, plainId(event.error->serviceCode));
        object.insert("error"_L1, error);
        if (!event.error->requestId.isEmpty())
            requestId = event.error->requestId;
    }
    put(object, "requestId"_L1, plainId(requestId));
    return object;
}

// Characters that can hide, reorder or steer a terminal. They are inside strings only.
QString withHiddenEscaped(const QString &json)
{
    QString out;
    out.reserve(json.size());
    for (const char32_t c : json.toUcs4()) {
        const QChar::Category category = QChar::category(c);
        const bool isHidden =
            category >= QChar::Other_Control && category <= QChar::Other_NotAssigned;
        const bool isSeparator = category == QChar::Separator_Line
            || category == QChar::Separator_Paragraph
            || (category == QChar::Separator_Space && c != U' ');
        const QString text = QString::fromUcs4(&c, 1);
        if (!isHidden && !isSeparator) {
            out += text;
            continue;
        }
        for (const QChar unit : text)
            out += u"\\u%1"_s.arg(ushort(unit.unicode()), 4, 16, QLatin1Char('0'));
    }
    return out;
}

QByteArray lineOf(const ActivityEvent &event, const QDateTime &time)
{
    // By hand, so that a line begins with what people look for.
    const QString head = u"{\"time\":\"%1\",\"event\":\"%2\",\"outcome\":\"%3\""_s.arg(
        time.toString(Qt::ISODateWithMs), activityName(event.kind), activityOutcome(event));
    const QJsonObject object = objectOf(event);
    if (object.isEmpty())
        return head.toUtf8() + "}\n";
    const QByteArray rest = QJsonDocument(object).toJson(QJsonDocument::Compact);
    return (head + u',' + withHiddenEscaped(QString::fromUtf8(rest.mid(1)))).toUtf8() + '\n';
}

std::optional<QDate> dayIn(const QString &fileName)
{
    if (fileName.size() != 10 + suffix.size() || !fileName.endsWith(suffix))
        return {};
    const QDate day = QDate::fromString(fileName.first(10), u"yyyy-MM-dd"_s);
    return day.isValid() ? std::optional(day) : std::nullopt;
}

} // namespace

ActivityLog::ActivityLog(QString folder, int days, std::function<QDateTime()> now)
    : m_folder(std::move(folder))
    , m_days(std::max(days, 0))
    , m_now(std::move(now))
    , m_day(m_now().toUTC().date())
{
    removeOld(m_day);
}

void ActivityLog::setDays(int days)
{
    if (days == m_days)
        return;
    m_days = std::max(days, 0);
    m_file.close();
    removeOld(m_now().toUTC().date());
}

void ActivityLog::record(const ActivityEvent &event)
{
    if (m_days == 0)
        return;
    const QDateTime time = m_now().toUTC();
    if (time.date() != m_day) {
        m_day = time.date();
        m_file.close();
        removeOld(m_day);
    }
    // Whoever deletes today's file gets a new one with the next line.
    if (m_file.isOpen() && !m_file.exists())
        m_file.close();
    if (!m_file.isOpen() && !open(m_day))
        return;
    write(lineOf(event, time));
}

QString ActivityLog::pathOf(const QDate &day) const
{
    return m_folder + u'/' + day.toString(u"yyyy-MM-dd"_s) + suffix;
}

void ActivityLog::removeOld(const QDate &today)
{
    const QDir folder(m_folder);
    const QDate oldestKept = today.addDays(1 - m_days);
    const QStringList names = folder.entryList({u'*' + suffix}, QDir::Files | QDir::System);
    for (const QString &name : names) {
        const auto day = dayIn(name);
        // Also those of the future, where nothing is to be kept.
        if (day && (*day < oldestKept || m_days == 0))
            QFile::remove(folder.filePath(name));
    }
}

bool ActivityLog::open(const QDate &day)
{
    std::string problem;
    if (!valet_link::ensurePrivateDirectory(m_folder.toStdString(), problem)) {
        warnOnce(QString::fromStdString(problem));
        return false;
    }
    constexpr auto onlyOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    m_file.setFileName(pathOf(day));
    if (!m_file.open(QIODevice::ReadWrite | QIODevice::Append | QIODevice::Unbuffered,
                     QFileDevice::Permissions(onlyOwner))) {
        warnOnce(m_file.errorString());
        return false;
    }
    m_file.setPermissions(onlyOwner); // one that lay there before
    char last = '\n';
    m_isTorn = m_file.size() > 0
        && (!m_file.seek(m_file.size() - 1) || !m_file.getChar(&last) || last != '\n');
    return true;
}

void ActivityLog::write(const QByteArray &line)
{
    if (m_file.size() + line.size() > dayLimit) {
        warnOnce(u"the day's file is full"_s);
        return;
    }
    const QByteArray whole = m_isTorn ? '\n' + line : line;
    const qint64 written = m_file.write(whole);
    if (written == whole.size()) {
        m_isTorn = false;
        m_hasWarned = false;
        return;
    }
    m_isTorn = m_isTorn || written > 0;
    warnOnce(m_file.errorString());
}

void ActivityLog::warnOnce(const QString &why)
{
    if (m_hasWarned)
        return;
    m_hasWarned = true;
    qCWarning(lcApp).noquote() << "the activity log is not written:" << why;
}
