// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// HTML of others as text: clean and of bounded size whatever comes; what is written as text, with
// its markup escaped, all comes out where it is seen and not at all where it is not.

#include "mcp/tools/html_text.h"
#include "mcp/tools/outside_text.h"
#include "tests/fuzz/fuzz_target.h"

using namespace Qt::StringLiterals;

namespace {

QString withoutSpaces(const QString &text)
{
    QString kept;
    for (const QChar c : text) {
        if (!c.isSpace())
            kept += c;
    }
    return kept;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view bytes = fuzz::textOf(data, size);
    const QString html = QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));

    const QString text = mcp::htmlText(html);
    fuzz::require(mcp::outsideText(text) == text, "something hides", text.toStdString());
    fuzz::require(text.size() <= 8 * html.size() + 32, "more comes out than went in");

    // Noncharacters and controls may not stand in HTML at all.
    const QString plain = mcp::outsideText(html);
    const QString seen = mcp::htmlText(u"<p>"_s + plain.toHtmlEscaped() + u"</p>"_s);
    fuzz::require(withoutSpaces(seen) == withoutSpaces(plain), "text is lost or invented",
                  plain.toStdString() + " -> " + seen.toStdString());
    for (const QString &tag : {u"<p hidden>"_s, u"<p style=\"display:none\">"_s}) {
        const QString hidden = mcp::htmlText(tag + plain.toHtmlEscaped() + u"</p>"_s);
        fuzz::require(hidden.isEmpty(), "what is hidden is seen", hidden.toStdString());
    }
    return 0;
}
