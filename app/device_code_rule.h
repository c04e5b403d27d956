// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Whether a sign-in with a device code (RFC 8628) is allowed, and where the person would allow it.

#pragma once

#include <QString>

struct DeviceCodeRule
{
    bool isAllowed = false;
    bool isManaged = false; // the organisation has decided
    QString setting = {}; // its name in the file
    QString file = {}; // of the person's settings
};
