// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The clouds of Microsoft: where one signs in, and where Graph is. The one table of them.
// https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud and
// https://learn.microsoft.com/graph/deployments

#pragma once

#include <QLatin1StringView>
#include <QString>

#include <array>

namespace auth {

struct Cloud
{
    QLatin1StringView name; // in settings
    QLatin1StringView authority; // origin
    QLatin1StringView graph; // origin
};

inline constexpr std::array clouds{
    Cloud{QLatin1StringView("global"), QLatin1StringView("https://login.microsoftonline.com"),
          QLatin1StringView("https://graph.microsoft.com")},
    Cloud{QLatin1StringView("usGov"), QLatin1StringView("https://login.microsoftonline.us"),
          QLatin1StringView("https://graph.microsoft.us")},
    Cloud{QLatin1StringView("usGovDod"), QLatin1StringView("https://login.microsoftonline.us"),
          QLatin1StringView("https://dod-graph.microsoft.us")},
    Cloud{QLatin1StringView("china"), QLatin1StringView("https://login.partner.microsoftonline.cn"),
          QLatin1StringView("https://microsoftgraph.chinacloudapi.cn")},
};

// Whatever its case; the global one for an empty name; nullptr: there is none of this name.
inline const Cloud *cloudNamed(const QString &name)
{
    if (name.isEmpty())
        return &clouds.front();
    for (const Cloud &cloud : clouds) {
        if (name.compare(cloud.name, Qt::CaseInsensitive) == 0)
            return &cloud;
    }
    return nullptr;
}

} // namespace auth
