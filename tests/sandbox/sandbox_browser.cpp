// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/sandbox_browser.h"

#include <QNetworkReply>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using test_support::FormFields;

namespace sandbox {

namespace {

// What QString::toHtmlEscaped() wrote.
QString unescaped(QString html)
{
    return html.replace(u"&lt;"_s, u"<"_s)
        .replace(u"&gt;"_s, u">"_s)
        .replace(u"&quot;"_s, u"\""_s)
        .replace(u"&amp;"_s, u"&"_s);
}

QUrl formAction(const QUrl &page, const QByteArray &html)
{
    static const QRegularExpression action(u"<form[^>]* action=\"([^\"]*)\""_s);
    const auto match = action.match(QString::fromUtf8(html));
    return match.hasMatch() ? page.resolved(QUrl(unescaped(match.captured(1)))) : QUrl();
}

FormFields hiddenFields(const QByteArray &html)
{
    static const QRegularExpression hidden(
        u"<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">"_s);
    FormFields fields;
    auto matches = hidden.globalMatch(QString::fromUtf8(html));
    while (matches.hasNext()) {
        const auto match = matches.next();
        fields.append({unescaped(match.captured(1)), unescaped(match.captured(2))});
    }
    return fields;
}

int statusOf(const QNetworkReply *reply)
{
    return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

} // namespace

SandboxBrowser::SandboxBrowser(QObject *parent)
    : QObject(parent)
{
}

void SandboxBrowser::open(const QUrl &url)
{
    ++m_opened;
    QNetworkReply *reply = m_network.get(QNetworkRequest(url));
    connect(reply, &QNetworkReply::finished, this, [this, reply] {
        reply->deleteLater();
        showPage(reply->url(), statusOf(reply), reply->readAll());
    });
}

void SandboxBrowser::showPage(const QUrl &url, int status, const QByteArray &html)
{
    m_pageUrl = url;
    m_page = html;
    Q_EMIT pageShown(status, html);
    if (html.contains("hiddenform"))
        postToApp(html);
    else if (m_click != Click::Nothing)
        click(m_click);
}

void SandboxBrowser::click(Click click)
{
    const QUrl target = formAction(m_pageUrl, m_page);
    if (target.isEmpty())
        return; // an error page: a person can do nothing here
    FormFields fields = hiddenFields(m_page);
    fields.append({u"person"_s, m_person});
    fields.append({u"action"_s, click == Click::Cancel ? u"cancel"_s : u"continue"_s});
    post(target, fields, [this](int, const QByteArray &html) { postToApp(html); });
}

void SandboxBrowser::postToApp(const QByteArray &html)
{
    FormFields fields = hiddenFields(html);
    if (m_tamper)
        m_tamper(fields);
    post(formAction({}, html), fields,
         [this](int status, const QByteArray &page) { Q_EMIT finished(status, page); });
}

void SandboxBrowser::post(const QUrl &url, const FormFields &fields,
                          std::function<void(int, const QByteArray &)> then)
{
    QByteArray body;
    for (const auto &field : fields) {
        body += (body.isEmpty() ? "" : "&") + QUrl::toPercentEncoding(field.first) + '='
            + QUrl::toPercentEncoding(field.second);
    }
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_s);
    QNetworkReply *reply = m_network.post(request, body);
    connect(reply, &QNetworkReply::finished, this, [reply, then = std::move(then)] {
        reply->deleteLater();
        then(statusOf(reply), reply->readAll());
    });
}

} // namespace sandbox
