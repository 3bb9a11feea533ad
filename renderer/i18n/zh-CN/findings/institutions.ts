export const institutions = {
  "scope.other-trade": "机构的认定范围不含本职业（{{occupation}} {{direction}}）",
  "scope.level": "机构的认定范围不含 {{level}}（{{occupation}}）",
  "scope.not-active": "机构在本职业的认定资格不在有效状态（{{occupation}} {{status}}）",
  "scope.term": "认定资格有效期至 {{validTo}}，考核日为 {{day}}",
  "scope.covered": "在认定范围内（{{occupation}}），有效期至 {{validTo}}",
  "quota.national-counted": "部级备案机构 {{institution}} 计入本地名额",
  "quota.free": "{{area}} 的 {{occupation}} 已有 {{recognised}} 家机构，最多 {{most}} 家",
  "quota.full": "{{area}} 的 {{occupation}} 已有 {{recognised}} 家机构，名额 {{most}} 家已满",
  "quota.exception-unapproved": "超额认定须两人批准，文件 {{document}} 只有 {{approvers}} 人",
  "quota.exception": "超额认定依据 {{document}}，{{approvers}} 人批准",
} as const;
