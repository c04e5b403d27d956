// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/doctor/doctor.h"

#include "app/base/gather.h"
#include "app/base/log.h"
#include "app/console_client.h"
#include "app/doctor/local_checks.h"
#include "app/doctor/registration_test.h"
#include "app/doctor/service_checks.h"

#include <QProcess>
#include <QTimer>

#include <utility>

using namespace Qt::StringLiterals;

namespace doctor {
namespace {

using Checks = QList<Check>;

// One examination: owns all that is under way, so that its end ends everything.
class Examination : public QObject
{
public:
    Examination(Surroundings surroundings, auth::TokenStore *store, Doctor::Limits limits,
                QObject *parent)
        : QObject(parent)
        , m_around(std::move(surroundings))
        , m_store(store)
        , m_limits(limits)
    {
    }

    Async<Report> run()
    {
        std::vector<std::function<Async<Checks>()>> jobs{
            [this] { return program(); }, [this] { return keychain(); },
            [this] { return socket(); }, [this] { return services(); },
            [this] { return registration(); }};
        const int count = int(jobs.size());
        return andThen(
            gather<Checks>(this, jobs, count), this,
            [this](const Results<Checks> &parts) { return readyAsync<Report>(reportOf(parts)); });
    }

private:
    // An end for what has none of its own, or a longer one; what is late goes on unheard.
    template <class T>
    Async<T> within(const Async<T> &future, std::chrono::milliseconds limit)
    {
        Promised<T> promised;
        auto *timer = new QTimer(this);
        timer->setSingleShot(true);
        connect(timer, &QTimer::timeout, this, [promised] {
            promised.answer(Error{.kind = Error::Kind::Timeout, .detail = u"no answer in time"_s});
        });
        whenDone(future, timer, [promised, timer](Result<T> result) {
            promised.answer(std::move(result));
            timer->deleteLater();
        });
        timer->start(limit);
        return promised.future();
    }

    // make(Result<T>) -> Check, also of a failure.
    template <class T, class Make>
    Async<Checks> toCheck(const Async<T> &future, Make make)
    {
        Promised<Checks> promised;
        whenDone(future, this, [promised, make = std::move(make)](const Result<T> &result) {
            promised.answer(Checks{make(result)});
        });
        return promised.future();
    }

    Async<Checks> program()
    {
        if (m_around.relayProgram.isEmpty())
            return readyAsync<Checks>(Checks{local::program(m_around, Error{})});
        return toCheck(relayVersion(), [this](const Result<QString> &version) {
            return local::program(m_around, version);
        });
    }

    Async<QString> relayVersion()
    {
        Promised<QString> promised;
        auto *process = new QProcess(this);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.remove(u"GRAPH_VALET_PROFILE"_s); // a wrong one would be all it talks about
        process->setProcessEnvironment(environment);
        process->setStandardInputFile(QProcess::nullDevice());
        process->setStandardErrorFile(QProcess::nullDevice());
        connect(process, &QProcess::errorOccurred, this, [promised, process] {
            promised.answer(Error{.kind = Error::Kind::NotFound, .detail = process->errorString()});
        });
        connect(process, &QProcess::finished, this, [promised, process](int code) {
            const QString said = QString::fromUtf8(process->read(256)).trimmed();
            const QString start = u"graph-valet "_s;
            if (code != 0 || !said.startsWith(start))
                promised.answer(Error{.kind = Error::Kind::ProtocolFault,
                                      .detail = u"it ended with %1"_s.arg(code)});
            else
                promised.answer(said.mid(start.size()));
        });
        process->start(m_around.relayProgram, {u"--version"_s});
        return within(promised.future(), m_limits.program);
    }

    Async<Checks> keychain()
    {
        // Whoever would be asked for a password has not asked for this.
        if (m_store->mayAskByItself() || m_around.status.keychain)
            return readyAsync<Checks>(Checks{local::keychain(m_around, std::nullopt)});
        return toCheck(within(probeKeychain(), m_limits.keychain),
                       [this](const Result<Done> &probe) {
                           return local::keychain(m_around, keychainFault(probe));
                       });
    }

    static Result<Done> keychainFault(const Result<Done> &probe)
    {
        if (probe.ok() || probe.error().kind == Error::Kind::StorageFault)
            return probe;
        return Error{.kind = Error::Kind::StorageFault,
                     .detail = probe.error().detail,
                     .serviceCode = u"timeout"_s,
                     .cause = Cause::KeychainSlow};
    }

    // An entry of its own, which no account can have; it holds no token.
    Async<Done> probeKeychain()
    {
        const QString key = m_around.profile + u".check"_s;
        const auth::TokenRecord record{.profile = m_around.profile,
                                       .authority = u"https://check.invalid"_s,
                                       .clientId = u"check"_s,
                                       .tenant = u"check"_s,
                                       .account = {.tenantId = u"check"_s, .objectId = u"check"_s},
                                       .refreshToken = Secret("no token"),
                                       .savedAt = QDateTime::currentDateTimeUtc()};
        auto *store = m_store;
        const auto written = store->write(key, record);
        const auto read =
            andThen(written, store, [store, key](const Done &) { return store->read(key); });
        // Deleted whatever the reading came to, and also where nobody waits any longer.
        Promised<Done> promised;
        whenDone(read, store,
                 [store, key, promised](const Result<std::optional<auth::TokenRecord>> &found) {
                     whenDone(
                         store->remove(key), store, [promised, found](const Result<Done> &removed) {
                             if (!found.ok())
                                 promised.answer(found.error());
                             else if (!*found)
                                 promised.answer(Error{.kind = Error::Kind::StorageFault,
                                                       .detail = u"the entry did not come back"_s,
                                                       .serviceCode = u"failed"_s});
                             else
                                 promised.answer(removed);
                         });
                 });
        return promised.future();
    }

    Async<Checks> socket()
    {
        auto *client = new ConsoleClient(this);
        const auto opened =
            client->open(QString::fromStdString(m_around.locations.socket), m_limits.socket);
        return toCheck(opened, [this, client](const Result<Done> &connected) {
            client->deleteLater();
            return local::socket(m_around, connected);
        });
    }

    Async<Checks> services()
    {
        if (!m_around.config.ok())
            return readyAsync<Checks>(service::notSetUp());
        const auth::EntraConfig config = *m_around.config;
        auto *web = new WebProbe(m_limits.web, this);
        const auto authority = web->get(discoveryUrl(config));
        const auto graph = web->get(graphProbeUrl(config));
        Promised<Checks> promised;
        whenDone(authority, this, [=, this](const Result<WebAnswer> &ofAuthority) {
            whenDone(graph, this, [=](const Result<WebAnswer> &ofGraph) {
                const ServiceAnswers answers{.authority = ofAuthority,
                                             .graph = ofGraph,
                                             .authorityProxy = proxyFor(config.authority),
                                             .graphProxy = proxyFor(config.graphUrl)};
                promised.answer(Checks{service::clock(answers), service::proxy(answers),
                                       service::authority(config, answers),
                                       service::graph(config, answers)});
            });
        });
        return promised.future();
    }

    Async<Checks> registration()
    {
        if (!m_around.config.ok())
            return readyAsync<Checks>(Checks());
        auto *test = new RegistrationTest(*m_around.config, m_limits.web, this);
        return andThen(test->run(), this,
                       [](const Check &check) { return readyAsync<Checks>(Checks{check}); });
    }

    Report reportOf(const Results<Checks> &parts) const
    {
        Report report{.time = QDateTime::currentDateTimeUtc(),
                      .personal = local::personalIn(m_around)};
        Checks found{local::settings(m_around), local::trayHost(m_around), local::account(m_around),
                     local::clients(m_around)};
        for (const Result<Checks> &part : parts) {
            if (part.ok())
                found += *part;
        }
        // In the order in which people set things up.
        static const QStringList order{u"program"_s,      u"settings"_s,  u"keychain"_s,
                                       u"tray"_s,         u"socket"_s,    u"clock"_s,
                                       u"proxy"_s,        u"authority"_s, u"graph"_s,
                                       u"registration"_s, u"account"_s,   u"clients"_s};
        for (const QString &id : order) {
            for (const Check &check : std::as_const(found)) {
                if (check.id == id)
                    report.checks.append(check);
            }
        }
        return report;
    }

    const Surroundings m_around;
    auth::TokenStore *const m_store;
    const Doctor::Limits m_limits;
};

} // namespace

Doctor::Doctor(Look look, auth::TokenStore *store, QObject *parent)
    : Doctor(std::move(look), store, Limits{}, parent)
{
}

Doctor::Doctor(Look look, auth::TokenStore *store, Limits limits, QObject *parent)
    : QObject(parent)
    , m_look(std::move(look))
    , m_store(store)
    , m_limits(limits)
{
}

Async<Report> Doctor::examine(Cancellation *cancellation)
{
    if (cancellation && cancellation->isCancelled())
        return readyAsync<Report>(Error{.kind = Error::Kind::Cancelled});
    auto *examination = new Examination(m_look(), m_store, m_limits, this);
    Promised<Report> promised;
    if (cancellation) {
        connect(cancellation, &Cancellation::cancelled, examination, [promised, examination] {
            promised.answer(Error{.kind = Error::Kind::Cancelled});
            examination->deleteLater();
        });
    }
    whenDone(examination->run(), examination,
             [promised, examination](const Result<Report> &report) {
                 if (report.ok())
                     qCInfo(lcApp) << "looked for problems:" << report->count(Outcome::Failed)
                                   << "failed," << report->count(Outcome::Warning) << "warnings";
                 promised.answer(report);
                 examination->deleteLater();
             });
    return promised.future();
}

} // namespace doctor
