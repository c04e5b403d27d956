// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Whether a person can see this process's windows; decided before the application object is made,
// because QApplication aborts where the display cannot be reached.

#pragma once

enum class DisplayKind {
    None, // QCoreApplication
    Invisible, // QApplication on a platform without a screen (offscreen, minimal): for tests
    Visible,
};

DisplayKind findDisplay();

// Undoes what findDisplay() had to tell Qt through the environment, so that no child inherits it;
// call once the application object exists.
void forgetDisplayHint();
