// Words for the few moments when there is no window to say them in: the app could not start. Both languages, because the
// one a person chose may be in the file that could not be read.

export interface StartRefusal {
  readonly title: string;
  readonly text: string;
}

/** `code` is the refusal of whoever could not open; the facts say where and hold nothing personal. */
export function wordsForStart(
  code: string,
  facts: Readonly<Record<string, string | number | boolean>>,
): StartRefusal {
  const [zh, en] = words[code] ?? words["start.failed"] ?? ["", ""];
  const details = Object.entries(facts).map(([name, value]) => `${name}: ${String(value)}`);
  return { title: "匠评 Jiangping", text: [zh, "", en, "", [code, ...details].join(" · ")].join("\n") };
}

/** Buttons of the same moments. */
export const startButtons = {
  quit: "退出 Quit",
  save: "把全部内容原样存到文件夹 Save everything to a folder, as it is",
} as const;

const words: Readonly<Record<string, readonly [zh: string, en: string] | undefined>> = {
  "journal.damaged": [
    "本机的评分记录有一处损坏，程序没有改动任何内容，已停止启动。请不要删除数据文件夹，联系技术支持。",
    "The records on this computer are damaged in one place. Nothing was changed and the app has stopped. Keep the data folder and ask for support.",
  ],
  "journal.locked": [
    "本机的评分记录已加密，现在打不开它的密钥：可能换了系统登录用户、钥匙串被重置，或数据文件夹来自另一台电脑。内容没有改动，请用原来的登录用户打开，并联系技术支持。",
    "The records on this computer are sealed and their key does not open here: another login, a reset keyring, or a data folder from another computer. Nothing was changed. Start with the login it was made with, and ask for support.",
  ],
  "journal.newer": [
    "本机的评分记录由更新版本的程序写入。请安装新版本后再打开；程序没有改动任何内容。",
    "The records on this computer were written by a newer version of this app. Install that version; nothing was changed.",
  ],
  "journal.busy": [
    "评分记录正被另一个程序使用。请先关闭它，再打开本程序。",
    "Another program is using the records. Close it first, then start this app again.",
  ],
  "journal.unreadable": [
    "无法读取数据文件夹。请检查磁盘和权限；程序没有改动任何内容。",
    "The data folder cannot be read. Check the disk and its permissions; nothing was changed.",
  ],
  "journal.full": [
    "磁盘空间不足，无法安全地保存评分。请先腾出空间。",
    "The disk is full, so marks could not be saved safely. Free some space first.",
  ],
  "crypto.self-test": [
    "启动自检没有通过：本机的密码运算结果不对，因此程序没有打开任何内容，也没有改动任何内容。请重新启动电脑再试；仍然不行，请重新安装程序并联系技术支持。",
    "The self-test at start failed: this computer's cryptography gave a wrong answer, so nothing was opened and nothing was changed. Restart the computer and try again; if it stays so, install the app again and ask for support.",
  ],
  "internal.bug": [
    "程序出现内部错误，已停止运行。已保存的评分不受影响，请重新打开程序。",
    "Something went wrong inside the app and it has stopped. Saved marks are safe; please start it again.",
  ],
  "file.unwritable": [
    "没有存成：那个文件夹写不进去。请换一个。",
    "Not saved: that folder cannot be written. Choose another.",
  ],
  "start.failed": ["程序未能启动，没有改动任何评分记录。", "The app could not start. No record was changed."],
};
