// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Everybody who is signed in: one AccountSession each, one of them the default. The face of auth/
// towards app/, and the TokenSource of mcp/, which finds the session of a request's principal.
//
//   key in the store      session
//   "<profile>"           the first account; always there, also where nobody is signed in
//   "<profile>.2", ...    further ones; known by TokenStore::keys()
//
// No call is ever served by another account than the one it names. A sign-in never takes the place
// of another account: who is not the one of its session, or comes while the store cannot be read,
// gets a session of their own. Two sessions of one account are merged; the newer record stays.

#pragma once

#include "auth/account_session.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QTimer>

namespace auth {

class Accounts : public QObject, public TokenSource
{
    Q_OBJECT
public:
    // store, opener and activity outlive this; activity may be null. config: as for AccountSession.
    Accounts(QString profile, Result<EntraConfig> config, TokenStore *store, UrlOpener *opener,
             QObject *parent = nullptr, SessionTiming timing = {},
             ActivityRecorder *activity = nullptr);
    ~Accounts() override;

    // Reads the store once; loaded() follows, also where that failed.
    void start();
    bool isLoaded() const;

    // That of the default account; where nobody is signed in, the one that a sign-in fills.
    AccountSession *current() const;
    // Those with an account, the default one first.
    QList<AccountSession *> signedIn() const;
    // nullptr where this account is not signed in.
    AccountSession *find(const QString &principal) const;
    // Which account is the default one, where it is signed in; else whichever came first is. While
    // it is not known whether it is signed in, nobody else takes its place.
    void prefer(const QString &principal);
    QString preferred() const { return m_preferred; }
    bool isDefault(const AccountSession *session) const;

    // For the default account, as AccountSession::signIn().
    Async<Account> signIn(SignInWay way = SignInWay::Browser);
    // For one more; where nobody is signed in, the same as signIn(). Whoever is signed in already
    // just signs in again.
    Async<Account> signInAnother(SignInWay way = SignInWay::Browser);
    // Whatever page is open.
    void cancelSignIn();
    // Only what a person waits for, and no page that a call opened.
    void cancelWishedSignIn();
    bool isAddingAccount() const { return m_adding && m_adding->hasAttempt(); }
    // The page that is open, one that a person wished for first, and what has to be entered there;
    // empty where none.
    QUrl signInUrl() const;
    QString signInUserCode() const;
    bool isSignInWished() const;

    // As AccountSession::signOut(); SignInNeeded where this account is not signed in.
    Async<Done> signOut(const QString &principal);
    Async<Done> signOutAll();

    // What keeps the keychain from being read or written, for any of them.
    std::optional<Error> keychainProblem() const;
    // Has the system ask the person to unlock the keychain; what waits for it is then read, written
    // and deleted. Cancelled where the person said no, StorageFault.
    Async<Done> unlockKeychain() { return m_store->unlock(); }

    void setConfig(const Result<EntraConfig> &config);

    // Hand-over between tray processes: sessions that no keychain holds.
    QList<KeyedRecord> memoryOnlyRecords() const;
    // Before start().
    void adopt(const QList<KeyedRecord> &records);

    Async<AccessToken> tokenFor(const TokenRequest &request) override;
    QString defaultPrincipal() const override;
    std::optional<QStringList> rolesOf(const QString &principal) const override;

Q_SIGNALS:
    void loaded();
    // Of any account.
    void stateChanged();
    void signInPageReady(const QUrl &url, bool opened);
    void attentionNeeded();

private:
    void oneLoaded();
    bool isPreferredUnknown() const;
    const AccountSession *withPage() const;
    // Answers when whoever signed in twice is one again.
    Async<Account> merged(const Async<Account> &signIn);
    Async<AccessToken> route(const TokenRequest &request);

    // Which session holds which account: accounts_sessions.cpp
    AccountSession *add(const QString &key);
    AccountSession *withKey(const QString &key) const;
    void addStored();
    AccountSession *roomForAnother();
    QString freeKey() const;
    void take(const TokenRecord &record);
    void mergeAll();
    static void merge(AccountSession *kept, AccountSession *other);

    const QString m_profile;
    Result<EntraConfig> m_config;
    TokenStore *const m_store;
    UrlOpener *const m_opener;
    const SessionTiming m_timing;
    ActivityRecorder *const m_activity;
    QList<AccountSession *> m_sessions; // never empty
    QPointer<AccountSession> m_adding; // the one that signInAnother() fills
    QString m_preferred;
    bool m_isStarted = false;
    bool m_wasLoaded = false;
    QTimer m_merging; // when a session has another account than before
    QHash<const AccountSession *, QString> m_principals; // as of the last look
};

} // namespace auth
