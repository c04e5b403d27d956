// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/link_address.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype addressLimit = 2000;
constexpr auto schemes = {"http://"_L1, "https://"_L1, "mailto:"_L1};

// Without what people leave out when they write an address.
QString bareAddress(const QString &address)
{
    QString bare = address.trimmed().toLower();
    for (const auto scheme : schemes) {
        if (bare.startsWith(scheme))
            bare.remove(0, scheme.size());
    }
    return bare.endsWith(u'/') ? bare.chopped(1) : bare;
}

} // namespace

QString linkAddress(const QString &href)
{
    QString address;
    for (const QChar c : href.trimmed()) {
        if (c > u' ')
            address += c;
        else if (c == u' ')
            address += u"%20"_s;
    }
    for (const auto scheme : schemes) {
        if (address.startsWith(scheme, Qt::CaseInsensitive) && address.size() > scheme.size())
            return address.size() <= addressLimit ? address : address.left(addressLimit) + u'…';
    }
    return {};
}

bool saysAddress(const QString &words, const QString &address)
{
    return bareAddress(words) == bareAddress(address);
}

QString addressBehind(const QString &text, qsizetype start, const QString &address)
{
    // Words that are longer cannot say it, and need not be looked at each time.
    if (text.size() - start > 2 * addressLimit)
        return u" ("_s + address + u')';
    const QString words = text.mid(start).simplified();
    if (words.isEmpty())
        return u'(' + address + u')';
    return saysAddress(words, address) ? QString() : u" ("_s + address + u')';
}

} // namespace mcp
