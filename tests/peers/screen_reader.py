"""A screen reader's hands and ears, over the accessibility bus of this session.

Reads one command a line, with its words as a JSON list, and answers each with one line of JSON:
["find", role, name]       waits for a control and answers its states
["gone", role, name]       waits until there is no such control
["press", role, name]      does the control's default action
["go", role, name]         gives it the keyboard
["write", role, name, text]
["reads", role, name, text] waits until a field has this text
["turns", role, name, state, on] waits until a control has this state, or has it no more
["focused", but]           waits until something else than `but` has the keyboard: its role and name, and those of all
                           that it is in
["controls"]               role and name of everything that can have the keyboard
["heard", part]            waits for an announcement that has these words
An error is {"error": why}.
"""

import json
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib

PATIENCE = 180
heard = []


def turn_on():
    """What a screen reader does when it starts: apps build their trees from now on."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    for name in ("IsEnabled", "ScreenReaderEnabled"):
        value = GLib.Variant("(ssv)", ("org.a11y.Status", name, GLib.Variant("b", True)))
        bus.call_sync(
            "org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set", value, None, 0, -1, None
        )
    Atspi.init()


def everything(node, way=()):
    yield node, way
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield from everything(child, (*way, node))


def app_nodes():
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        app = desktop.get_child_at_index(index)
        if app is not None:
            yield from everything(app)


def label(node):
    return [node.get_role_name(), node.get_name()]


def has(node, state):
    return node.get_state_set().contains(state)


def wait(ask):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        while GLib.MainContext.default().iteration(False):
            pass
        try:
            answer = ask()
        except GLib.Error:
            answer = None  # the tree changed under our hands
        if answer:
            return answer
        time.sleep(0.05)
    raise TimeoutError(f"not within {PATIENCE} s; there is {[label(node) for node, _ in app_nodes()]}")


def find(role, name):
    def ask():
        for node, _ in app_nodes():
            if label(node) == [role, name] and has(node, Atspi.StateType.SHOWING):
                return node

    return wait(ask)


def text_of(field):
    return Atspi.Text.get_text(field, 0, Atspi.Text.get_character_count(field))


def states_of(control):
    return [state.value_nick for state in control.get_state_set().get_states()]


def focused(but=None):
    def ask():
        for node, way in app_nodes():
            # The window itself has it while it goes from one control to the next.
            on_its_way = node.get_role() == Atspi.Role.FRAME
            if has(node, Atspi.StateType.FOCUSED) and label(node) != but and not on_its_way:
                return [label(node), [label(above) for above in way]]

    return wait(ask)


def obey(verb, *words):
    if verb == "find":
        return states_of(find(*words))
    if verb == "gone":
        return wait(lambda: not any(label(node) == list(words) for node, _ in app_nodes()))
    if verb == "press":
        return Atspi.Action.do_action(find(*words), 0)
    if verb == "go":
        return Atspi.Component.grab_focus(find(*words))
    if verb == "write":
        return Atspi.EditableText.set_text_contents(find(*words[:2]), words[2])
    if verb == "reads":
        return wait(lambda: text_of(find(*words[:2])) == words[2])
    if verb == "turns":
        role, name, state, on = words
        return wait(lambda: (state in states_of(find(role, name))) == on)
    if verb == "focused":
        return focused(*words)
    if verb == "controls":
        return [label(node) for node, _ in app_nodes() if has(node, Atspi.StateType.FOCUSABLE)]
    if verb == "heard":
        return wait(lambda: next((text for text in heard if words[0] in text), None))
    raise ValueError(verb)


def main():
    turn_on()
    listener = Atspi.EventListener.new(lambda event: heard.append(str(event.any_data)))
    listener.register("object:announcement")
    for line in sys.stdin:
        try:
            answer = obey(*json.loads(line))
        except Exception as error:  # the test says what it expected
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main()
