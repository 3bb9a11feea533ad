import type { Translated } from "../../words.ts";
import type { numbers as zh } from "../../zh-CN/findings/numbers.ts";

export const numbers: Translated<typeof zh> = {
  "creditcode.length": "A credit code has 18 characters; this one has {{length}}",
  "creditcode.characters": "The credit code has characters outside its alphabet",
  "creditcode.checksum": "The check character of the credit code is wrong",
  "creditcode.sound": "The credit code is sound",
  "certificate.number-sound": "The certificate number is well formed ({{scheme}})",
  "certificate.length": "A certificate number has 22 characters; this one has {{length}}",
  "certificate.position": "Character {{position}} of the certificate number cannot be {{character}}",
  "certificate.year": "The year in the certificate number is not that of issue, {{issuedOn}}",
  "certificate.level": "The level in the certificate number is not {{level}}",
  "upload.field-differs": "{{field}} in the upload is not what the certificate says",
  "upload.row-equal": "The upload says what certificate {{number}} says",
  "serial.overlap": "{{device}} and {{other}} both hold serials {{from}} to {{to}}: both are set aside",
  "serial.disjoint": "{{blocks}} blocks, none overlap",
  "serial.reused": "Serial {{serial}} was used already",
  "serial.unused": "Serial {{serial}} is free",
};
