// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Looks for whatever can be in the way of an AI client and Microsoft 365, and says what to do about
// it. Changes nothing: it signs nobody in, unlocks nothing, sends no token anywhere. What it tries
// by itself: an entry of its own in the keychain, a connection to its own socket, `graph-valet
// --version`, two requests without a token and the two of RegistrationTest.

#pragma once

#include "app/base/cancellation.h"
#include "app/doctor/check.h"
#include "app/doctor/surroundings.h"
#include "auth/token_store.h"

#include <QObject>

#include <chrono>
#include <functional>

namespace doctor {

class Doctor : public QObject
{
    Q_OBJECT
public:
    using Look = std::function<Surroundings()>;
    struct Limits
    {
        std::chrono::milliseconds web = std::chrono::seconds(10);
        std::chrono::milliseconds keychain = std::chrono::seconds(10);
        std::chrono::milliseconds socket = std::chrono::seconds(5);
        std::chrono::milliseconds program = std::chrono::seconds(5);
    };

    // look: asked once for each examination. store: outlives this.
    Doctor(Look look, auth::TokenStore *store, Limits limits, QObject *parent = nullptr);
    Doctor(Look look, auth::TokenStore *store, QObject *parent = nullptr);

    // Everything at once, each with its own limit. Cancelled where the caller wishes; no other
    // error. cancellation: as base/cancellation.h says; may be null.
    Async<Report> examine(Cancellation *cancellation = nullptr);

private:
    Look m_look;
    auth::TokenStore *m_store;
    Limits m_limits;
};

} // namespace doctor
