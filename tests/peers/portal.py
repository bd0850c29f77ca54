"""The portal of a desktop that nobody sits at: answers each wish for a picture as its argument says.

A portal of GNOME's own making (GDBus), since it is GNOME's whose types are checked on the wire. Says on stdout
`ready`, `asked <options>`, and `gone` once the one who asked has left the bus.
"""

import os
import sys

from gi.repository import Gio, GLib

ANSWER = sys.argv[1]
NODES = Gio.DBusNodeInfo.new_for_xml("""
<node>
  <interface name="org.freedesktop.portal.Screenshot">
    <method name="Screenshot">
      <arg type="s" name="parent_window" direction="in"/>
      <arg type="a{sv}" name="options" direction="in"/>
      <arg type="o" name="handle" direction="out"/>
    </method>
    <property type="u" name="version" access="read"/>
  </interface>
  <interface name="org.freedesktop.portal.Request">
    <signal name="Response"><arg type="u"/><arg type="a{sv}"/></signal>
  </interface>
</node>
""")
SCREENSHOT = NODES.lookup_interface("org.freedesktop.portal.Screenshot")


def say(words):
    try:
        print(words, flush=True)
    except BrokenPipeError:
        pass  # the test has ended


def called(bus, sender, path, interface, method, parameters, invocation):
    options = parameters.unpack()[1]
    say(f"asked interactive={options.get('interactive')}")
    Gio.bus_watch_name_on_connection(
        bus, sender, Gio.BusNameWatcherFlags.NONE, None, lambda *_: say("gone")
    )
    name = sender.lstrip(":").replace(".", "_")
    request = f"{path}/request/{name}/{options['handle_token']}"
    invocation.return_value(GLib.Variant("(o)", (request,)))
    if ANSWER == "dies":
        bus.flush_sync()
        os._exit(0)
    if ANSWER == "silent":
        return
    code = {"cancelled": 1, "ended": 2}.get(ANSWER, 0)
    results = {} if code else {"uri": GLib.Variant("s", ANSWER)}
    response = GLib.Variant("(ua{sv})", (code, results))
    bus.emit_signal(sender, request, "org.freedesktop.portal.Request", "Response", response)


def got(bus, *_):
    bus.register_object(
        "/org/freedesktop/portal/desktop",
        SCREENSHOT,
        called,
        lambda *_: GLib.Variant("u", 2),
        None,
    )


Gio.bus_own_name(
    Gio.BusType.SESSION,
    "org.freedesktop.portal.Desktop",
    Gio.BusNameOwnerFlags.NONE,
    got,
    lambda *_: say("ready"),
    None,
)
GLib.MainLoop().run()
