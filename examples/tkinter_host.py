"""A Tkinter app with a "Write to us" button."""

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import tkinter

PROGRAM = os.environ.get("FEEDBACK_PROGRAM", "feedback")
TO = [
    "--endpoint",
    os.environ.get("FEEDBACK_ENDPOINT", "http://127.0.0.1:8787/api/v1/reports"),
    "--key",
    os.environ.get("FEEDBACK_KEY", "pk_notes"),
]
NO_CONSOLE = {"creationflags": getattr(subprocess, "CREATE_NO_WINDOW", 0)}  # on Windows


def deliver():
    """Sends in the background what waits, for up to an hour, also when this app has ended."""
    with contextlib.suppress(OSError):
        flush = [PROGRAM, "flush", *TO, "--wait", "3600"]
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.Popen(flush, start_new_session=True, **silent, **NO_CONSOLE)


def take_picture():
    """A picture, in a folder of its own, for as long as the dialog is open. Without one, people can write as well."""
    folder = None
    try:
        folder = tempfile.mkdtemp()
        shot = os.path.join(folder, "picture.png")
        picture.write(shot, format="png")
    except (OSError, tkinter.TclError):
        return folder, []
    return folder, ["--screenshot", shot]


def drop_picture(folder):
    if folder:
        shutil.rmtree(folder, ignore_errors=True)


def write_to_us():
    folder, given = take_picture()
    app = ["--app", "Tk paint", "--app-version", "1.0", *given]
    command = [PROGRAM, "window", "--json", *TO, *app, "--wait", "2"]
    try:
        window = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **NO_CONSOLE)
    except OSError as why:
        root.title(f"Tk paint Not sent: {why}")
        drop_picture(folder)
        return
    button["state"] = "disabled"
    root.after(100, look, window, folder)


def look(window, folder):
    """Looks whether it has ended; Tk goes on meanwhile."""
    if window.poll() is None:
        root.after(100, look, window, folder)
        return
    drop_picture(folder)
    button["state"] = "normal"
    said = window.stdout.read()
    outcome = json.loads(said) if said else {"state": "failed"}
    if outcome["state"] == "queued":
        deliver()
    words = {
        "sent": f"Thank you: {outcome.get('number', '')}",
        "queued": "Kept, will be sent later",
        "refused": "Not accepted, but kept",
        "cancelled": "",
    }
    root.title(f"Tk paint {words.get(outcome['state'], 'Not sent')}")


deliver()
root = tkinter.Tk()
root.title("Tk paint")
picture = tkinter.PhotoImage(width=240, height=120)
picture.put("#3584e4", to=(0, 0, 240, 120))
picture.put("#f6d32d", to=(60, 30, 180, 90))
tkinter.Label(root, image=picture).pack()
button = tkinter.Button(root, text="Write to us", command=write_to_us)
button.pack(pady=8)
button.focus_set()
root.mainloop()
