// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// How the person reaches the sign-in page.

#pragma once

namespace auth {

// In the order of how far they reach: where two are wished for at once, the later one serves both.
enum class SignInWay {
    Link, // the page on this computer, which whoever asked opens themselves
    Browser, // the page on this computer, opened at once
    DeviceCode // a code to enter on any other device (RFC 8628)
};

} // namespace auth
