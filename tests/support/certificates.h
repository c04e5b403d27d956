// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The certificates of tests/data/certificates, for servers and for clients that shall trust them.

#pragma once

#include <QFile>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QString>

namespace test_support {

inline QByteArray certificateFile(const QString &name)
{
    QFile file(QStringLiteral(TEST_CERTIFICATES "/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(file.fileName()));
    return file.readAll();
}

// A server's; name: "good", "expired" or "other". It shows its issuer too, as servers do.
inline QSslConfiguration serverTls(const QString &name)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setLocalCertificateChain({QSslCertificate(certificateFile(name + QStringLiteral(".pem"))),
                                  QSslCertificate(certificateFile(QStringLiteral("ca.pem")))});
    tls.setPrivateKey(QSslKey(certificateFile(QStringLiteral("server.key")), QSsl::Ec));
    return tls;
}

// While it lives this process trusts Contoso Proxy CA beside the system's own list.
class TrustsTestIssuer
{
public:
    TrustsTestIssuer()
        : m_before(QSslConfiguration::defaultConfiguration())
    {
        QSslConfiguration tls = m_before;
        tls.addCaCertificate(QSslCertificate(certificateFile(QStringLiteral("ca.pem"))));
        QSslConfiguration::setDefaultConfiguration(tls);
    }
    ~TrustsTestIssuer() { QSslConfiguration::setDefaultConfiguration(m_before); }
    Q_DISABLE_COPY_MOVE(TrustsTestIssuer)

private:
    QSslConfiguration m_before;
};

} // namespace test_support
