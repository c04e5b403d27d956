// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The operations of Microsoft Graph v1.0 that are built into this program. Its lines are never
// copied: what is handed out are views into the resource, which lies in the program itself.

#pragma once

#include <QLatin1String>
#include <QString>

#include <string_view>
#include <vector>

namespace mcp {

struct Operation
{
    QLatin1StringView method; // GET, POST, PATCH, PUT or DELETE
    QLatin1StringView path; // without version, keys as {id}
    QLatin1StringView scope; // the delegated scope to ask for; empty: none
    bool needsAdministrator = false; // every scope that suffices does
    QLatin1StringView wording; // what it does, in a line
};

class OperationCatalogue
{
public:
    // The one of this program, read when it is first asked for; stays until the end.
    static const OperationCatalogue &bundled();

    // lines: as packaging/catalogue/README.md says; they outlive the catalogue. A line of another
    // shape is left out.
    explicit OperationCatalogue(std::string_view lines);

    int size() const { return int(m_lines.size()); }
    // 0 to size() - 1, in order of path and method.
    Operation at(int index) const;
    // The first whose path is not before this one in that order; size() where all are.
    int firstFrom(QStringView path) const;

private:
    std::vector<std::string_view> m_lines;
};

} // namespace mcp
