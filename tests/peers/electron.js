// What `examples/electron` needs of Electron, without Electron: the entry of its Help menu is chosen at once, and the
// title of its window goes to stdout. The picture of it is the file PICTURE.
const { readFileSync } = require("node:fs");

exports.app = {
  getName: () => "Electron notes",
  getVersion: () => "1.0.0",
  whenReady: () => Promise.resolve(),
  on: (event, act) => event === "quit" && process.on("exit", act),
};

exports.BrowserWindow = class {
  loadURL() {}
  isDestroyed() {
    return false;
  }
  async capturePage() {
    return { toPNG: () => readFileSync(process.env.PICTURE) };
  }
  setTitle(title) {
    console.log(title);
  }
};

exports.Menu = {
  buildFromTemplate: (menus) => menus,
  setApplicationMenu: (menus) => {
    const [item] = menus.find((menu) => menu.label === "Help").submenu;
    item.click(item);
    if (item.enabled !== false) throw new Error("the entry would open a second dialog");
  },
};
