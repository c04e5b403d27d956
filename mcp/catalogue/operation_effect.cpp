// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/catalogue/operation_effect.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

// Ends of paths that are posted to and change nothing.
constexpr std::array readingActions{
    "/search/query"_L1,
    "/copilot/retrieval"_L1,
    "/findMeetingTimes"_L1,
    "/calendar/getSchedule"_L1,
    "/getMailTips"_L1,
    "/getMemberGroups"_L1,
    "/getMemberObjects"_L1,
    "/checkMemberGroups"_L1,
    "/checkMemberObjects"_L1,
    "/directoryObjects/getByIds"_L1,
    "/translateExchangeIds"_L1,
    "/communications/getPresencesByUserId"_L1,
    "/notebooks/getNotebookFromWebUrl"_L1,
    "/extractSensitivityLabels"_L1,
};

} // namespace

Effect effectOf(const Operation &operation)
{
    if (operation.method == "GET"_L1)
        return Effect::Reads;
    const bool isReading = operation.method == "POST"_L1
        && std::ranges::any_of(readingActions,
                               [&](QLatin1StringView end) { return operation.path.endsWith(end); });
    return isReading ? Effect::ReadsByPost : Effect::Writes;
}

} // namespace mcp
