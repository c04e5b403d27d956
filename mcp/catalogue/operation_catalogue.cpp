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

using Fields = std::array<std::string_view, fieldCount>;

Fields fieldsOf(std::string_view line)
{
    Fields fields;
    for (std::string_view &field : fields) {
        const size_t end = std::min(line.find('\t'), line.size());
        field = line.substr(0, end);
        line.remove_prefix(std::min(end + 1, line.size()));
    }
    return fields;
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

int OperationCatalogue::firstFrom(QStringView path) const
{
    const auto first =
        std::partition_point(m_lines.begin(), m_lines.end(), [path](std::string_view line) {
            return latin1(fieldsOf(line)[1]) < path;
        });
    return int(first - m_lines.begin());
}

Operation OperationCatalogue::at(int index) const
{
    const Fields fields = fieldsOf(m_lines[size_t(index)]);
    return {.method = latin1(fields[0]),
            .path = latin1(fields[1]),
            .scope = fields[2] == "-" ? QLatin1StringView() : latin1(fields[2]),
            .needsAdministrator = fields[3] == "a",
            .wording = latin1(fields[4])};
}

} // namespace mcp
