export const camera = {
  picture: "摄像头画面",
  off: "关闭摄像头",
  starting: "正在打开摄像头",
  reading: "正在读取",
  scan: "用摄像头读二维码",
  scanLead: "把纸上的二维码对着摄像头，拿平、拿稳，读到后自动关闭。",
  looking: "正在找二维码…",
} as const;
