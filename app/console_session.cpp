// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console_session.h"

#include "app/base/json_reader.h"
#include "app/base/log.h"
#include "app/connect_report.h"
#include "app/status_report.h"
#include "app/status_text.h"
#include "app/user_messages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTimer>

#include <memory>

using namespace Qt::StringLiterals;

namespace {

constexpr int parseError = -32700;
constexpr int invalidRequest = -32600;
constexpr int methodNotFound = -32601;
constexpr int invalidParams = -32602;
constexpr int failed = 1;
constexpr qint64 longestTimeout = 24 * 60 * 60; // seconds

} // namespace

ConsoleSession::ConsoleSession(mcp::LinkConnection *connection, Valet *valet, QString ownProgram)
    : QObject(connection)
    , m_connection(connection)
    , m_valet(valet)
    , m_ownProgram(std::move(ownProgram))
{
    connect(connection, &mcp::LinkConnection::lineReceived, this, &ConsoleSession::handle);
    connect(connection, &mcp::LinkConnection::lineTooLong, this,
            [this] { refuse(QJsonValue::Null, invalidRequest, u"the line is too long"_s); });
    connect(connection, &mcp::LinkConnection::closed, this, &ConsoleSession::endDeviceCode);
    connect(connection, &mcp::LinkConnection::closed, &m_gone, &Cancellation::cancel);
    connect(valet, &Valet::signInPageReady, this, &ConsoleSession::tellSignInPage);
}

void ConsoleSession::handle(const QByteArray &line)
{
    QJsonParseError problem{};
    const QJsonDocument document = QJsonDocument::fromJson(line, &problem);
    if (problem.error != QJsonParseError::NoError) {
        refuse(QJsonValue::Null, parseError, problem.errorString());
        return;
    }
    const QJsonObject object = document.object();
    const QJsonValue id = object.value("id"_L1);
    const QJsonValue params = object.value("params"_L1);
    const bool idIsFine = id.isString() || id.isDouble() || id.isUndefined();
    if (!document.isObject() || object.value("jsonrpc"_L1) != "2.0"_L1
        || !object.value("method"_L1).isString() || !idIsFine
        || !(params.isUndefined() || params.isObject())) {
        refuse(idIsFine && !id.isUndefined() ? id : QJsonValue(QJsonValue::Null), invalidRequest,
               u"this is not a JSON-RPC 2.0 request with named parameters"_s);
        return;
    }
    run(object.value("method"_L1).toString(), params.toObject(), id);
}

void ConsoleSession::run(const QString &method, const QJsonObject &params, const QJsonValue &id)
{
    if (method == "status"_L1) {
        status(id);
    } else if (method == "signIn"_L1) {
        signIn(params, id);
    } else if (method == "cancelSignIn"_L1) {
        m_valet->cancelSignIn();
        answer(id, {});
    } else if (method == "signOut"_L1) {
        signOut(params, id);
    } else if (method == "connect"_L1) {
        connectClient(params, id);
    } else if (method == "doctor"_L1) {
        doctor(id);
    } else if (method == "quit"_L1) {
        answer(id, {});
        quitWhenClosed();
    } else if (method == "show"_L1) {
        answer(id, {{u"shown"_s, m_valet->showStatus()}});
    } else if (method == "takeOver"_L1) {
        takeOver(id);
    } else {
        refuse(id, methodNotFound, u"there is no \"%1\" here"_s.arg(method.left(100)));
    }
}

void ConsoleSession::signOut(const QJsonObject &params, const QJsonValue &id)
{
    JsonReader reader(params, u"params"_s);
    const auto username = reader.optionalString("username"_L1);
    if (const QString mistake = reader.problem(); !mistake.isEmpty()) {
        refuse(id, invalidParams, mistake);
        return;
    }
    const auto tell = [this, id](const Result<Done> &result) {
        if (result.ok())
            answer(id, {});
        else
            refuse(id, result.error());
    };
    if (!username) {
        whenDone(m_valet->signOut(), this, tell);
        return;
    }
    whenLoaded([this, id, tell, name = *username] {
        const QList<AccountStatus> accounts = m_valet->status().accounts;
        QStringList principals;
        for (const AccountStatus &one : accounts) {
            if (one.account.principal() == name
                || one.account.username.compare(name, Qt::CaseInsensitive) == 0)
                principals.append(one.account.principal());
        }
        if (principals.isEmpty())
            refuse(id, {.kind = Error::Kind::SignInNeeded}, status_text::notSignedIn(name));
        else if (principals.size() > 1) // a guest has the same name in several organisations
            refuse(id, {.kind = Error::Kind::BadRequest},
                   status_text::severalAccounts(name, principals));
        else
            whenDone(m_valet->signOutOne(principals.first()), this, tell);
    });
}

void ConsoleSession::connectClient(const QJsonObject &params, const QJsonValue &id)
{
    JsonReader reader(params, u"params"_s);
    const auto client = reader.optionalString("client"_L1);
    const bool isRemoval = reader.optionalBoolean("remove"_L1).value_or(false);
    const bool isDry = reader.optionalBoolean("dryRun"_L1).value_or(false);
    const bool isUndo = reader.optionalBoolean("undo"_L1).value_or(false);
    QString mistake = reader.problem();
    if (mistake.isEmpty() && isUndo && (isRemoval || isDry || !client))
        mistake = u"params.undo goes with params.client only"_s;
    if (!mistake.isEmpty()) {
        refuse(id, invalidParams, mistake);
        return;
    }
    client_config::ClientConnections &connections = m_valet->connections();
    if (!client) {
        answer(id, connect_report::list(connections));
        return;
    }
    const auto wish = isRemoval ? client_config::Wish::Disconnect : client_config::Wish::Connect;
    const auto done = isUndo ? connect_report::undo(connections, *client)
                             : connect_report::change(connections, *client, wish, isDry);
    if (const auto *problem = client_config::problemOf(done))
        refuse(id, connect_report::error(*problem), client_config::sentence(*problem));
    else
        answer(id, std::get<QJsonObject>(done));
}

void ConsoleSession::whenLoaded(std::function<void()> next)
{
    if (m_valet->isLoaded()) {
        next();
        return;
    }
    Promised<Done> waited;
    connect(
        m_valet, &Valet::loaded, this, [waited] { waited.answer(Done{}); },
        Qt::SingleShotConnection);
    QTimer::singleShot(loadPatience, this, [waited] { waited.answer(Done{}); });
    whenDone(waited.future(), this, [next = std::move(next)](const Result<Done> &) { next(); });
}

void ConsoleSession::status(const QJsonValue &id)
{
    whenLoaded([this, id] { answer(id, status_report::toJson(m_valet->status())); });
}

void ConsoleSession::doctor(const QJsonValue &id)
{
    whenLoaded([this, id] {
        whenDone(m_valet->examine(&m_gone), this, [this, id](const Result<doctor::Report> &report) {
            if (report.ok())
                answer(id, doctor::toJson(*report));
            else
                refuse(id, report.error());
        });
    });
}

void ConsoleSession::signIn(const QJsonObject &params, const QJsonValue &id)
{
    JsonReader reader(params, u"params"_s);
    const qint64 seconds = reader.optionalInteger("timeoutSeconds"_L1).value_or(0);
    const bool wantsCode = reader.optionalBoolean("deviceCode"_L1).value_or(false);
    const bool wantsLink = reader.optionalBoolean("noBrowser"_L1).value_or(false);
    const bool wantsAnother = reader.optionalBoolean("another"_L1).value_or(false);
    QString mistake = reader.problem();
    if (seconds < 0 || seconds > longestTimeout)
        mistake = u"params.timeoutSeconds is not from 0 to 86400"_s;
    else if (wantsCode && wantsLink)
        mistake = u"params.deviceCode and params.noBrowser exclude each other"_s;
    if (!mistake.isEmpty()) {
        refuse(id, invalidParams, mistake);
        return;
    }
    const auto way = wantsCode ? auth::SignInWay::DeviceCode
        : wantsLink            ? auth::SignInWay::Link
                               : auth::SignInWay::Browser;
    if (const auto rule = m_valet->deviceCodeRule(); wantsCode && !rule.isAllowed) {
        refuse(id, {.kind = Error::Kind::Denied}, status_text::deviceCodeIsOff(rule));
        return;
    }

    // Answered once, by whichever comes first.
    Promised<auth::Account> answered;
    whenDone(answered.future(), this, [this, id, way](const Result<auth::Account> &result) {
        --m_signInsWaiting;
        if (way == auth::SignInWay::DeviceCode)
            m_wantsDeviceCode = false;
        if (!result.ok())
            return refuse(id, result.error());
        const Status status = m_valet->status();
        bool isMemoryOnly = status.isMemoryOnly;
        for (const AccountStatus &one : status.accounts) {
            if (one.account.principal() == result->principal())
                isMemoryOnly = one.isMemoryOnly;
        }
        answer(id,
               {{u"account"_s, status_report::toJson(result.value())},
                {u"keychain"_s, status_report::keychainWord(status)},
                {u"memoryOnly"_s, isMemoryOnly}});
    });
    if (seconds > 0) {
        auto *timer = new QTimer(this);
        timer->setSingleShot(true);
        connect(timer, &QTimer::timeout, this, [this, answered, timer, way] {
            timer->deleteLater();
            if (way == auth::SignInWay::DeviceCode)
                endDeviceCode();
            const bool isPageOpen =
                way != auth::SignInWay::DeviceCode && status_text::isPageOpen(m_valet->status());
            answered.answer(Error{.kind = Error::Kind::NoAnswer,
                                  .detail = u"timeoutSeconds passed"_s,
                                  .cause = isPageOpen ? Cause::PageOpen : Cause::None});
        });
        whenDone(answered.future(), timer, [timer](const auto &) { timer->deleteLater(); });
        timer->start(std::chrono::seconds(seconds));
    }
    ++m_signInsWaiting;
    whenLoaded([this, answered, way, wantsAnother] {
        const Status status = m_valet->status();
        if (!wantsAnother && status.state == auth::AccountSession::State::SignedIn
            && status.account) {
            answered.answer(*status.account);
            return;
        }
        if (answered.isAnswered()) // its time is over; nobody waits for the page
            return;
        if (way == auth::SignInWay::DeviceCode)
            m_wantsDeviceCode = true;
        whenDone(wantsAnother ? m_valet->signInAnother(way) : m_valet->signIn(way), this,
                 [answered](Result<auth::Account> result) { answered.answer(std::move(result)); });
        // A sign-in under way has its page already.
        tellSignInPage();
    });
}

void ConsoleSession::tellSignInPage()
{
    const Status status = m_valet->status();
    // A page that an AI client's call opened is not the one this console waits for.
    if (m_signInsWaiting == 0 || status.signInUrl.isEmpty() || !status.isSignInWished
        || (status.signInUrl == m_toldUrl && status.signInUserCode == m_toldCode))
        return;
    m_toldUrl = status.signInUrl;
    m_toldCode = status.signInUserCode;
    QJsonObject params{{u"url"_s, status_text::signInLink(status)},
                       {u"opened"_s, status.signInPageOpened}};
    if (!status.signInUserCode.isEmpty())
        params.insert(u"userCode"_s, status.signInUserCode);
    send({{u"method"_s, u"signInPage"_s}, {u"params"_s, params}});
}

void ConsoleSession::endDeviceCode()
{
    if (!m_wantsDeviceCode)
        return;
    m_wantsDeviceCode = false;
    m_valet->cancelWishedSignIn();
}

void ConsoleSession::takeOver(const QJsonValue &id)
{
    const std::string peerProgram = valet_link::programOf(m_connection->peer().pid);
    const bool isOwnProgram =
        !m_ownProgram.isEmpty() && QString::fromStdString(peerProgram) == m_ownProgram;
    const HandOver handOver = m_valet->handOver(isOwnProgram);
    QJsonObject result{{u"yields"_s, handOver.yields}};
    QJsonArray records;
    for (const auth::KeyedRecord &held : handOver.records) {
        records.append(
            QJsonObject{{u"key"_s, held.key},
                        {u"record"_s, QJsonDocument::fromJson(held.record.toJson()).object()}});
    }
    if (!records.isEmpty())
        result.insert(u"records"_s, records);
    answer(id, result);
    if (!handOver.yields)
        return;
    qCInfo(lcApp) << "a tray process with a display takes over";
    quitWhenClosed();
}

void ConsoleSession::quitWhenClosed()
{
    connect(m_connection, &mcp::LinkConnection::closed, m_valet, &Valet::quit);
    m_connection->close();
}

void ConsoleSession::answer(const QJsonValue &id, const QJsonObject &result)
{
    if (!id.isUndefined())
        send({{u"id"_s, id}, {u"result"_s, result}});
}

void ConsoleSession::refuse(const QJsonValue &id, int code, const QString &message)
{
    if (!id.isUndefined())
        send(
            {{u"id"_s, id}, {u"error"_s, QJsonObject{{u"code"_s, code}, {u"message"_s, message}}}});
}

void ConsoleSession::refuse(const QJsonValue &id, const Error &error)
{
    refuse(id, error, user_messages::forError(error));
}

void ConsoleSession::refuse(const QJsonValue &id, const Error &error, const QString &sentence)
{
    if (id.isUndefined())
        return;
    QJsonObject data{{u"kind"_s, QString(kindName(error.kind))}};
    if (!error.serviceCode.isEmpty())
        data.insert(u"serviceCode"_s, error.serviceCode);
    send({{u"id"_s, id},
          {u"error"_s,
           QJsonObject{{u"code"_s, failed}, {u"message"_s, sentence}, {u"data"_s, data}}}});
}

void ConsoleSession::send(const QJsonObject &message)
{
    QJsonObject whole = message;
    whole.insert(u"jsonrpc"_s, u"2.0"_s);
    m_connection->send(QJsonDocument(whole).toJson(QJsonDocument::Compact));
}
