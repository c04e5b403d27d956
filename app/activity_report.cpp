// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/activity_report.h"

#include "app/activity_text.h"
#include "app/display_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace activity_report {
namespace {

struct ActivityReport
{
    Q_DECLARE_TR_FUNCTIONS(ActivityReport)
public:
    static QString head(qsizetype count)
    {
        return tr("Graph Valet %1, activity, newest first. Entries: %2")
            .arg(QStringLiteral(GRAPH_VALET_VERSION), QString::number(count));
    }
    static QString more(qsizetype count)
    {
        return tr("Left out: %1. Export them to a file.").arg(QString::number(count));
    }
    static QString line(const QString &name, const QString &value)
    {
        return tr("%1: %2").arg(name, value);
    }
};

QString isoTime(qint64 milliseconds)
{
    return QDateTime::fromMSecsSinceEpoch(milliseconds).toUTC().toString(Qt::ISODateWithMs);
}

// RFC 4180. Spreadsheets run what begins with these characters, also within quotes, and take a
// leading space or a line break away first; hidden characters are shown, so there are none.
QByteArray cell(const QString &text)
{
    static const QString formula = u"=+-@\t\r＝＋－＠"_s;
    const QString trimmed = text.trimmed();
    QString safe = text;
    if (!trimmed.isEmpty() && formula.contains(trimmed.front()))
        safe.prepend(u'\'');
    return '"' + safe.replace(u'"', u"\"\""_s).toUtf8() + '"';
}

QByteArray csv(const QStringList &texts)
{
    QByteArray line;
    for (const QString &text : texts)
        line += (line.isEmpty() ? "" : ",") + cell(text);
    return line;
}

QString shown(const QString &text)
{
    return display_text::shown(text, display_text::pathLimit);
}

} // namespace

QString text(const ActivityStore &store, const std::vector<qint64> &serials)
{
    const qsizetype count = qsizetype(serials.size());
    QStringList lines{ActivityReport::head(count)};
    for (qsizetype i = 0; i < std::min(count, mostInReport); ++i) {
        lines.append(QString());
        const auto details = activity_text::details(store.at(serials[size_t(i)]));
        for (const auto &[name, value] : details)
            lines.append(ActivityReport::line(name, value));
    }
    if (count > mostInReport)
        lines += {QString(), ActivityReport::more(count - mostInReport)};
    return lines.join(u'\n') + u'\n';
}

// Not translated: a column is found by its name wherever the file comes from.
QByteArray csvHeader()
{
    return csv({u"began"_s, u"event"_s, u"outcome"_s, u"tool"_s, u"what"_s, u"client"_s,
                u"program"_s, u"account"_s, u"area"_s, u"scopes"_s, u"error"_s, u"cause"_s,
                u"code"_s, u"ms"_s, u"bytes"_s, u"requestId"_s, u"seq"_s, u"attention"_s});
}

QByteArray csvLine(const ActivityEntry &entry)
{
    const bool isCall = entry.kind == ActivityEvent::Kind::ToolCall;
    return csv({isoTime(entry.began()), shown(entry.event),
                activity_line::outcomeName(entry.outcome), shown(entry.tool),
                activity_text::what(entry), shown(entry.clientName), shown(entry.program),
                activity_text::account(entry), shown(entry.area),
                display_text::shown(entry.scopes, 5000), shown(entry.errorKind), shown(entry.cause),
                shown(entry.code), isCall ? QString::number(entry.duration) : QString(),
                isCall ? QString::number(entry.bytes) : QString(), shown(entry.requestId),
                entry.sequence > 0 ? QString::number(entry.sequence) : QString(),
                activity_text::mark(entry)});
}

QByteArray jsonLine(const ActivityEntry &entry)
{
    QJsonObject object{{u"began"_s, isoTime(entry.began())},
                       {u"outcome"_s, QString(activity_line::outcomeName(entry.outcome))}};
    const auto put = [&](const QString &key, const QString &text) {
        if (!text.isEmpty())
            object.insert(key, text);
    };
    put(u"event"_s, entry.event);
    put(u"tool"_s, entry.tool);
    put(u"words"_s, entry.words);
    put(u"client"_s, entry.clientName);
    put(u"program"_s, entry.program);
    put(u"principal"_s, entry.principal);
    put(u"account"_s, entry.username);
    put(u"area"_s, entry.area);
    put(u"scopes"_s, entry.scopes);
    put(u"error"_s, entry.errorKind);
    put(u"cause"_s, entry.cause);
    put(u"code"_s, entry.code);
    put(u"requestId"_s, entry.requestId);
    put(u"attention"_s, activity_text::mark(entry));
    if (entry.kind == ActivityEvent::Kind::ToolCall) {
        object.insert(u"ms"_s, entry.duration);
        object.insert(u"bytes"_s, entry.bytes);
    }
    if (entry.sequence > 0)
        object.insert(u"seq"_s, entry.sequence);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace activity_report

ActivityExport::Format ActivityExport::formatOf(const QString &path)
{
    return path.endsWith(u".jsonl", Qt::CaseInsensitive)
            || path.endsWith(u".json", Qt::CaseInsensitive)
        ? Format::JsonLines
        : Format::Csv;
}

ActivityExport::ActivityExport(const ActivityStore *store, std::vector<qint64> serials,
                               const QString &path, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_serials(std::move(serials))
    , m_file(path)
    , m_format(formatOf(path))
{
}

void ActivityExport::start()
{
    QTimer::singleShot(0, this, [this] {
        if (!m_file.open(QIODevice::WriteOnly)) {
            end(Error{.kind = Error::Kind::StorageFault, .detail = m_file.errorString()});
            return;
        }
        // Who was asked about whom is for the person alone.
        m_file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        if (m_format == Format::Csv) // with the mark by which spreadsheets tell UTF-8
            m_file.write("\xEF\xBB\xBF" + activity_report::csvHeader() + "\r\n");
        writeSlice();
    });
}

void ActivityExport::writeSlice()
{
    QElapsedTimer time;
    time.start();
    while (!m_serials.empty() && time.elapsed() < ActivityStore::slice.count()) {
        const qint64 serial = m_serials.back();
        m_serials.pop_back();
        if (serial < m_store->first())
            continue; // dropped meanwhile
        const ActivityEntry entry = m_store->at(serial);
        m_file.write(m_format == Format::Csv ? activity_report::csvLine(entry) + "\r\n"
                                             : activity_report::jsonLine(entry) + '\n');
        ++m_written;
    }
    if (!m_serials.empty() && m_file.error() == QFileDevice::NoError) {
        QTimer::singleShot(0, this, &ActivityExport::writeSlice);
        return;
    }
    if (m_file.commit())
        end(m_written);
    else
        end(Error{.kind = Error::Kind::StorageFault, .detail = m_file.errorString()});
}

void ActivityExport::end(const Result<int> &entries)
{
    Q_EMIT ended(entries);
    deleteLater();
}
