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

// Call once the application object exists: lets go of what findDisplay() held for it, the
// connection that found the display and what it had to tell Qt through the environment, which no
// child may inherit.
void releaseDisplay();
