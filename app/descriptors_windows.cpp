// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/descriptors.h"

namespace descriptors {

void closeInherited()
{
    // A handle is inherited on Windows only where the starting program lists it.
}

} // namespace descriptors
