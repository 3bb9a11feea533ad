// Points of small order of Ed25519: under such a key one signature stands for every message.

const zeros = "00".repeat(30);
const ones = "ff".repeat(30);
const tail8 = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc";
const tail8b = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03";

/** Protocol 1.6: every encoding of one, those that are not canonical among them. */
export const LOW_ORDER: readonly string[] = [
  ...[`00${zeros}00`, `00${zeros}80`, `01${zeros}00`, `01${zeros}80`],
  ...[`ec${ones}7f`, `ec${ones}ff`, `ed${ones}7f`, `ed${ones}ff`, `ee${ones}7f`, `ee${ones}ff`],
  ...[`${tail8}05`, `${tail8}85`, `${tail8b}7a`, `${tail8b}fa`],
];

/** A point of order 8: its multiples are all of them. */
export const ORDER_8 = `${tail8}05`;
