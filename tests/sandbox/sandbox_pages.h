// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The pages a browser sees: plain HTML without external content, usable by keyboard.

#pragma once

#include "tests/sandbox/sandbox_people.h"
#include "tests/support/http_message.h"

namespace sandbox {

// Two people and the buttons Continue and Cancel; posts `request`, `person`, `action` to
// actionPath. chosen: who is picked at first.
test_support::HttpResponse signInPage(const QString &actionPath, const QString &requestId,
                                      const Person &chosen, const QStringList &scopes);

// Where a person enters the code of a device: posts `code`, `person`, `action` to actionPath.
test_support::HttpResponse deviceLoginPage(const QString &actionPath);
// What they see then.
test_support::HttpResponse deviceDonePage(bool isAllowed);

// After a sign-out in the browser.
test_support::HttpResponse loggedOutPage();

// Entra's page for response_mode=form_post: a form that submits itself (OAuth 2.0 Form Post
// Response Mode, section 2).
test_support::HttpResponse formPostPage(const QUrl &redirectUri,
                                        const test_support::FormFields &fields);

// What Entra shows instead of a redirect when it cannot trust where it would redirect to.
test_support::HttpResponse errorPage(const QString &code, const QString &text);

// What a proxy or a captive portal answers with.
test_support::HttpResponse proxyPage();

} // namespace sandbox
