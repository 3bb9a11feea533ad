export const numbers = {
  "creditcode.length": "统一社会信用代码应为 18 位，现有 {{length}} 位",
  "creditcode.characters": "统一社会信用代码含有不允许的字符",
  "creditcode.checksum": "统一社会信用代码校验位不符",
  "creditcode.sound": "统一社会信用代码校验通过",
} as const;
