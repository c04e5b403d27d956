// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/cursor_seal.h"

#include "mcp/tools/tool_parts.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>

#include <array>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr auto base64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
constexpr qsizetype longestCursor = 8 * 1024;

Error notOurs()
{
    return badArgument(u"this cursor is not valid here (any more): leave it out and start again"_s);
}

} // namespace

CursorSeal::CursorSeal()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    m_key = QByteArray(reinterpret_cast<const char *>(words.data()), sizeof words);
}

QString CursorSeal::seal(const QString &tool, const RequestContext &context,
                         const QJsonObject &state) const
{
    const QByteArray text = QJsonDocument(state).toJson(QJsonDocument::Compact);
    return QString::fromLatin1(text.toBase64(base64) + '.'
                               + macOf(text, tool, context).toBase64(base64));
}

QString CursorSeal::goOn(const QString &tool, const RequestContext &context,
                         const QJsonObject &state) const
{
    return u"\nMore: call %1 with {\"cursor\":\"%2\"}"_s.arg(tool, seal(tool, context, state));
}

Result<QJsonObject> CursorSeal::open(const QJsonObject &arguments, const QString &tool,
                                     const RequestContext &context) const
{
    if (arguments.size() > 1) {
        return badArgument(u"\"cursor\" goes alone: it holds what was asked for"_s);
    }
    const QString cursor = arguments.value("cursor"_L1).toString();
    const QByteArrayList parts = cursor.left(longestCursor + 1).toLatin1().split('.');
    if (cursor.size() > longestCursor || parts.size() != 2)
        return notOurs();
    const QByteArray text = QByteArray::fromBase64(parts[0], base64);
    // Compared as text: base64 has several spellings of the same bytes.
    if (parts[1] != macOf(text, tool, context).toBase64(base64)
        || parts[0] != text.toBase64(base64))
        return notOurs();
    return QJsonDocument::fromJson(text).object();
}

QJsonObject CursorSeal::peek(const QJsonObject &arguments) const
{
    const QString cursor = arguments.value("cursor"_L1).toString().left(longestCursor);
    const QByteArray text = cursor.section(u'.', 0, 0).toLatin1();
    return QJsonDocument::fromJson(QByteArray::fromBase64(text, base64)).object();
}

QByteArray CursorSeal::macOf(const QByteArray &state, const QString &tool,
                             const RequestContext &context) const
{
    QMessageAuthenticationCode mac(QCryptographicHash::Sha256, m_key);
    // Each with its length, so that no two of them can be cut otherwise.
    for (const QByteArray &part :
         {tool.toUtf8(), context.principal.toUtf8(), context.client.program.toUtf8(), state}) {
        mac.addData(QByteArray::number(part.size()) + ':');
        mac.addData(part);
    }
    return mac.result().left(16);
}

} // namespace mcp
