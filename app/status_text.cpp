// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/status_text.h"

#include "app/display_text.h"
#include "app/user_messages.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;
using State = auth::AccountSession::State;

namespace status_text {
namespace {

struct StatusText
{
    Q_DECLARE_TR_FUNCTIONS(StatusText)
public:
    static QString notSignedIn() { return tr("Not signed in"); }
    static QString notConfigured() { return tr("Not set up yet: open Settings"); }
    static QString accountIsAway(const QString &who) { return tr("%1 is not signed in.").arg(who); }
    static QString isAmbiguous(const QString &who, const QString &ids)
    {
        return tr("%1 is signed in with several organisations. Give the id instead: %2")
            .arg(who, ids);
    }
    static QString andMore(const QString &who, int others)
    {
        return others == 1 ? tr("%1 and another account").arg(who)
                           : tr("%1 and %2 other accounts").arg(who, QString::number(others));
    }
    static QString clients(int count) { return tr("%n AI client(s)", nullptr, count); }
    static QString pausedUntil(const QString &time) { return tr("Paused until %1").arg(time); }
    static QString pausedUntilResumed() { return tr("Paused until you resume"); }
    static QString memoryOnly()
    {
        return tr("The sign-in ends with Graph Valet, because the keychain of this computer cannot "
                  "be used.");
    }
    static QString keychainLocked() { return tr("Keychain locked"); }
    static QString notKept() { return tr("Sign-in is not kept"); }
    static QString notKeptLocked() { return tr("Sign-in is not kept: keychain locked"); }
    static QString notKeptAbsent() { return tr("Sign-in is not kept: no keychain"); }
    static QString sandbox() { return tr("Sandbox (loopback): made-up people, not Microsoft"); }
    static QString finishInBrowser()
    {
        return tr("Finish the sign-in in your browser. If no page opened, copy the link.");
    }
    static QString answerInBrowser()
    {
        return tr("A Microsoft page in your browser waits for your answer. If no page opened, copy "
                  "the link.");
    }
    static QString enterCode(const QString &page, const QString &code)
    {
        return tr("To sign in, open %1 in a browser on any device and enter the code %2.")
            .arg(page, code);
    }
    static QString deviceCodeIsManaged(const QString &setting)
    {
        return tr("Your organisation does not allow the sign-in with a device code (%1). Ask your "
                  "administrator.")
            .arg(setting);
    }
    static QString deviceCodeIsOff(const QString &setting, const QString &file)
    {
        return tr("The sign-in with a device code is switched off. To allow it, set %1=1 in %2.")
            .arg(setting, file);
    }
};

} // namespace

QString name(const auth::Account &account)
{
    if (account.name.isEmpty())
        return account.username;
    return account.username.isEmpty() ? account.name
                                      : u"%1 (%2)"_s.arg(account.name, account.username);
}

QStringList names(const QList<AccountStatus> &accounts)
{
    QStringList plain;
    for (const AccountStatus &one : accounts)
        plain.append(name(one.account));
    QStringList unique = plain;
    for (qsizetype i = 0; i < plain.size(); ++i) {
        if (plain.count(plain.at(i)) > 1)
            unique[i] = u"%1, %2"_s.arg(plain.at(i), accounts.at(i).account.tenantId);
    }
    return unique;
}

QString notSignedIn(const QString &username)
{
    return StatusText::accountIsAway(display_text::shown(username, 100));
}

QString severalAccounts(const QString &username, const QStringList &ids)
{
    return StatusText::isAmbiguous(display_text::shown(username, 100), ids.join(u", "_s));
}

QString account(const Status &status)
{
    if (status.account && status.accounts.size() > 1)
        return StatusText::andMore(name(*status.account), int(status.accounts.size()) - 1);
    if (status.account)
        return name(*status.account);
    if (status.state == State::Error && status.problem
        && status.problem->kind == Error::Kind::NotConfigured)
        return StatusText::notConfigured();
    if (status.state == State::SignedOut)
        return StatusText::notSignedIn();
    return state(status);
}

QString state(const Status &status)
{
    if (status.state == State::Error && canUnlock(status))
        return StatusText::keychainLocked();
    return user_messages::forState(status.state);
}

QString memoryOnly(const Status &status)
{
    if (canUnlock(status))
        return StatusText::notKeptLocked();
    const bool isThere = status.keychain && status.keychain->cause != Cause::KeychainAbsent
        && status.keychain->cause != Cause::KeychainUnavailable;
    return isThere ? StatusText::notKept() : StatusText::notKeptAbsent();
}

QString pause(const Status &status)
{
    if (!status.pause)
        return {};
    if (!status.pause->until)
        return StatusText::pausedUntilResumed();
    const QDateTime until = status.pause->until->toLocalTime();
    const QString time = QLocale().toString(until.time(), QLocale::ShortFormat);
    if (until.date() == QDate::currentDate())
        return StatusText::pausedUntil(time);
    return StatusText::pausedUntil(QLocale().toString(until.date(), u"dddd"_s) + u' ' + time);
}

QString clientCount(const Status &status)
{
    // Without a translation Qt leaves the English "(s)"; it is better spelled out.
    const int count = int(status.clients.size());
    QString text = StatusText::clients(count);
    return text.replace(u"(s)"_s, count == 1 ? u""_s : u"s"_s);
}

QString hint(const Status &status)
{
    if (isPageOpen(status)) {
        if (status.state == State::SignedIn && status.signInUserCode.isEmpty())
            return StatusText::answerInBrowser();
        return status.signInUserCode.isEmpty()
            ? StatusText::finishInBrowser()
            : StatusText::enterCode(signInLink(status), display_text::shown(status.signInUserCode));
    }
    if (status.problem)
        return user_messages::forError(*status.problem);
    if (status.isMemoryOnly)
        return StatusText::memoryOnly();
    return {};
}

QString sandbox()
{
    return StatusText::sandbox();
}

QString signInLink(const Status &status)
{
    return QString::fromLatin1(status.signInUrl.toEncoded());
}

QString deviceCodeIsOff(const DeviceCodeRule &rule)
{
    return rule.isManaged
        ? StatusText::deviceCodeIsManaged(rule.setting)
        : StatusText::deviceCodeIsOff(rule.setting,
                                      display_text::shown(rule.file, display_text::pathLimit));
}

QString adminLink(const Status &status)
{
    return status.problem ? status.problem->link : QString();
}

bool isPageOpen(const Status &status)
{
    return status.state == State::SigningIn || status.isAddingAccount
        || !status.signInUrl.isEmpty();
}

bool canSignIn(const Status &status)
{
    switch (status.state) {
    case State::SignedOut:
    case State::InteractionRequired: return true;
    case State::Error:
        return !status.problem
            || (status.problem->kind != Error::Kind::NotConfigured
                && status.problem->kind != Error::Kind::Misconfigured);
    case State::SigningIn:
    case State::SignedIn: return false;
    }
    return false;
}

bool canUnlock(const Status &status)
{
    return status.keychain && status.keychain->cause == Cause::KeychainLocked;
}

bool canSignOut(const Status &status)
{
    return status.state != State::SigningIn
        && (status.account.has_value() || status.state == State::SignedIn);
}

} // namespace status_text
