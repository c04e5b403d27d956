// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/conformance/request_state.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>

namespace conformance {

RequestState::RequestState()
{
    for (int i = 0; i < 32; ++i)
        m_key.append(char(QRandomGenerator::system()->bounded(256)));
}

QString RequestState::seal(const QString &text) const
{
    const QByteArray mac =
        QMessageAuthenticationCode::hash(text.toUtf8(), m_key, QCryptographicHash::Sha256);
    return text + u'.' + QString::fromLatin1(mac.toHex());
}

bool RequestState::isSealed(const QString &state, const QString &text) const
{
    return state == seal(text);
}

} // namespace conformance
