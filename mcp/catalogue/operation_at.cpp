// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/catalogue/operation_at.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

// A key stands where a path has a value, "19:abc@thread.v2". What has a meaning of its own in a
// path is none: "$value", "delta()", a path by name ("root:").
bool isKey(QStringView value)
{
    return !value.isEmpty() && !value.startsWith(u'$') && !value.endsWith(u':')
        && std::none_of(value.begin(), value.end(),
                        [](QChar c) { return c == u'(' || c == u')' || c == u'\''; });
}

// What stands between quotes or parentheses: a quote in it is doubled.
bool isArgument(QStringView value, bool isQuoted)
{
    if (!isQuoted)
        return isKey(value) && !value.contains(u',');
    return !value.toString().remove(u"''"_s).contains(u'\'');
}

// One segment against its template, such as "range(address='{address}')" or "{path}:". Cost:
// letters of both.
bool fitsSegment(QLatin1StringView shape, QStringView segment)
{
    while (!shape.isEmpty()) {
        const auto open = shape.indexOf(u'{');
        if (open < 0)
            return segment == shape;
        const QLatin1StringView before = shape.first(open);
        if (!segment.startsWith(before))
            return false;
        segment = segment.sliced(open);
        shape = shape.sliced(shape.indexOf(u'}', open) + 1);
        const bool isWhole = before.isEmpty() && shape.isEmpty();
        const bool isQuoted = before.endsWith(u'\'');
        // Up to what follows the value; nothing follows a value directly but what the template
        // says.
        const auto next = shape.indexOf(u'{');
        const QLatin1StringView behind = next < 0 ? shape : shape.first(next);
        const auto end = next < 0 ? segment.size() - behind.size() : segment.indexOf(behind);
        if (end < 0 || segment.sliced(end, behind.size()) != behind)
            return false;
        const QStringView value = segment.first(end);
        const bool isKeyHere = isWhole || shape == ":"_L1;
        if (isKeyHere ? !isKey(value) : !isArgument(value, isQuoted))
            return false;
        segment = segment.sliced(end);
    }
    return segment.isEmpty();
}

bool isPathOfNames(QLatin1StringView shape)
{
    return shape == "{path}"_L1 || shape == "{path}:"_L1;
}

// Literal segments of the template, or -1: it does not fit. "{path}" stands for several names.
int fitOf(QLatin1StringView path, const QStringList &segments)
{
    int literals = 0;
    qsizetype index = 0;
    path = path.sliced(1);
    while (true) {
        const auto slash = path.indexOf(u'/');
        const QLatin1StringView shape = slash < 0 ? path : path.first(slash);
        if (index >= segments.size())
            return -1;
        if (isPathOfNames(shape)) {
            const bool isLast = shape == "{path}"_L1;
            while (index + 1 < segments.size() && (isLast || !segments.at(index).endsWith(u':'))) {
                if (!isKey(segments.at(index)))
                    return -1;
                ++index;
            }
        }
        if (!fitsSegment(shape, segments.at(index)))
            return -1;
        literals += shape.contains(u'{') ? 0 : 1;
        ++index;
        if (slash < 0)
            break;
        path = path.sliced(slash + 1);
    }
    return index == segments.size() ? literals : -1;
}

} // namespace

QList<Operation> operationsAt(const OperationCatalogue &catalogue, const QStringList &segments)
{
    struct Fit
    {
        Operation operation;
        int literals = 0;
    };
    QList<Fit> best;
    if (segments.isEmpty())
        return {};
    // The begin of a path is never a key.
    const QString begin = u'/' + segments.first();
    for (int i = catalogue.firstFrom(begin); i < catalogue.size(); ++i) {
        const Operation operation = catalogue.at(i);
        if (!operation.path.startsWith(begin))
            break;
        const int literals = fitOf(operation.path, segments);
        if (literals < 0)
            continue;
        const auto same = std::find_if(best.begin(), best.end(), [&](const Fit &fit) {
            return fit.operation.method == operation.method;
        });
        if (same == best.end())
            best.append({operation, literals});
        else if (literals > same->literals)
            *same = {operation, literals};
    }
    QList<Operation> operations;
    for (const Fit &fit : best)
        operations.append(fit.operation);
    return operations;
}

} // namespace mcp
