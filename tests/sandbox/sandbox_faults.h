// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What can be made to go wrong, by name, and how often. The endpoints ask take() at the moment the
// fault would strike.

#pragma once

#include <QHash>
#include <QList>
#include <QString>

#include <chrono>

namespace sandbox {

struct FaultKind
{
    const char *name;
    const char *what;
};

class Faults
{
public:
    static constexpr int always = -1;

    static const QList<FaultKind> &kinds();
    static bool isKnown(const QString &name);

    // False for a name that is not known. times: how often it strikes, or `always`; 0 takes it
    // back. delay: for the -slow ones.
    bool set(const QString &name, int times = 1, std::chrono::milliseconds delay = slow);
    void clear() { m_active.clear(); }

    // Whether the fault strikes now; counts down.
    bool take(const char *name);
    std::chrono::milliseconds delayOf(const char *name) const;

private:
    // Longer than any patience of ours (a call has 45 s, a token request 30 s).
    static constexpr std::chrono::milliseconds slow = std::chrono::minutes(2);

    struct Active
    {
        int times = 0;
        std::chrono::milliseconds delay = slow;
    };
    QHash<QString, Active> m_active;
};

} // namespace sandbox
