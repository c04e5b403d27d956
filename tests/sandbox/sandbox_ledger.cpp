// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/sandbox_ledger.h"

#include <QRandomGenerator>
#include <QUuid>

#include <algorithm>
#include <vector>

namespace sandbox {

namespace {

// Of OpenID Connect, which nobody consents to apart, and without the resource.
QStringList plainScopes(const QStringList &scopes)
{
    static const QStringList everybodys{QStringLiteral("openid"), QStringLiteral("profile"),
                                        QStringLiteral("email"), QStringLiteral("offline_access"),
                                        QStringLiteral(".default")};
    QStringList plain;
    for (const QString &scope : scopes) {
        const QString name = scope.section(QLatin1Char('/'), -1).toLower();
        if (!everybodys.contains(name))
            plain.append(name);
    }
    return plain;
}

} // namespace

bool Ledger::isConsented(const Person &person, const QStringList &scopes) const
{
    const QStringList plain = plainScopes(scopes);
    return std::all_of(plain.cbegin(), plain.cend(), [&](const QString &scope) {
        return consents.value(person.key).contains(scope) || consents.value({}).contains(scope);
    });
}

bool Ledger::needsAdministrator(const QStringList &scopes) const
{
    const QStringList plain = plainScopes(scopes);
    return std::any_of(plain.cbegin(), plain.cend(), [&](const QString &scope) {
        return administratorScopes.contains(scope, Qt::CaseInsensitive)
            && !consents.value({}).contains(scope);
    });
}

void Ledger::consent(const QString &personKey, const QStringList &scopes)
{
    const QStringList plain = plainScopes(scopes);
    consents[personKey] += QSet<QString>(plain.cbegin(), plain.cend());
}

void Ledger::withdrawConsent(const QString &scope)
{
    for (QSet<QString> &given : consents)
        given.remove(scope.toLower());
}

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
