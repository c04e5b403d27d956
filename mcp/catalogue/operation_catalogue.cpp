// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/catalogue/operation_catalogue.h"

#include <QResource>

#include <algorithm>
#include <array>
#include <memory>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr int fieldCount = 5;

QLatin1StringView latin1(std::string_view text)
{
    return {text.data(), qsizetype(text.size())};
}

} // namespace

const OperationCatalogue &OperationCatalogue::bundled()
{
    // CMakeLists.txt keeps it uncompressed: what it takes are pages of the program's file that the
    // system can drop again.
    static const QResource resource(u":/mcp/catalogue/graph_operations.tsv"_s);
    static const OperationCatalogue catalogue(
        {reinterpret_cast<const char *>(resource.data()), size_t(resource.size())});
    return catalogue;
}

OperationCatalogue::OperationCatalogue(std::string_view lines)
{
    m_lines.reserve(size_t(std::count(lines.begin(), lines.end(), '\n')));
    while (!lines.empty()) {
        const size_t end = std::min(lines.find('\n'), lines.size());
        const std::string_view line = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 1, lines.size()));
        if (!line.starts_with('#') && std::count(line.begin(), line.end(), '\t') == fieldCount - 1)
            m_lines.push_back(line);
    }
    m_lines.shrink_to_fit();
}

Operation OperationCatalogue::at(int index) const
{
    std::string_view rest = m_lines[size_t(index)];
    std::array<std::string_view, fieldCount> fields;
    for (std::string_view &field : fields) {
        const size_t end = std::min(rest.find('\t'), rest.size());
        field = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return {.method = latin1(fields[0]),
            .path = latin1(fields[1]),
            .scope = fields[2] == "-" ? QLatin1StringView() : latin1(fields[2]),
            .needsAdministrator = fields[3] == "a",
            .wording = latin1(fields[4])};
}

} // namespace mcp
