// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A person with a browser, for unit tests: opens the sandbox's page, picks somebody, clicks, and
// lets the form post itself to the app, as a browser with scripts would. What a real browser does
// is tested with Chromium (tests/support/click_sign_in.py).

#pragma once

#include "tests/support/http_message.h"

#include <QNetworkAccessManager>
#include <QObject>

#include <functional>

namespace sandbox {

class SandboxBrowser : public QObject
{
    Q_OBJECT
public:
    enum class Click { Continue, Cancel, Nothing };

    explicit SandboxBrowser(QObject *parent = nullptr);

    void setPerson(const QString &key) { m_person = key; }
    void setClick(Click click) { m_click = click; }
    // Changes what is sent to the app, for answers that no honest page sends.
    void setTamper(std::function<void(test_support::FormFields &)> tamper)
    {
        m_tamper = std::move(tamper);
    }

    void open(const QUrl &url);
    // Goes on from the page of the last open() whose click was Nothing.
    void click(Click click);
    int opened() const { return m_opened; }

Q_SIGNALS:
    // The sandbox's page is there, before the click.
    void pageShown(int status, const QByteArray &html);
    // The app's answer page.
    void finished(int status, const QByteArray &html);

private:
    void showPage(const QUrl &url, int status, const QByteArray &html);
    void postToApp(const QByteArray &html);
    void post(const QUrl &url, const test_support::FormFields &fields,
              std::function<void(int, const QByteArray &)> then);

    QNetworkAccessManager m_network;
    std::function<void(test_support::FormFields &)> m_tamper;
    QString m_person = QStringLiteral("adele");
    Click m_click = Click::Continue;
    QUrl m_pageUrl;
    QByteArray m_page;
    int m_opened = 0;
};

} // namespace sandbox
