// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// As much of OData as our tools send: $select, $filter (comparisons and "contains(tolower(title),
// 'spring')", joined by "and"), $orderby, $top and $skip, $search. What it does not know is
// refused, so that no test passes by being ignored.
// https://learn.microsoft.com/graph/query-parameters

#pragma once

#include "tests/sandbox/graph_answer.h"
#include "tests/support/http_message.h"

#include <QJsonArray>
#include <QList>
#include <QUrl>

#include <functional>
#include <optional>

namespace sandbox {

class ODataQuery
{
public:
    // known: the parameters that the collection takes, "$filter".
    ODataQuery(const test_support::FormFields &fields, const QStringList &known);

    // Why it is refused, as Graph words it; nullopt: nothing wrong so far.
    std::optional<GraphAnswer> problem() const { return m_problem; }

    QString value(const QString &name) const;
    bool has(const QString &name) const;

    // Filters, sorts and cuts; the answer has value and @odata.nextLink. url: of the collection.
    GraphAnswer answer(const QList<QJsonObject> &all, const QUrl &url) const;
    // One entity with what was selected of it.
    GraphAnswer selected(const QJsonObject &entity) const;

private:
    struct Comparison
    {
        QString property;
        QString comparison;
        QString value;
    };

    void readFilter(const QString &filter);
    void checkOrder();
    bool fits(const QJsonObject &entity) const;
    int number(const QString &name, int usual) const;

    test_support::FormFields m_fields;
    QList<Comparison> m_comparisons;
    std::optional<GraphAnswer> m_problem;
};

// 400 with Graph's code and words.
GraphAnswer badRequest(const QString &code, const QString &message);
// 404 with Graph's code.
GraphAnswer notFound(const QString &code = QStringLiteral("ErrorItemNotFound"));

} // namespace sandbox
