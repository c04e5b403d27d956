# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The windows that an X display shows, and keys as from its keyboard; through libX11, which every Qt
program brings, and libXtst."""

import ctypes

MAPPED = 2  # IsViewable


class Attributes(ctypes.Structure):
    # XWindowAttributes; only map_state is read. Xlib.h
    _fields_ = [(name, ctypes.c_int) for name in ("x", "y", "width", "height", "border", "depth")]
    _fields_ += [("visual", ctypes.c_void_p), ("root", ctypes.c_ulong), ("class_", ctypes.c_int),
                 ("bit_gravity", ctypes.c_int), ("win_gravity", ctypes.c_int),
                 ("backing_store", ctypes.c_int), ("backing_planes", ctypes.c_ulong),
                 ("backing_pixel", ctypes.c_ulong), ("save_under", ctypes.c_int),
                 ("colormap", ctypes.c_ulong), ("map_installed", ctypes.c_int),
                 ("map_state", ctypes.c_int), ("rest", ctypes.c_char * 256)]


def titles(display_name):
    x = ctypes.CDLL("libX11.so.6")
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XDefaultRootWindow.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x.XOpenDisplay(display_name.encode()))
    if not display:
        raise AssertionError(f"no X display {display_name}")
    root, parent = ctypes.c_ulong(), ctypes.c_ulong()
    children, count = ctypes.POINTER(ctypes.c_ulong)(), ctypes.c_uint()
    x.XQueryTree(display, ctypes.c_ulong(x.XDefaultRootWindow(display)), ctypes.byref(root),
                 ctypes.byref(parent), ctypes.byref(children), ctypes.byref(count))
    # Windows come and go between two questions; that is no reason to end this program.
    handler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda *_: 0)
    x.XSetErrorHandler(handler)
    found = []
    for index in range(count.value):
        window = ctypes.c_ulong(children[index])
        attributes, name = Attributes(), ctypes.c_char_p()
        if not x.XGetWindowAttributes(display, window, ctypes.byref(attributes)):
            continue
        if attributes.map_state == MAPPED and x.XFetchName(display, window, ctypes.byref(name)):
            found.append((name.value or b"").decode(errors="replace"))
    x.XCloseDisplay(display)
    return found


def press(display_name, *keys, held=None):
    """Keys by their X names, one after the other, while `held` is down. Whatever has the focus gets
    them."""
    x, test = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XStringToKeysym.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x.XOpenDisplay(display_name.encode()))

    def strike(name, is_press):
        symbol = ctypes.c_ulong(x.XStringToKeysym(name.encode()))
        code = x.XKeysymToKeycode(display, symbol)
        test.XTestFakeKeyEvent(display, code, is_press, ctypes.c_ulong(0))
    if held:
        strike(held, 1)
    for name in keys:
        strike(name, 1)
        strike(name, 0)
        x.XSync(display, 0)
    if held:
        strike(held, 0)
        x.XSync(display, 0)
    x.XCloseDisplay(display)


def type_into(display_name, text):
    """A line and Return."""
    press(display_name, *[{"-": "minus"}.get(letter, letter) for letter in text], "Return")
