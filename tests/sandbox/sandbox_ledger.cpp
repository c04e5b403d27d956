// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/sandbox_ledger.h"

#include <QRandomGenerator>
#include <QUuid>

namespace sandbox {

void Ledger::noteSecret(const QString &value)
{
    const QByteArray bytes = value.toUtf8();
    if (!bytes.isEmpty() && !secrets.contains(bytes))
        secrets.append(bytes);
}

QString randomText(int bytes)
{
    QByteArray random(bytes, Qt::Uninitialized);
    for (char &byte : random)
        byte = char(QRandomGenerator::system()->bounded(256));
    return QString::fromLatin1(
        random.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

QString randomGuid()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

} // namespace sandbox
