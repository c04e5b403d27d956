// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/list_change.h"

using namespace Qt::StringLiterals;

namespace mcp {

QString ListChange::method() const
{
    switch (what) {
    case What::Tools: return u"notifications/tools/list_changed"_s;
    case What::Resources: return u"notifications/resources/list_changed"_s;
    case What::Prompts: return u"notifications/prompts/list_changed"_s;
    case What::Contents: break;
    }
    return u"notifications/resources/updated"_s;
}

QJsonObject ListChange::params() const
{
    return what == What::Contents ? QJsonObject{{u"uri"_s, uri}} : QJsonObject{};
}

} // namespace mcp
