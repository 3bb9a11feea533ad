// Province-level areas. The quota counts the Xinjiang Production and Construction Corps apart from Xinjiang, so the list is
// GB/T 2260 and one more (domain 0.2, 11.3; R64).
import { z } from "zod";

const AREAS = {
  "11": "北京",
  "12": "天津",
  "13": "河北",
  "14": "山西",
  "15": "内蒙古",
  "21": "辽宁",
  "22": "吉林",
  "23": "黑龙江",
  "31": "上海",
  "32": "江苏",
  "33": "浙江",
  "34": "安徽",
  "35": "福建",
  "36": "江西",
  "37": "山东",
  "41": "河南",
  "42": "湖北",
  "43": "湖南",
  "44": "广东",
  "45": "广西",
  "46": "海南",
  "50": "重庆",
  "51": "四川",
  "52": "贵州",
  "53": "云南",
  "54": "西藏",
  "61": "陕西",
  "62": "甘肃",
  "63": "青海",
  "64": "宁夏",
  "65": "新疆",
  XPCC: "新疆生产建设兵团",
} as const;

export const AreaCode = z.enum(Object.keys(AREAS) as [keyof typeof AREAS, ...(keyof typeof AREAS)[]]);
export type AreaCode = z.infer<typeof AreaCode>;

export function areaName(area: AreaCode): string {
  return AREAS[area];
}
