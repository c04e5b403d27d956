// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/sandbox_ledger.h"

#include <QRandomGenerator>
#include <QUuid>

#include <vector>

namespace sandbox {

void Ledger::noteSecret(const QString &value)
{
    const QByteArray bytes = value.toUtf8();
    if (!bytes.isEmpty() && !secrets.contains(bytes))
        secrets.append(bytes);
}

QString randomText(int bytes)
{
    std::vector<quint32> words(size_t(bytes + 3) / 4);
    QRandomGenerator::system()->generate(words.begin(), words.end());
    const QByteArray random(reinterpret_cast<const char *>(words.data()), bytes);
    return QString::fromLatin1(
        random.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

QString randomGuid()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

} // namespace sandbox
