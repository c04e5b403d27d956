// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/network/system_proxies.h"

#include <QRegularExpression>
#include <QSemaphore>
#include <QTest>

#include <atomic>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using network::SystemProxies;

namespace {

const QUrl graph(u"https://graph.microsoft.com/v1.0/me?$select=id"_s);
const QNetworkProxy contoso(QNetworkProxy::HttpProxy, u"proxy.contoso.example"_s, 8080);

// What a system says, and what it was asked; outlives the lookups of its factory.
struct System
{
    SystemProxies::Lookup lookup()
    {
        return [this](const QNetworkProxyQuery &query) {
            lastUrl = query.url();
            ++asked;
            gate.acquire();
            ++done;
            return QList<QNetworkProxy>{answer};
        };
    }

    QNetworkProxy answer = contoso;
    QSemaphore gate{1000}; // as many lookups may end
    std::atomic<int> asked = 0;
    std::atomic<int> done = 0;
    QUrl lastUrl;
};

QNetworkProxy ask(SystemProxies &proxies, const QUrl &url = graph)
{
    return proxies.queryProxy(QNetworkProxyQuery(url)).value(0);
}

} // namespace

class TestSystemProxies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thisComputerIsNeverAskedThroughAProxy_data()
    {
        QTest::addColumn<QUrl>("url");
        for (const auto &url :
             {u"http://localhost:8080/"_s, u"https://localhost/"_s, u"http://127.0.0.1:1/"_s,
              u"http://127.9.9.9/"_s, u"http://[::1]:8080/"_s, u"https://LOCALHOST/"_s})
            QTest::newRow(qPrintable(url)) << QUrl(url);
    }
    void thisComputerIsNeverAskedThroughAProxy()
    {
        QFETCH(QUrl, url);
        System system;
        SystemProxies proxies(system.lookup(), {});
        proxies.prepare(url);
        QCOMPARE(ask(proxies, url).type(), QNetworkProxy::NoProxy);
        QCOMPARE(system.asked, 0);
    }

    void onlyTheWebIsAskedThroughAProxy()
    {
        System system;
        SystemProxies proxies(system.lookup(), {});
        const QNetworkProxyQuery socket(u"graph.microsoft.com"_s, 443);
        QCOMPARE(proxies.queryProxy(socket).value(0).type(), QNetworkProxy::NoProxy);
        QCOMPARE(proxies.queryProxy(QNetworkProxyQuery(quint16(80))).value(0).type(),
                 QNetworkProxy::NoProxy);
        QCOMPARE(system.asked, 0);
    }

    void theSystemIsAskedForTheOriginOnly()
    {
        System system;
        SystemProxies proxies(system.lookup(), {.wait = 20s});
        QCOMPARE(ask(proxies), contoso);
        QCOMPARE(system.lastUrl, QUrl(u"https://graph.microsoft.com/"_s));
    }

    void anAnswerServesUntilItIsStale()
    {
        System system;
        SystemProxies proxies(system.lookup(), {.fresh = 1h, .wait = 20s});
        for (int i = 0; i < 3; ++i)
            QCOMPARE(ask(proxies), contoso);
        QCOMPARE(system.asked, 1);

        SystemProxies forgetful(system.lookup(), {.fresh = 0ms, .serves = 0ms, .wait = 20s});
        QCOMPARE(ask(forgetful), contoso);
        system.answer = QNetworkProxy(QNetworkProxy::NoProxy);
        QCOMPARE(ask(forgetful).type(), QNetworkProxy::NoProxy);
        QCOMPARE(system.asked, 3);
    }

    // A slow system holds nobody up twice.
    void anOlderAnswerServesWhileTheSystemIsAskedAnew()
    {
        QTest::failOnWarning(QRegularExpression(u"which proxy to take"_s)); // it was waited for
        static System system; // the last lookup may end after this function
        SystemProxies proxies(system.lookup(), {.fresh = 0ms, .serves = 1h, .wait = 5s});
        QCOMPARE(ask(proxies), contoso);
        system.gate.acquire(999); // the next lookup hangs
        system.answer = QNetworkProxy(QNetworkProxy::NoProxy);
        QCOMPARE(ask(proxies), contoso);
        system.gate.release(999);
        QTRY_COMPARE(ask(proxies).type(), QNetworkProxy::NoProxy);
    }

#ifdef Q_OS_LINUX
    // What Qt, or libproxy for it, makes of the environment.
    void theEnvironmentCountsOnLinux()
    {
        for (const char *desktop : {"XDG_CURRENT_DESKTOP", "DESKTOP_SESSION", "KDE_FULL_SESSION",
                                    "GNOME_DESKTOP_SESSION_ID", "http_proxy", "all_proxy"})
            qunsetenv(desktop);
        qputenv("https_proxy", "http://adele:secret@proxy.contoso.example:8080");
        qputenv("no_proxy", "login.microsoftonline.com,.contoso.example");
        SystemProxies proxies;
        const QNetworkProxy proxy = ask(proxies);
        QCOMPARE(proxy.type(), QNetworkProxy::HttpProxy);
        QCOMPARE(proxy.hostName(), u"proxy.contoso.example"_s);
        QCOMPARE(proxy.port(), 8080);
        QCOMPARE(proxy.user(), u"adele"_s);
        QCOMPARE(ask(proxies, QUrl(u"https://login.microsoftonline.com/"_s)).type(),
                 QNetworkProxy::NoProxy);
        QCOMPARE(ask(proxies, QUrl(u"https://sts.contoso.example/"_s)).type(),
                 QNetworkProxy::NoProxy);
        qunsetenv("https_proxy");
        qunsetenv("no_proxy");
    }
#endif

    void everyHostHasItsOwnAnswer()
    {
        System system;
        SystemProxies proxies(system.lookup(), {.fresh = 1h, .wait = 20s});
        QCOMPARE(ask(proxies), contoso);
        system.answer = QNetworkProxy(QNetworkProxy::NoProxy);
        QCOMPARE(ask(proxies, QUrl(u"https://login.microsoftonline.com/"_s)).type(),
                 QNetworkProxy::NoProxy);
        QCOMPARE(ask(proxies), contoso);
    }

    void whatIsPreparedIsAskedOnce()
    {
        System system;
        SystemProxies proxies(system.lookup(), {.fresh = 1h, .wait = 20s});
        proxies.prepare(graph);
        QCOMPARE(ask(proxies), contoso);
        QCOMPARE(system.asked, 1);
    }

    // A PAC script that hangs: waited for once, then everybody goes on without it.
    void aSystemThatDoesNotAnswerIsWaitedForOnce()
    {
        // One warning for each lookup that is waited for: this one and the one after it.
        static const QRegularExpression warning(u"which proxy to take"_s);
        QTest::failOnWarning(warning);
        for (int i = 0; i < 2; ++i)
            QTest::ignoreMessage(QtWarningMsg, warning);
        System system;
        system.gate.acquire(1000);
        {
            SystemProxies proxies(system.lookup(), {.fresh = 0ms, .serves = 0ms, .wait = 10ms});
            for (int i = 0; i < 3; ++i)
                QCOMPARE(ask(proxies).type(), QNetworkProxy::NoProxy);
            QCOMPARE(system.asked, 1);
            system.gate.release(1);
            QTRY_COMPARE(system.done, 1);
            // Asked anew, and until that is answered the answer before serves.
            QTRY_COMPARE(ask(proxies), contoso);
            QCOMPARE(system.done, 1);
        }
        // The factory goes while its lookup is under way.
        system.gate.release(1);
        QTRY_COMPARE(system.done, 2);
    }
};

QTEST_GUILESS_MAIN(TestSystemProxies)
#include "tst_system_proxies.moc"
