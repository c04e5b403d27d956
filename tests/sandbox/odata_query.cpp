// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/odata_query.h"

#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;
using test_support::fieldValue;
using test_support::FormFields;
using test_support::hasField;

namespace sandbox {
namespace {

constexpr int usualTop = 10;

QString textOf(const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    return value.toString();
}

// "start/dateTime" is a property within one.
QString textAt(const QJsonObject &entity, const QString &path)
{
    QJsonValue value = entity;
    for (const QString &name : path.split(u'/'))
        value = value[name];
    return textOf(value);
}

} // namespace

GraphAnswer badRequest(const QString &code, const QString &message)
{
    return {.status = 400, .code = code, .message = message};
}

GraphAnswer notFound(const QString &code)
{
    return {.status = 404,
            .code = code,
            .message = u"The specified object was not found in the store."_s};
}

ODataQuery::ODataQuery(const FormFields &fields, const QStringList &known)
    : m_fields(fields)
{
    for (const auto &[name, value] : m_fields) {
        // $skip comes from our own nextLink.
        if (!known.contains(name) && name != u"$skip" && !m_problem)
            m_problem = badRequest(u"BadRequest"_s,
                                   u"The query parameter '%1' is not supported."_s.arg(name));
    }
    if (m_problem)
        return;
    if (has(u"$search"_s) && (has(u"$filter"_s) || has(u"$orderby"_s))) {
        m_problem = badRequest(
            u"SearchWithFilter"_s,
            u"The query parameter '$search' is not supported with '$filter' or '$orderby'."_s);
        return;
    }
    if (has(u"$filter"_s))
        readFilter(value(u"$filter"_s));
    if (has(u"$orderby"_s) && !m_problem)
        checkOrder();
    const int top = number(u"$top"_s, usualTop);
    if ((top < 1 || top > 1000) && !m_problem)
        m_problem = badRequest(u"BadRequest"_s, u"Invalid value for $top."_s);
}

QString ODataQuery::value(const QString &name) const
{
    return fieldValue(m_fields, name);
}

bool ODataQuery::has(const QString &name) const
{
    return hasField(m_fields, name);
}

int ODataQuery::number(const QString &name, int usual) const
{
    if (!has(name))
        return usual;
    bool isNumber = false;
    const int number = value(name).toInt(&isNumber);
    return isNumber ? number : -1;
}

void ODataQuery::readFilter(const QString &filter)
{
    static const QRegularExpression pattern(
        u"^([A-Za-z/]+) (eq|ne|ge|gt|le|lt) ('(?:[^']|'')*'|[^ ']+)$"_s);
    static const QRegularExpression containing(
        u"^contains\\(tolower\\(([A-Za-z/]+)\\),'((?:[^']|'')*)'\\)$"_s);
    for (const QString &part : filter.split(u" and "_s)) {
        if (const auto contains = containing.match(part); contains.hasMatch()) {
            m_comparisons.append({contains.captured(1), u"contains"_s,
                                  QString(contains.captured(2)).replace(u"''"_s, u"'"_s)});
            continue;
        }
        const auto match = pattern.match(part);
        if (!match.hasMatch()) {
            m_problem = badRequest(u"BadRequest"_s, u"Invalid filter clause: "_s + part);
            return;
        }
        QString value = match.captured(3);
        if (value.startsWith(u'\''))
            value = value.mid(1).chopped(1).replace(u"''"_s, u"'"_s);
        m_comparisons.append({match.captured(1), match.captured(2), value});
    }
}

// What is sorted by has to be filtered by first
// (https://learn.microsoft.com/graph/api/user-list-messages, "Using filter and orderby").
void ODataQuery::checkOrder()
{
    const QString sorted = value(u"$orderby"_s).section(u' ', 0, 0);
    if (!m_comparisons.isEmpty() && m_comparisons.first().property != sorted)
        m_problem =
            badRequest(u"InefficientFilter"_s,
                       u"The restriction or sort order is too complex for this operation."_s);
}

bool ODataQuery::fits(const QJsonObject &entity) const
{
    return std::all_of(m_comparisons.begin(), m_comparisons.end(),
                       [&](const Comparison &comparison) {
                           const QString text = textAt(entity, comparison.property);
                           const int order = text.compare(comparison.value);
                           const QString &is = comparison.comparison;
                           // Of tolower(...): a capital in the value finds nothing.
                           const QString lower = text.toLower();
                           if (is == u"contains")
                               return lower.contains(comparison.value);
                           return (is == u"eq" && order == 0) || (is == u"ne" && order != 0)
                               || (is == u"ge" && order >= 0) || (is == u"gt" && order > 0)
                               || (is == u"le" && order <= 0) || (is == u"lt" && order < 0);
                       });
}

GraphAnswer ODataQuery::answer(const QList<QJsonObject> &all, const QUrl &url) const
{
    QList<QJsonObject> fitting;
    std::copy_if(all.begin(), all.end(), std::back_inserter(fitting),
                 [this](const QJsonObject &entity) { return fits(entity); });
    if (has(u"$orderby"_s)) {
        const QString property = value(u"$orderby"_s).section(u' ', 0, 0);
        const bool isDescending = value(u"$orderby"_s).endsWith(u" desc"_s);
        std::stable_sort(fitting.begin(), fitting.end(),
                         [&](const QJsonObject &first, const QJsonObject &second) {
                             const int order =
                                 textAt(first, property).compare(textAt(second, property));
                             return isDescending ? order > 0 : order < 0;
                         });
    }
    const int skip = qMax(0, number(u"$skip"_s, 0));
    const int top = number(u"$top"_s, usualTop);
    QJsonArray page;
    for (const QJsonObject &entity : fitting.mid(skip, top)) {
        GraphAnswer one = selected(entity);
        if (one.status != 200)
            return one;
        page.append(one.body);
    }
    QJsonObject body{{u"value"_s, page}};
    if (skip + top < fitting.size()) {
        QUrlQuery query;
        for (const auto &[name, value] : m_fields) {
            if (name != u"$skip")
                query.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(value)));
        }
        query.addQueryItem(u"$skip"_s, QString::number(skip + top));
        QUrl next = url;
        next.setQuery(query);
        body.insert(u"@odata.nextLink"_s, QString::fromLatin1(next.toEncoded()));
    }
    return {.body = body};
}

GraphAnswer ODataQuery::selected(const QJsonObject &entity) const
{
    if (!has(u"$select"_s))
        return {.body = entity};
    QJsonObject some;
    for (const QString &name : value(u"$select"_s).split(u',', Qt::SkipEmptyParts)) {
        if (!entity.contains(name)) {
            return badRequest(u"RequestBroker--ParseUri"_s,
                              u"Could not find a property named '%1'."_s.arg(name));
        }
        some.insert(name, entity.value(name));
    }
    // Comes along always, and what was expanded does.
    some.insert(u"id"_s, entity.value("id"_L1));
    some.insert(u"@odata.etag"_s, u"W/\"CQAAABYAAAB\""_s);
    if (has(u"$expand"_s))
        some.insert(value(u"$expand"_s).section(u'(', 0, 0),
                    entity.value(value(u"$expand"_s).section(u'(', 0, 0)));
    return {.body = some};
}

} // namespace sandbox
