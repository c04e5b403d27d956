// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/bare_network.h"

#include <QEventLoop>
#include <QNetworkProxy>
#include <QNetworkReply>

#include <chrono>
#include <functional>

namespace bench {

using Clock = std::chrono::steady_clock;

BareNetwork::BareNetwork(const QUrl &origin)
    : m_origin(origin)
{
    m_network.setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
}

QNetworkReply *BareNetwork::ask(const QString &path)
{
    return m_network.get(QNetworkRequest(m_origin.resolved(QUrl(path))));
}

Load BareNetwork::drive(const QString &path, int inFlight, int total)
{
    Load load;
    QEventLoop loop;
    int begun = 0;
    std::function<void()> next = [&] {
        if (begun == total)
            return;
        ++begun;
        const auto start = Clock::now();
        QNetworkReply *reply = ask(path);
        QObject::connect(reply, &QNetworkReply::finished, &loop, [&, reply, start] {
            if (reply->error() != QNetworkReply::NoError || reply->readAll().isEmpty())
                fail("the bare network failed: " + reply->errorString().toStdString());
            const std::chrono::duration<double, std::milli> spent = Clock::now() - start;
            load.milliseconds.push_back(spent.count());
            reply->deleteLater();
            if (int(load.milliseconds.size()) == total)
                loop.quit();
            else
                next();
        });
    };
    const auto start = Clock::now();
    for (int i = 0; i < inFlight; ++i)
        next();
    loop.exec();
    load.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return load;
}

QByteArray BareNetwork::get(const QString &path)
{
    QEventLoop loop;
    QNetworkReply *reply = ask(path);
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    reply->deleteLater();
    return reply->readAll();
}

} // namespace bench
