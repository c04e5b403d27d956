// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/call_words.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype idEnd = 8; // characters that tell ids apart
constexpr qsizetype longestSegment = 32;
constexpr qsizetype longestPath = 160;

QString cut(const QString &text, qsizetype limit)
{
    return text.size() <= limit ? text : text.first(limit - 1) + u'…';
}

QString endOf(const QString &id)
{
    return id.size() <= idEnd * 2 ? id : u'…' + id.last(idEnd);
}

} // namespace

QString CallWords::quoted(const QJsonValue &argument)
{
    QString text = cut(argument.toString().trimmed(), wordLimit);
    if (text.isEmpty())
        return {};
    // Its own quotes would end ours, and the rest would read like words of this program.
    text.replace(u'“', u'"').replace(u'”', u'"');
    return tr("“%1”").arg(text);
}

QString CallWords::id(const QJsonValue &argument)
{
    return quoted(endOf(argument.toString()));
}

QStringList CallWords::days(const QJsonObject &arguments)
{
    const auto day = [&](QLatin1StringView name) {
        return cut(arguments.value(name).toString(), 10);
    };
    QStringList parts;
    if (const QString since = day("since"_L1); !since.isEmpty())
        parts.append(tr("since %1").arg(since));
    if (const QString until = day("until"_L1); !until.isEmpty())
        parts.append(tr("until %1").arg(until));
    return parts;
}

bool CallWords::goesOn(const QJsonObject &arguments)
{
    return !arguments.value("cursor"_L1).toString().isEmpty();
}

QString CallWords::joined(const QStringList &parts)
{
    QStringList list = parts;
    list.removeAll(QString());
    return list.join(tr(", "));
}

QString CallWords::graphPath(const QString &method, const QString &pathAndQuery)
{
    const auto question = pathAndQuery.indexOf(u'?');
    const QString path = question < 0 ? pathAndQuery : pathAndQuery.first(question);
    QStringList segments = path.split(u'/');
    for (QString &segment : segments)
        segment = segment.size() <= longestSegment ? segment : endOf(segment);
    QStringList names;
    if (question >= 0) {
        const QStringList pairs = pathAndQuery.mid(question + 1).split(u'&', Qt::SkipEmptyParts);
        for (const QString &pair : pairs)
            names.append(cut(pair.section(u'=', 0, 0), longestSegment));
    }
    const QString query = names.isEmpty() ? QString() : u'?' + names.join(u'&');
    return method + u' ' + cut(segments.join(u'/') + query, longestPath);
}

} // namespace mcp
