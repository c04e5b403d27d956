// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/random_text.h"

#include <QRandomGenerator>

namespace auth {

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray randomText(int count)
{
    QByteArray bytes;
    while (bytes.size() < count) {
        const quint32 word = QRandomGenerator::system()->generate();
        bytes.append(reinterpret_cast<const char *>(&word), qsizetype(sizeof word));
    }
    return base64Url(bytes.left(count));
}

bool equalInConstantTime(const QByteArray &a, const QByteArray &b)
{
    if (a.size() != b.size())
        return false;
    volatile unsigned char difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference = static_cast<unsigned char>(
            difference
            | (static_cast<unsigned char>(a.at(i)) ^ static_cast<unsigned char>(b.at(i))));
    return difference == 0;
}

} // namespace auth
