// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/login_start.h"

#include <utility>

using namespace Qt::StringLiterals;

LoginStart::LoginStart(QString profile, QString program)
    : m_profile(std::move(profile))
    , m_program(std::move(program))
{
}

QString LoginStart::name() const
{
    const auto product = u"Graph Valet"_s;
    return m_profile == "default"_L1 ? product : u"%1 (%2)"_s.arg(product, m_profile);
}

QStringList LoginStart::command() const
{
    // The default one is named too: GRAPH_VALET_PROFILE in the session must not choose another.
    return {m_program, u"--background"_s, u"--profile"_s, m_profile};
}
