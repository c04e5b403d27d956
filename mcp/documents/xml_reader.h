// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// XML of others as a stream of elements (libxml2): no document type, so no entity of its own, no
// network, nothing kept but what is open.

#pragma once

#include "mcp/documents/document_text.h"
#include "mcp/documents/xml_element.h"

#include <QByteArrayView>

#include <memory>

namespace mcp {

// Of mc:AlternateContent one choice is handed over, as if it stood there alone (ECMA-376 part 3).
class XmlReader
{
public:
    static constexpr int depthLimit = 200;
    static constexpr int attributesLimit = 256; // of one element
    static constexpr int spacesLimit = 512; // declared and in force

    // Both outlive it. elementsLeft: how many more may begin; it counts down.
    XmlReader(XmlHandler &handler, qint64 &elementsLeft);
    ~XmlReader();
    Q_DISABLE_COPY_MOVE(XmlReader)

    // The next bytes of the part, UTF-8 or UTF-16. false: no more are wanted.
    bool add(QByteArrayView bytes);
    // Behind the last ones.
    DocumentEnd finish();

private:
    struct Parser;
    std::unique_ptr<Parser> m_parser;
};

} // namespace mcp
