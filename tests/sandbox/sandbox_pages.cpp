// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/sandbox_pages.h"

#include "tests/sandbox/sandbox_ledger.h"

using namespace Qt::StringLiterals;
using test_support::HttpResponse;

namespace sandbox {

namespace {

QString head(const QString &title)
{
    return uR"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%1</title>
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; }
body { margin: 0; font: 16px/1.5 "Segoe UI", system-ui, sans-serif; background: #f2f2f2; color: #1b1b1b; }
main { max-width: 26rem; margin: 8vh auto; padding: 2.5rem; background: #fff; box-shadow: 0 2px 6px #0003; }
h1 { margin: .5rem 0 1rem; font-size: 1.5rem; font-weight: 600; }
label { display: block; padding: .75rem; border: 1px solid #0000; cursor: pointer; }
label:hover, label:focus-within { background: #0067b814; border-color: #0067b8; }
small { display: block; margin-left: 1.75rem; opacity: .75; }
.buttons { display: flex; flex-direction: row-reverse; gap: .5rem; margin-top: 1.5rem; }
button { min-width: 6.75rem; padding: .4rem .75rem; border: 0; font: inherit; cursor: pointer; background: #ccc; color: #000; }
button.main { background: #0067b8; color: #fff; }
button:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
.note { font-size: .85rem; opacity: .75; }
@media (prefers-color-scheme: dark) { body { background: #1b1b1b; color: #f2f2f2; } main { background: #2b2b2b; } }
</style>
</head>
<body>
)"_s.arg(title.toHtmlEscaped());
}

HttpResponse page(int status, const QString &html)
{
    return HttpResponse::text(status, "text/html; charset=utf-8", html.toUtf8())
        .withHeader("Cache-Control", "no-store")
        .withHeader("Referrer-Policy", "strict-origin-when-cross-origin")
        .withHeader("X-Content-Type-Options", "nosniff")
        .withHeader("Content-Security-Policy",
                    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
                    "img-src data:; frame-ancestors 'none'");
}

// A radio button for each.
QString choiceOfPeople(const QString &chosenKey)
{
    QString html;
    for (const Person &person : people()) {
        html +=
            uR"(<label><input type="radio" name="person" value="%1" id="person-%1"%4> %2<small>%3</small></label>
)"_s.arg(person.key, person.displayName().toHtmlEscaped(), person.username().toHtmlEscaped(),
            person.key == chosenKey ? u" checked autofocus"_s : QString());
    }
    return html;
}

} // namespace

HttpResponse signInPage(const QString &actionPath, const QString &requestId, const Person &chosen,
                        const QStringList &scopes)
{
    QString html = head(u"Sign in to your account"_s);
    html += uR"(<main>
<p class="note">Contoso &middot; sandbox tenant, not Microsoft</p>
<h1>Pick an account</h1>
<form method="post" action="%1">
<input type="hidden" name="request" value="%2">
)"_s.arg(actionPath.toHtmlEscaped(), requestId.toHtmlEscaped());
    html += choiceOfPeople(chosen.key);
    html += uR"(<p class="note">Graph Valet asks for: %1</p>
<div class="buttons">
<button class="main" id="continue" type="submit" name="action" value="continue">Continue</button>
<button id="cancel" type="submit" name="action" value="cancel">Cancel</button>
</div>
</form>
</main>
</body>
</html>
)"_s.arg(scopes.join(u", "_s).toHtmlEscaped());
    return page(200, html);
}

HttpResponse deviceLoginPage(const QString &actionPath)
{
    QString html = head(u"Sign in to your account"_s);
    html += uR"(<main>
<p class="note">Contoso &middot; sandbox tenant, not Microsoft</p>
<h1>Enter the code that your app or device shows</h1>
<form method="post" action="%1">
<p><input type="text" name="code" id="code" aria-label="Code" autocomplete="off" required></p>
)"_s.arg(actionPath.toHtmlEscaped());
    html += choiceOfPeople(people().first().key);
    html += uR"(<p class="note">Enter no code that somebody sent you.</p>
<div class="buttons">
<button class="main" id="continue" type="submit" name="action" value="continue">Continue</button>
<button id="cancel" type="submit" name="action" value="cancel" formnovalidate>Cancel</button>
</div>
</form>
</main>
</body>
</html>
)"_s;
    return page(200, html);
}

HttpResponse loggedOutPage()
{
    return page(200, head(u"Sign out"_s) + uR"(<main>
<p class="note">Contoso &middot; sandbox tenant, not Microsoft</p>
<h1 id="logged-out">You signed out of your account</h1>
<p>It is a good idea to close all browser windows.</p>
</main>
</body>
</html>
)"_s);
}

HttpResponse deviceDonePage(bool isAllowed)
{
    return page(200,
                head(u"Sign in to your account"_s)
                    + uR"(<main>
<p class="note">Contoso &middot; sandbox tenant, not Microsoft</p>
<h1 id="device-done">%1</h1>
<p>You may close this page.</p>
</main>
</body>
</html>
)"_s.arg(isAllowed ? u"You have signed in on your device"_s
                   : u"You have not signed in on your device"_s));
}

HttpResponse formPostPage(const QUrl &redirectUri, const test_support::FormFields &fields)
{
    QString html = head(u"Working..."_s);
    html += uR"(<form method="post" name="hiddenform" action="%1">
)"_s.arg(redirectUri.toString(QUrl::FullyEncoded).toHtmlEscaped());
    for (const auto &field : fields) {
        html += uR"(<input type="hidden" name="%1" value="%2">
)"_s.arg(field.first.toHtmlEscaped(), field.second.toHtmlEscaped());
    }
    html +=
        uR"(<noscript><p>Script is disabled. Click Submit to continue.</p><button type="submit">Submit</button></noscript>
</form>
<script>document.forms[0].submit();</script>
</body>
</html>
)"_s;
    return page(200, html);
}

HttpResponse errorPage(const QString &code, const QString &text)
{
    QString html = head(u"Sign in to your account"_s);
    html += uR"(<main>
<p class="note">Contoso &middot; sandbox tenant, not Microsoft</p>
<h1>Sorry, but we’re having trouble signing you in.</h1>
<p id="service-error">%1: %2</p>
<p class="note">Correlation id: %3</p>
</main>
</body>
</html>
)"_s.arg(code.toHtmlEscaped(), text.toHtmlEscaped(), randomGuid());
    return page(400, html);
}

HttpResponse proxyPage()
{
    return page(200,
                head(u"Guest network"_s)
                    + u"<main><h1>Please accept the terms of use</h1></main></body></html>\n"_s);
}

} // namespace sandbox
