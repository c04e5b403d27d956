// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Operations that are not shown to AI clients, and why.

#pragma once

#include "mcp/catalogue/operation_catalogue.h"

#include <QStringView>

namespace mcp {

enum class Hiding {
    None,
    Administrator, // no scope that suffices can be consented to by a person
    Secret, // its answer is a password, a key or the like: nothing that a model should read
};

// What of it is shown nevertheless, because the organisation says so; nobody else can.
struct OperationsShown
{
    bool areAdministrators = false; // what needs an administrator's permission
    bool areSecrets = false;

    friend bool operator==(const OperationsShown &, const OperationsShown &) = default;
};

Hiding hidingOf(const Operation &operation);
// A secret that needs an administrator too is shown where both are.
bool isShown(const Operation &operation, const OperationsShown &shown);
// Whether a path, of an operation or of a request, leads to a secret; also in other letter case.
bool leadsToSecret(QStringView path);

} // namespace mcp
