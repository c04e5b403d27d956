# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stand-in for a desktop's panel: owns org.kde.StatusNotifierWatcher, takes the tray icons of
others and shows them as JSON lines. Driven by words on stdin, answers on stdout:

    item                          -> properties of the registered icon, or null
    menu                          -> [{"id", "label", "enabled", "visible", "children"}]
    click <id>                    -> true
    quit

StatusNotifierItem (freedesktop.org draft), com.canonical.dbusmenu. Needs python3-dbus, python3-gi."""

import json
import sys

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
PROPERTIES = "org.freedesktop.DBus.Properties"


def plain(value):
    """D-Bus values as JSON ones; pictures by their size."""
    if isinstance(value, dbus.Array) and value.signature and str(value.signature).startswith("(ii"):
        return [[int(one[0]), int(one[1]), len(one[2])] for one in value]
    if isinstance(value, dbus.Boolean):
        return bool(value)
    if isinstance(value, (dbus.String, dbus.ObjectPath)):
        return str(value)
    if isinstance(value, (dbus.Struct, dbus.Array, list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    return int(value) if isinstance(value, int) else value


class Watcher(dbus.service.Object):
    def __init__(self, bus):
        self.name = dbus.service.BusName(WATCHER, bus, do_not_queue=True)
        super().__init__(bus, "/StatusNotifierWatcher")
        self.bus = bus
        self.item = None

    @dbus.service.method(WATCHER, in_signature="s", sender_keyword="sender")
    def RegisterStatusNotifierItem(self, service, sender=None):
        # Qt sends its own bus name or a path; Ayatana sends a path.
        if service.startswith("/"):
            self.item = (sender, service)
        else:
            self.item = (service, "/StatusNotifierItem")

    @dbus.service.method(WATCHER, in_signature="s")
    def RegisterStatusNotifierHost(self, service):
        pass

    @dbus.service.signal(WATCHER)
    def StatusNotifierHostRegistered(self):
        pass

    @dbus.service.method(PROPERTIES, in_signature="ss", out_signature="v")
    def Get(self, interface, name):
        return self.GetAll(interface)[name]

    @dbus.service.method(PROPERTIES, in_signature="s", out_signature="a{sv}")
    def GetAll(self, interface):
        return {"IsStatusNotifierHostRegistered": dbus.Boolean(True),
                "ProtocolVersion": dbus.Int32(0),
                "RegisteredStatusNotifierItems": dbus.Array(
                    ["".join(self.item)] if self.item else [], signature="s")}

    # Qt 6.4 looks for the property in the introspection data.
    @dbus.service.method("org.freedesktop.DBus.Introspectable", out_signature="s",
                         path_keyword="object_path", connection_keyword="connection")
    def Introspect(self, object_path, connection):
        text = super().Introspect(object_path, connection)
        return text.replace(f'<interface name="{WATCHER}">', f'''<interface name="{WATCHER}">
    <property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
    <property name="ProtocolVersion" type="i" access="read"/>
    <property name="RegisteredStatusNotifierItems" type="as" access="read"/>''')

    def answer(self, line):
        words = line.split()
        if not self.item:
            return None
        owner, path = self.item
        if not self.bus.name_has_owner(owner):
            return None
        item = self.bus.get_object(owner, path, introspect=False)
        properties = item.GetAll(ITEM, dbus_interface=PROPERTIES)
        if words[0] == "item":
            return plain(properties)
        menu = dbus.Interface(
            self.bus.get_object(owner, properties["Menu"], introspect=False), MENU)
        if words[0] == "click":
            menu.Event(dbus.Int32(words[1]), "clicked", dbus.String("", variant_level=1),
                       dbus.UInt32(0))
            return True
        menu.AboutToShow(0)
        return self.entries(menu.GetLayout(0, -1, dbus.Array([], signature="s"))[1])

    def entries(self, layout):
        return [{"id": int(entry[0]),
                 "label": str(entry[1].get("label", "")).replace("_", ""),
                 "enabled": bool(entry[1].get("enabled", True)),
                 "visible": bool(entry[1].get("visible", True)),
                 "children": self.entries(entry)} for entry in layout[2]]


def main():
    dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
    loop = GLib.MainLoop()
    watcher = Watcher(dbus.SessionBus())
    watcher.StatusNotifierHostRegistered()

    def word(channel, _condition):
        line = channel.readline()
        if not line or line.strip() == "quit":
            loop.quit()
            return False
        try:
            answer = watcher.answer(line.strip())
        except dbus.DBusException as problem:
            answer = {"problem": str(problem)}
        print(json.dumps(answer), flush=True)
        return True
    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, word)
    print(json.dumps("ready"), flush=True)
    loop.run()


if __name__ == "__main__":
    main()
