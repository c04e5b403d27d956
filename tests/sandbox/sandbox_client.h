// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the sandbox's own tests share: a well-behaved request to change one thing in, and a client
// that sends it and waits.

#pragma once

#include "tests/sandbox/sandbox_tenant.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

namespace sandbox {

class SandboxClient
{
public:
    struct Answer
    {
        int status = 0;
        QByteArray body;
        QNetworkReply::NetworkError error = QNetworkReply::NoError;
        QList<QNetworkReply::RawHeaderPair> headers;

        QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
        QByteArray header(const QByteArray &name) const
        {
            return test_support::headerValue(headers, name);
        }
    };

    static inline const QString redirect = QStringLiteral("http://localhost:4711");

    explicit SandboxClient(SandboxTenant *tenant)
        : m_tenant(tenant)
    {
    }

    // Everything right, fresh for every call; remembers the verifier.
    test_support::FormFields authorizeFields()
    {
        m_verifier = randomText(32);
        m_state = randomText(32);
        m_nonce = randomText(32);
        const QByteArray hash =
            QCryptographicHash::hash(m_verifier.toLatin1(), QCryptographicHash::Sha256);
        const QString challenge = QString::fromLatin1(
            hash.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
        return {
            {QStringLiteral("client_id"), m_tenant->clientId()},
            {QStringLiteral("redirect_uri"), redirect},
            {QStringLiteral("response_type"), QStringLiteral("code")},
            {QStringLiteral("response_mode"), QStringLiteral("query")},
            {QStringLiteral("scope"), QStringLiteral("openid profile offline_access User.Read")},
            {QStringLiteral("state"), m_state},
            {QStringLiteral("nonce"), m_nonce},
            {QStringLiteral("code_challenge"), challenge},
            {QStringLiteral("code_challenge_method"), QStringLiteral("S256")}};
    }
    test_support::FormFields codeFields(const QString &code) const
    {
        return {{QStringLiteral("grant_type"), QStringLiteral("authorization_code")},
                {QStringLiteral("client_id"), m_tenant->clientId()},
                {QStringLiteral("code"), code},
                {QStringLiteral("redirect_uri"), redirect},
                {QStringLiteral("code_verifier"), m_verifier}};
    }
    test_support::FormFields refreshFields(const QString &token) const
    {
        return {{QStringLiteral("grant_type"), QStringLiteral("refresh_token")},
                {QStringLiteral("client_id"), m_tenant->clientId()},
                {QStringLiteral("refresh_token"), token}};
    }

    // Changes one field; a null value takes it away.
    static test_support::FormFields changed(test_support::FormFields fields, const QString &name,
                                            const QString &value)
    {
        fields.removeIf([&](const auto &field) { return field.first == name; });
        if (!value.isNull())
            fields.append({name, value});
        return fields;
    }
    static QByteArray encoded(const test_support::FormFields &fields)
    {
        QByteArray bytes;
        for (const auto &field : fields) {
            bytes += (bytes.isEmpty() ? "" : "&") + QUrl::toPercentEncoding(field.first) + '='
                + QUrl::toPercentEncoding(field.second);
        }
        return bytes;
    }

    Answer send(const QByteArray &method, const QUrl &url, const QByteArray &body = {},
                const test_support::HttpHeaders &headers = {})
    {
        QNetworkRequest request(url);
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                             QNetworkRequest::ManualRedirectPolicy);
        if (method == "POST") {
            request.setHeader(QNetworkRequest::ContentTypeHeader,
                              QStringLiteral("application/x-www-form-urlencoded"));
        }
        for (const auto &header : headers)
            request.setRawHeader(header.first, header.second);
        QNetworkReply *reply = m_network.sendCustomRequest(request, method, body);
        if (!QTest::qWaitFor([&] { return reply->isFinished(); }, 20000))
            reply->abort();
        reply->deleteLater();
        return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
                reply->readAll(), reply->error(), reply->rawHeaderPairs()};
    }
    Answer authorize(const test_support::FormFields &fields,
                     const QString &tenant = QStringLiteral("organizations"))
    {
        QUrl url = m_tenant->authority();
        url.setPath(u'/' + tenant + QStringLiteral("/oauth2/v2.0/authorize"));
        url.setQuery(QString::fromLatin1(encoded(fields)), QUrl::StrictMode);
        return send("GET", url);
    }
    Answer token(const test_support::FormFields &fields,
                 const test_support::HttpHeaders &headers = {},
                 const QString &tenant = QStringLiteral("organizations"))
    {
        QUrl url = m_tenant->authority();
        url.setPath(u'/' + tenant + QStringLiteral("/oauth2/v2.0/token"));
        return send("POST", url, encoded(fields), headers);
    }
    Answer graph(const QString &pathAndQuery, const QByteArray &authorization)
    {
        test_support::HttpHeaders headers;
        if (!authorization.isNull())
            headers.append({QByteArrayLiteral("Authorization"), authorization});
        return send("GET", QUrl(m_tenant->graphUrl().toString() + pathAndQuery), {}, headers);
    }

    // What came back in the redirect of an authorization request.
    static test_support::FormFields redirected(const Answer &answer)
    {
        const QByteArray location = answer.header("Location");
        return test_support::parseForm(location.mid(location.indexOf('?') + 1));
    }
    // A code, without a click (the tenant must be automatic).
    QString freshCode(const QString &scope = {})
    {
        auto fields = authorizeFields();
        if (!scope.isNull())
            fields = changed(fields, QStringLiteral("scope"), scope);
        return test_support::fieldValue(redirected(authorize(fields)), QStringLiteral("code"));
    }
    QJsonObject freshTokens() { return token(codeFields(freshCode())).json(); }

    QString state() const { return m_state; }
    QString nonce() const { return m_nonce; }

private:
    SandboxTenant *m_tenant;
    QNetworkAccessManager m_network;
    QString m_verifier;
    QString m_state;
    QString m_nonce;
};

} // namespace sandbox
