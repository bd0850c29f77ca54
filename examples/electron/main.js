// An Electron app with "Write to us" in its Help menu: this is the main process.

const { execFile, spawn } = require("node:child_process");
const { mkdtemp, rm, writeFile } = require("node:fs/promises");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { promisify } = require("node:util");

const { app, BrowserWindow, Menu } = require("electron");

const program = process.env.FEEDBACK_PROGRAM ?? "feedback";
const endpoint = process.env.FEEDBACK_ENDPOINT ?? "http://127.0.0.1:8787/api/v1/reports";
const key = process.env.FEEDBACK_KEY ?? "pk_notes";

const to = ["--endpoint", endpoint, "--key", key];

/** Sends in the background what waits, for up to an hour, also when this app has ended. */
function deliver() {
  const flush = spawn(program, ["flush", ...to, "--wait", "3600"], { detached: true, stdio: "ignore", windowsHide: true });
  flush.on("error", () => {}); // the program is missing
  flush.unref();
}

/** A picture of the window in a folder of its own, for as long as the dialog is open. Without one, people can write as well. */
async function takePicture(window) {
  const folder = await mkdtemp(join(tmpdir(), "feedback-")).catch(() => undefined);
  const drop = () => folder && rm(folder, { recursive: true, force: true }).catch(() => {});
  try {
    const file = join(folder, "window.png");
    await writeFile(file, (await window.capturePage()).toPNG());
    return { given: ["--screenshot", file], drop };
  } catch {
    return { given: [], drop };
  }
}

async function writeToUs(item, window) {
  item.enabled = false; // one dialog at a time
  const picture = await takePicture(window);
  try {
    const given = ["--app", app.getName(), "--app-version", app.getVersion(), ...picture.given];
    const args = ["window", "--json", ...to, ...given, "--wait", "2"];
    // Not with `windowsHide`: it would hide the dialog, too.
    const ended = await promisify(execFile)(program, args)
      // Every exit status but 0 comes as an error; what was said is in it all the same.
      .catch((error) => error);
    const outcome = ended.stdout ? JSON.parse(ended.stdout) : { state: "failed" };
    if (outcome.state === "queued") deliver();
    const words = {
      sent: `Thank you: ${outcome.number ?? ""}`,
      queued: "Kept, will be sent later",
      refused: "Not accepted, but kept",
      cancelled: "",
    };
    if (!window.isDestroyed()) window.setTitle(`Electron notes ${words[outcome.state] ?? "Not sent"}`);
  } finally {
    await picture.drop();
    item.enabled = true;
  }
}

app.whenReady().then(() => {
  deliver();
  const window = new BrowserWindow({ width: 480, height: 320, title: "Electron notes" });
  window.loadURL("data:text/html,<title>Electron notes</title><textarea autofocus></textarea>");
  const click = (item) => writeToUs(item, window);
  const help = { label: "Help", submenu: [{ label: "Write to us…", accelerator: "F1", click }] };
  const first = process.platform === "darwin" ? "appMenu" : "fileMenu";
  Menu.setApplicationMenu(Menu.buildFromTemplate([{ role: first }, { role: "editMenu" }, help]));
});
app.on("window-all-closed", () => app.quit());
