// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/unattended_prompt.h"

#include "app/base/log.h"
#include "app/display_text.h"

using namespace Qt::StringLiterals;

Async<mcp::AccessDecision> UnattendedPrompt::ask(const mcp::AccessRequest &request,
                                                 const Cancellation *)
{
    qCInfo(lcApp).noquote() << "denied, because no display is there to ask on:"
                            << display_text::shown(request.client.program, display_text::pathLimit)
                            << areaWord(request.area);
    return readyAsync<mcp::AccessDecision>(Error{
        .kind = Error::Kind::Denied,
        .detail = u"Graph Valet runs without a display, so the person cannot be asked whether this "
                  "program may use the account. The person can start graph-valet-tray in their "
                  "desktop session and answer there, or change the setting clientApproval in their "
                  "settings file from ask to allow; the variable GRAPH_VALET_CLIENT_APPROVAL does "
                  "the same only against the sandbox."_s});
}
