// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a session says without being asked. A legacy client hears all that the server offers, once
// it is ready; a modern one what its subscriptions/listen streams ask for.

#include "mcp/protocol/session.h"

using namespace Qt::StringLiterals;

namespace mcp {

void Session::announce(const ListChange &change)
{
    if (!m_subscriptions.isOffered(change.what))
        return;
    for (const QJsonValue &id : m_subscriptions.interestedIn(change))
        m_out.write(notificationMessage(change.method(), Era::onStream(change.params(), id)));
    // What a resource holds is told to those who asked for it; a legacy session has methods for
    // that.
    if (change.what == ListChange::What::Contents)
        return;
    if (m_isReady)
        m_out.write(notificationMessage(change.method(), change.params()));
    // Who is not ready yet, or listens later, is told then.
    forgetChange(change.what);
    m_changed.append(change);
}

void Session::beReady()
{
    if (std::exchange(m_isReady, true))
        return;
    for (const ListChange &change : std::as_const(m_changed))
        m_out.write(notificationMessage(change.method(), change.params()));
}

void Session::forgetChange(ListChange::What what)
{
    m_changed.removeIf([what](const ListChange &change) { return change.what == what; });
}

// The stream stays open until its client cancels it.
void Session::listen(const Request &request, const Era &era, const BatchPtr &batch)
{
    const QJsonValue wanted = request.params.value("notifications"_L1);
    if (!wanted.isObject()) {
        m_out.refuse(request.id, wire::invalidParams, u"params.notifications is not an object"_s,
                     batch);
        return;
    }
    if (!begin(request, era, batch))
        return;
    const QJsonObject kept = m_subscriptions.open(request.id, wanted.toObject());
    m_out.write(notificationMessage(u"notifications/subscriptions/acknowledged"_s,
                                    Era::acknowledgedParams(request.id, kept)));
    for (const ListChange &change : std::as_const(m_changed)) {
        if (m_subscriptions.interestedIn(change).contains(request.id))
            m_out.write(
                notificationMessage(change.method(), Era::onStream(change.params(), request.id)));
    }
}

} // namespace mcp
