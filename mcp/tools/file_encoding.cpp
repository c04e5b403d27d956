// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/file_encoding.h"

#include "mcp/tools/text_piece.h"

#include <QSet>
#include <QStringDecoder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

// What Graph has no type for, or a wrong one.
const QSet<QString> &textSuffixes()
{
    static const QSet<QString> all{
        u"txt"_s,     u"text"_s,    u"md"_s,     u"markdown"_s,  u"rst"_s,     u"adoc"_s,
        u"org"_s,     u"tex"_s,     u"csv"_s,    u"tsv"_s,       u"tab"_s,     u"log"_s,
        u"out"_s,     u"json"_s,    u"jsonl"_s,  u"ndjson"_s,    u"geojson"_s, u"xml"_s,
        u"xsd"_s,     u"xsl"_s,     u"svg"_s,    u"rss"_s,       u"html"_s,    u"htm"_s,
        u"xhtml"_s,   u"css"_s,     u"scss"_s,   u"less"_s,      u"yaml"_s,    u"yml"_s,
        u"toml"_s,    u"ini"_s,     u"cfg"_s,    u"conf"_s,      u"config"_s,  u"properties"_s,
        u"env"_s,     u"profile"_s, u"bashrc"_s, u"gitignore"_s, u"ics"_s,     u"vcf"_s,
        u"eml"_s,     u"srt"_s,     u"vtt"_s,    u"sql"_s,       u"sh"_s,      u"bash"_s,
        u"zsh"_s,     u"bat"_s,     u"cmd"_s,    u"ps1"_s,       u"psm1"_s,    u"vbs"_s,
        u"bas"_s,     u"py"_s,      u"ipynb"_s,  u"rb"_s,        u"pl"_s,      u"php"_s,
        u"lua"_s,     u"r"_s,       u"jl"_s,     u"js"_s,        u"mjs"_s,     u"cjs"_s,
        u"jsx"_s,     u"ts"_s,      u"tsx"_s,    u"vue"_s,       u"c"_s,       u"h"_s,
        u"cc"_s,      u"cpp"_s,     u"cxx"_s,    u"hpp"_s,       u"m"_s,       u"mm"_s,
        u"cs"_s,      u"fs"_s,      u"vb"_s,     u"java"_s,      u"kt"_s,      u"scala"_s,
        u"groovy"_s,  u"swift"_s,   u"go"_s,     u"rs"_s,        u"zig"_s,     u"dart"_s,
        u"hs"_s,      u"ml"_s,      u"clj"_s,    u"ex"_s,        u"erl"_s,     u"proto"_s,
        u"graphql"_s, u"tf"_s,      u"bicep"_s,  u"cmake"_s,     u"mk"_s,      u"gradle"_s,
        u"diff"_s,    u"patch"_s,   u"bib"_s,    u"qml"_s,       u"ui"_s};
    return all;
}

// Types of Office, PDF and archives begin with "application/" too, so these are named.
bool isTextType(const QString &mimeType)
{
    const QString type = mimeType.section(u';', 0, 0).trimmed().toLower();
    static const QSet<QString> named{
        u"application/json"_s,         u"application/xml"_s,  u"application/javascript"_s,
        u"application/x-javascript"_s, u"application/x-sh"_s, u"application/sql"_s,
        u"application/x-yaml"_s,       u"application/yaml"_s, u"application/toml"_s,
        u"application/x-ndjson"_s,     u"message/rfc822"_s,   u"application/typescript"_s};
    return type.startsWith("text/"_L1) || type.endsWith("+xml"_L1) || type.endsWith("+json"_L1)
        || named.contains(type);
}

QStringDecoder decoderOf(FileEncoding encoding)
{
    constexpr auto flags =
        QStringConverter::Flag::Stateless | QStringConverter::Flag::ConvertInitialBom;
    switch (encoding) {
    case FileEncoding::Utf16LittleEndian: return QStringDecoder(QStringDecoder::Utf16LE, flags);
    case FileEncoding::Utf16BigEndian: return QStringDecoder(QStringDecoder::Utf16BE, flags);
    case FileEncoding::Latin1:
    case FileEncoding::Utf8: break;
    }
    return QStringDecoder(QStringDecoder::Utf8, flags);
}

// Without the character that the end cuts.
QByteArray wholeCharacters(const QByteArray &bytes, FileEncoding encoding)
{
    qsizetype end = bytes.size();
    if (encoding == FileEncoding::Utf8) {
        qsizetype lead = end;
        for (int back = 0; back < 4 && lead > 0; ++back) {
            const auto byte = quint8(bytes.at(--lead));
            if (byte < 0x80 || byte >= 0xC0)
                break;
        }
        const auto byte = lead < end ? quint8(bytes.at(lead)) : quint8(0);
        const qsizetype length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
        if (lead + length > end)
            end = lead;
    } else if (encoding != FileEncoding::Latin1) {
        end -= end % 2;
    }
    return bytes.left(end);
}

// What Windows has between 0x80 and 0x9F, where Latin-1 has controls that nobody writes.
QString windowsText(const QByteArray &bytes)
{
    constexpr QStringView special(
        u"\u20AC\uFFFD\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\uFFFD"
        "\u017D\uFFFD\uFFFD\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A"
        "\u0153\uFFFD\u017E\u0178");
    QString text = QString::fromLatin1(bytes);
    for (QChar &c : text) {
        if (c.unicode() >= 0x80 && c.unicode() < 0xA0)
            c = special.at(c.unicode() - 0x80);
    }
    return text;
}

std::optional<QString> decoded(const QByteArray &bytes, FileEncoding encoding)
{
    if (encoding == FileEncoding::Latin1)
        return windowsText(bytes);
    QStringDecoder decoder = decoderOf(encoding);
    QString text = decoder.decode(bytes);
    if (decoder.hasError())
        return std::nullopt;
    return text;
}

qsizetype bytesOf(const QString &text, FileEncoding encoding)
{
    switch (encoding) {
    case FileEncoding::Utf8: return text.toUtf8().size();
    case FileEncoding::Latin1: return text.size();
    case FileEncoding::Utf16LittleEndian:
    case FileEncoding::Utf16BigEndian: break;
    }
    return text.size() * 2;
}

// Control characters that text has none of, more than a stray one.
bool isBinary(const QString &text)
{
    const auto controls = std::count_if(text.begin(), text.end(), [](QChar c) {
        return c.unicode() < 0x20 && !QStringView(u"\t\n\r\f\v\a\b\x1B").contains(c);
    });
    return text.contains(QChar(0)) || controls * 100 > text.size();
}

} // namespace

bool mayBeText(const QString &mimeType, const QString &name)
{
    // "Makefile", "LICENSE": their bytes will tell.
    const bool isUntyped =
        !name.contains(u'.') && (mimeType.isEmpty() || mimeType == "application/octet-stream"_L1);
    return isTextType(mimeType) || isUntyped
        || textSuffixes().contains(name.section(u'.', -1).toLower());
}

qsizetype markSize(const QByteArray &head)
{
    if (head.startsWith("\xEF\xBB\xBF"))
        return 3;
    return head.startsWith("\xFF\xFE") || head.startsWith("\xFE\xFF") ? 2 : 0;
}

FileEncoding encodingOf(const QByteArray &head, bool isWhole)
{
    if (head.startsWith("\xFF\xFE"))
        return FileEncoding::Utf16LittleEndian;
    if (head.startsWith("\xFE\xFF"))
        return FileEncoding::Utf16BigEndian;
    const QByteArray bytes = isWhole ? head : wholeCharacters(head, FileEncoding::Utf8);
    return decoded(bytes, FileEncoding::Utf8) ? FileEncoding::Utf8 : FileEncoding::Latin1;
}

std::optional<TextWindow> textWindow(const QByteArray &bytes, FileEncoding encoding, bool isLast)
{
    const QByteArray whole = isLast ? bytes : wholeCharacters(bytes, encoding);
    auto text = decoded(whole, encoding);
    // What began as UTF-8 and is none here: each byte counts as a character, so that the place in
    // the file stays exact.
    const FileEncoding used = text ? encoding : FileEncoding::Latin1;
    if (!text && encoding != FileEncoding::Utf8)
        return std::nullopt;
    if (!text)
        text = decoded(bytes, used);
    if (!isLast && !text->isEmpty() && text->back().isHighSurrogate())
        text->chop(1);
    if (isBinary(*text))
        return std::nullopt;
    const TextPiece piece = textPiece(*text, 0);
    const bool isAll = isLast && !piece.next;
    return TextWindow{.text = piece.text,
                      .bytes = isAll ? bytes.size() : bytesOf(piece.text, used)};
}

qsizetype windowSize(FileEncoding encoding)
{
    // A piece is counted in UTF-8, where a character of ASCII has one byte.
    const bool isWide =
        encoding == FileEncoding::Utf16LittleEndian || encoding == FileEncoding::Utf16BigEndian;
    // A little more, so that the piece ends behind a line.
    return (isWide ? 2 * pieceLimit : pieceLimit) + 4;
}

} // namespace mcp
