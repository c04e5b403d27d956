// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/find_operation_tool.h"

#include "mcp/catalogue/operation_search.h"
#include "mcp/tools/call_words.h"
#include "mcp/tools/tool_parts.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr int usualLimit = 8;
constexpr int highestLimit = 20; // 20 rows of the longest kind stay below 20 KB

QJsonObject inputSchema()
{
    QJsonObject query =
        textSchema(u"A few English words (\"list calendar events\"), or a path"_s, longestQuestion);
    query.insert(u"minLength"_s, 1);
    return objectSchema({{u"query"_s, query},
                         {u"readsOnly"_s, switchSchema()},
                         {u"limit"_s, numberSchema(1, highestLimit, usualLimit)}},
                        {u"query"_s});
}

// What was left out, so that a model does not take it for missing in Graph.
QString hiddenLine(int count)
{
    if (count == 0)
        return {};
    return (count == 1 ? u"1 more that fits is"_s : u"%1 more that fit are"_s.arg(count))
        + u" not shown: every permission for it needs an administrator, or the answer is a "
          "secret."_s;
}

QString answerText(const SearchResult &result, const OperationCatalogue &catalogue)
{
    QStringList lines;
    for (const int index : result.operations)
        lines.append(operationRow(catalogue.at(index)));
    if (lines.isEmpty()) {
        lines.append(
            u"No operation of Microsoft Graph v1.0 that may be shown fits these words. Try "
            "the English name of the thing and of what is done with it, such as: list "
            "calendar events."_s);
    } else {
        lines.append(QString());
        lines.append(
            u"Operations of Microsoft Graph v1.0, the best first; what stands in braces is "
            "a value to put in. CallGraph reads them, but for those that are not callable. For "
            "what the person asks most, there are tools of their own."_s);
    }
    if (const QString hidden = hiddenLine(result.hidden); !hidden.isEmpty())
        lines.append(hidden);
    return lines.join(u'\n');
}

ToolResult run(const QJsonObject &arguments, const OperationsShown &shown)
{
    const OperationSearch &search = OperationSearch::bundled();
    const SearchScope scope{.isReadingOnly = arguments["readsOnly"_L1].toBool(false),
                            .shown = shown};
    const int limit = arguments["limit"_L1].toInt(usualLimit);
    const SearchResult result = search.find(arguments["query"_L1].toString(), limit, scope);
    return {.text = answerText(result, search.catalogue())};
}

QString inWords(const QJsonObject &arguments)
{
    return CallWords::tr("Search the operations of Microsoft Graph for %1 (nothing of yours)")
        .arg(CallWords::quoted(arguments.value("query"_L1)));
}

} // namespace

QString operationRow(const Operation &operation)
{
    QString row = operation.method + u' ' + operation.path + u"  "_s + operation.wording
        + u"  scope: "_s + (operation.scope.isEmpty() ? "none"_L1 : operation.scope);
    if (operation.needsAdministrator)
        row += u" (an administrator has to grant it)"_s;
    switch (effectOf(operation)) {
    case Effect::Reads: break;
    case Effect::ReadsByPost: row += u"  reads, what to read stands in a JSON body"_s; break;
    case Effect::Writes: row += u"  not callable: changes something"_s; break;
    }
    return row;
}

Tool findOperationTool(const std::shared_ptr<const OperationsShown> &shown)
{
    ToolAnnotations annotations = onlyReads;
    annotations.openWorld = false; // nothing outside of this program
    return {
        .name = u"FindGraphOperation"_s,
        .title = u"Find an operation of Microsoft Graph"_s,
        .description =
            u"Finds operations of Microsoft Graph v1.0 by English words: method, path, what each "
            "does, the permission it needs. Use it when no other tool fits. Works offline; it "
            "searches operations, never the person's data."_s,
        .inputSchema = inputSchema(),
        .annotations = annotations,
        // Of use with CallGraph only. It touches nothing of the account, but there is no area for
        // nothing: a call is in the one that comes with the permission to use the valet at all.
        .area = Area::Other,
        .areaOf = [](const QJsonObject &) { return Result<Area>(Area::Profile); },
        .inWords = &inWords,
        .handler =
            [shown](const QJsonObject &arguments, const RequestContextPtr &) {
                return readyAsync<ToolResult>(run(arguments, shown ? *shown : OperationsShown()));
            }};
}

} // namespace mcp
