// No menu on Windows and Linux: Electron's own brings reload and developer tools along. macOS needs one, because there
// copy and paste are menu commands.
import { Menu } from "electron";

export function setMenu(): void {
  const menu = Menu.buildFromTemplate([{ role: "appMenu" }, { role: "editMenu" }, { role: "windowMenu" }]);
  Menu.setApplicationMenu(process.platform === "darwin" ? menu : null);
}
