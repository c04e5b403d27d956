// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// An element of a document's XML, as it is handed over while its part is read.

#pragma once

#include <QString>

#include <string_view>

namespace mcp {

// Namespaces that something is read of. Office's have two names each: of ECMA-376 ("transitional")
// and of ISO 29500 strict.
enum class XmlSpace {
    None,
    Other,
    Compatibility, // mc:
    Relations, // of a package
    OfficeRelations, // r:, attributes that name one
    Word,
    Sheet,
    Slide,
    Drawing, // a:
    WordDrawing, // wp:
    Diagram,
    Chart,
    Math,
    ThreadedComments,
    SlideComments,
    Office, // from here on OpenDocument
    Text,
    Table,
    Draw,
    Presentation,
    Style,
    Svg,
    XLink,
    DublinCore,
    Manifest,
};

// Valid only while it is handed over.
class XmlElement
{
public:
    XmlElement(XmlSpace space, std::string_view name)
        : m_space(space)
        , m_name(name)
    {
    }
    virtual ~XmlElement() = default;
    Q_DISABLE_COPY_MOVE(XmlElement)

    XmlSpace space() const { return m_space; }
    std::string_view name() const { return m_name; }
    bool is(XmlSpace space, std::string_view name) const
    {
        return m_space == space && m_name == name;
    }
    // An attribute without a namespace; null: there is none.
    QString value(std::string_view name) const { return value(XmlSpace::None, name); }
    // One of a namespace. None of them where the element ends.
    virtual QString value(XmlSpace, std::string_view) const { return {}; }

private:
    XmlSpace m_space;
    std::string_view m_name;
};

// What makes something of a part.
class XmlHandler
{
public:
    XmlHandler() = default;
    virtual ~XmlHandler() = default;
    Q_DISABLE_COPY_MOVE(XmlHandler)

    // false: nothing of what is in it, nor its end, is wanted.
    virtual bool begin(const XmlElement &element) = 0;
    virtual void end(const XmlElement &) { }
    virtual void text(const QString &) { }
    // Nothing more is wanted.
    virtual bool isDone() const { return false; }
};

} // namespace mcp
