// Every finding in plain words, in both languages. {name} is a fact of the finding.

export type Language = "zh-CN" | "en";

export const WORDS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  // proves
  keyset: [
    "登记处密钥集（{name}，第 {version} 版），由其自己的根密钥签名。请与机构公布的校验码核对：{code}",
    "The keyset of {name}, version {version}, signed by its own root. Compare its code with the one you were told: {code}",
  ],
  enrolment: [
    "登记处登记了机构 {centre} 的设备 {kid}",
    "The registry enrolled device {kid} of centre {centre}",
  ],
  permit: [
    "登记处发给机构 {centre} 的许可，列有 {people} 把人员密钥（{code}）",
    "The registry's permit for centre {centre}, naming {people} keys of people ({code})",
  ],
  batch: [
    "设备 {device} 封存并签名的第 {n} 批（{code}）：成绩单 {sheets} 份，对象 {objects} 个，其中 {here} 个在此。对象已加密给登记处，没有登记处的密钥读不了；清单上的根值仍然锁定其内容",
    "Batch {n} of device {device}, sealed and signed ({code}): {sheets} sheets, {objects} objects, {here} of them here. They are sealed to the registry and cannot be read without its key; the manifest's root still fixes what is in them",
  ],
  "batch-whole": [
    "设备 {device} 封存并签名的第 {n} 批（{code}）：成绩单 {sheets} 份；这里给出的明文记录正是其根值所锁定的全部记录",
    "Batch {n} of device {device}, sealed and signed ({code}): {sheets} sheets; the plain records given are all and exactly those that its root commits to",
  ],
  receipt: [
    "登记处的回执：{at} 收到批次 {batch}，结论 {verdict}（接受 {accepted}，隔离 {quarantined}，拒收 {rejected}）。没有给出该批次的清单",
    "The registry's receipt: batch {batch} taken at {at}, {verdict} ({accepted} accepted, {quarantined} quarantined, {rejected} rejected). Its manifest was not given",
  ],
  "receipt-batch": [
    "登记处的回执：{at} 收到这里给出的批次 {batch}，结论 {verdict}（接受 {accepted}，隔离 {quarantined}，拒收 {rejected}）",
    "The registry's receipt: it took the batch given here, {batch}, at {at}: {verdict} ({accepted} accepted, {quarantined} quarantined, {rejected} rejected)",
  ],
  sheet: [
    "评分记录第 {seq} 号，由 {kid} 签名：考生 {ref}，总分 {total}",
    "Sheet {seq}, signed by {kid}: candidate {ref}, total {total}",
  ],
  "sheet-sealed": [
    "评分记录第 {seq} 号，由 {kid} 签名：考生 {ref}，总分 {total}；属于批次 {batch}",
    "Sheet {seq}, signed by {kid}: candidate {ref}, total {total}; it is in batch {batch}",
  ],
  ...settled(
    "settlement",
    "所涉评分表只有 {here} 份在此，平均和分差没有核对",
    "{here} of the sheets are here: without all of them neither mean nor spread was compared",
  ),
  ...settled(
    "settlement-spread",
    "所涉评分表都在此，分差已核对；没有给出签名所依据的许可，不知道平均怎样算，平均没有核对",
    "all of the sheets are here and the spread is theirs; the permit that says how a mean is taken is not, so the mean was not compared",
  ),
  ...settled(
    "settlement-compared",
    "所涉评分表都在此，平均和分差已核对",
    "all of the sheets are here, and mean and spread are theirs",
  ),
  upholding: [
    "{kid} 签名维持自己给考生 {ref} 的评分（记录 {record}）",
    "{kid} signed that they keep their own sheet of candidate {ref} as record {record} has it",
  ],
  supervision: [
    "现场督导记录第 {seq} 号，由督导员 {kid} 签名：清单 {list}，是 {yes}、否 {no}、没看到 {unseen}；当时应考 {registered} 人，评分中 {marking}、已评完 {signed}、缺考 {absent}、离场 {left}",
    "Supervision on site {seq}, signed by supervisor {kid}: list {list}, {yes} yes, {no} no, {unseen} not seen; of {registered} candidates {marking} were being marked, {signed} signed, {absent} absent, {left} had left",
  ],
  "supervision-sealed": [
    "现场督导记录第 {seq} 号，由督导员 {kid} 签名：清单 {list}，是 {yes}、否 {no}、没看到 {unseen}；当时应考 {registered} 人，评分中 {marking}、已评完 {signed}、缺考 {absent}、离场 {left}；属于批次 {batch}",
    "Supervision on site {seq}, signed by supervisor {kid}: list {list}, {yes} yes, {no} no, {unseen} not seen; of {registered} candidates {marking} were being marked, {signed} signed, {absent} absent, {left} had left; it is in batch {batch}",
  ],
  result: ["记录 {kind} 第 {seq} 号，由 {kid} 签名", "Record {kind} {seq}, signed by {kid}"],
  "result-sealed": [
    "记录 {kind} 第 {seq} 号，由 {kid} 签名；属于批次 {batch}",
    "Record {kind} {seq}, signed by {kid}; it is in batch {batch}",
  ],
  record: ["记录 {kind}，由 {kid} 签名", "Record {kind}, signed by {kid}"],
  "draw-commitment": [
    "抽查 {plan}（承诺第 {no} 号）：{at} 已锁定两库、比例和密值，并声明将使用 {day} 公布的“{source}”",
    "Draw {plan} (commitment {no}): at {at} its registers, rates and secret were fixed, and the value of “{source}”, known on {day}, was named",
  ],
  draw: [
    "抽查 {plan} 已由本程序重新抽取，结果一致：{objects} 家中抽取 {drawn} 家（{outcome}）。所用公开值为“{value}”，请与来源“{source}”核对",
    "Draw {plan}, drawn again here with the same outcome: {drawn} of {objects} ({outcome}). The public value used is “{value}”: compare it with its source, “{source}”",
  ],
  findings: [
    "抽查 {plan} 的检查结果（第 {no} 次公示）：{institutions} 家机构 {findings} 项，要求整改 {asked} 项，已完成 {corrected} 项；属于这里给出的抽取结果，以前公示的内容没有删改",
    "What was found under draw {plan} (report {no}): {findings} matters at {institutions} institutions, {asked} to be corrected, {corrected} corrected. It is of the draw given here, and nothing that was public was taken back or written over",
  ],
  revocation: ["登记处吊销了密钥 {kid}（{reason}）", "The registry revoked key {kid} ({reason})"],
  "revocation-list": [
    "登记处的吊销名单，第 {version} 版",
    "The registry's list of revoked keys, version {version}",
  ],
  possession: [
    "持有密钥 {kid} 的人提出的登记申请；不说明此人是谁",
    "A request by whoever holds key {kid}; it does not show who that is",
  ],
  object: [
    "加密对象（{role}，{bytes} 字节），正是批次 {batch} 清单所列；没有登记处的密钥读不了",
    "A sealed object ({role}, {bytes} bytes), the very one that batch {batch} names; it cannot be read without the registry's key",
  ],
  checkpoint: [
    "公开日志 {origin} 的签名检查点，共 {size} 条",
    "A signed checkpoint of the public log {origin}, {size} entries",
  ],
  proof: [
    "批次 {batch} 的回执记在公开日志 {origin} 第 {index} 条（检查点共 {size} 条）",
    "The receipt of batch {batch} stands in the public log {origin} as entry {index}, under a checkpoint of {size} entries",
  ],
  "proof-draw": [
    "抽查 {plan} 的承诺记在公开日志 {origin} 第 {index} 条（检查点共 {size} 条）",
    "The commitment to draw {plan} stands in the public log {origin} as entry {index}, under a checkpoint of {size} entries",
  ],
  // open
  "no-keyset": [
    "无法验证：没有给出（可信的）登记处密钥集",
    "Cannot be checked: no keyset of a registry that holds was given",
  ],
  "key-unknown": [
    "无法验证：密钥 {kid} 不在所给的密钥集、登记或许可中",
    "Cannot be checked: no keyset, enrolment or permit given names key {kid}",
  ],
  "batch-incomplete": [
    "批次第 {n} 批的签名成立，但明文记录不全，根值无法重算",
    "Batch {n} is signed, but not all of its plain records were given, so its root cannot be computed",
  ],
  "object-unnamed": [
    "所给文件都没有提到这个加密对象（{bytes} 字节）",
    "Nothing given names this sealed object ({bytes} bytes)",
  ],
  "proof-alone": [
    "日志 {origin}（{size} 条）的证明，但没有给出它所属的回执",
    "A proof of the log {origin} ({size} entries), but the receipt it belongs to was not given",
  ],
  "review-alone": [
    "督导员 {kid} 一人的决定，取代了 {follows}；没有给出那一份，无法判断是否须由两人签名",
    "A decision of {kid} alone in the place of {follows}, which was not given: whether two had to sign cannot be checked",
  ],
  "draw-alone": [
    "抽查 {plan} 的结果，但没有给出事前的承诺，无法验证",
    "The outcome of draw {plan}, but what was committed to before it was not given",
  ],
  "draw-algorithm": [
    "抽查 {plan} 使用了本验证器不认识的算法",
    "Draw {plan} uses an algorithm that this verifier does not know",
  ],
  "findings-alone": [
    "抽查 {plan} 的检查结果（第 {no} 次公示），但没有给出抽取结果，无法验证",
    "What was found under draw {plan} (report {no}), but the draw was not given",
  ],
  "findings-draw": [
    "抽查 {plan} 的检查结果（第 {no} 次公示）与所给的抽取结果相符，但抽取本身没有得到验证",
    "What was found under draw {plan} (report {no}) fits the draw given, which itself is not proven here",
  ],
  "findings-former": [
    "抽查 {plan} 的检查结果（第 {no} 次公示），但没有给出前一次公示，无法判断有没有删改",
    "What was found under draw {plan} (report {no}), but the report before it was not given: whether anything was taken back cannot be checked",
  ],
  // wrong
  unknown: ["不是本验证器认识的文件", "This is no file that the verifier knows"],
  "bundle-magic": [
    "文件头已损坏：像是按文本方式复制过",
    "Its first bytes are damaged, as by a copy in text mode",
  ],
  "bundle-cut": ["文件不完整，在中间断开", "The bundle is cut short"],
  "bundle-altered": [
    "整包校验值不符：内容被改动过",
    "The bundle's hash does not fit: something in it was altered",
  ],
  "bundle-trailing": ["结尾之后还有多余的字节", "There are bytes after the bundle's end"],
  "bundle-frame": ["有一帧的内容与其标识不符", "A frame is not what its id says"],
  envelope: ["记录的封装读不出来", "The envelope of a record cannot be read"],
  type: ["记录类型不是 ERT/1 的类型", "The type of a record is none of ERT/1"],
  canonical: ["记录内容不是规范写法", "The payload of a record is not in its canonical spelling"],
  signer: [
    "记录自称的签名者 {kid} 与实际签名者不同",
    "The record names {kid} as its signer, and another key signed it",
  ],
  "signed-twice": ["同一把密钥签了两次", "One key signed twice"],
  signature: ["密钥 {kid} 的签名不成立", "The signature of key {kid} does not hold"],
  "key-unsound": [
    "密钥 {kid} 不合规，其签名不能证明任何事",
    "Key {kid} is not sound: its signatures prove nothing",
  ],
  role: ["密钥 {kid} 没有所需的身份（{role}）", "Key {kid} does not have the role this needs ({role})"],
  approval: [
    "只有 {kid} 一人签名，没有第二人批准或确认",
    "Only {kid} signed it; no second person approved or confirmed it",
  ],
  "approval-own": [
    "两把密钥（{kid} 与 {approver}）属于同一个人，没有第二人批准或确认",
    "Both keys, {kid} and {approver}, are one person's; no second person approved or confirmed it",
  ],
  "settlement-records": [
    "分差处理所列的记录不合规定，或签名不止组长一人",
    "The settlement does not list its records as it must, or is signed by more than its leader",
  ],
  statement: [
    "分差处理里以 {kid} 名义的说明不是此人签名",
    "The settlement holds words in the name of {kid} that this key did not sign",
  ],
  "statement-other": [
    "分差处理里 {kid} 的说明讲的是别人的评分表、别的考生，或同一人有两份",
    "The words of {kid} in the settlement are about another's sheet or another candidate, or there twice",
  ],
  "statement-signers": [
    "{kid} 的说明还有别人签名：维持自己的评分由本人一人签名",
    "The words of {kid} are signed by somebody else as well: keeping one's own sheet is for its author alone",
  ],
  "settlement-figures": [
    "分差处理的平均或分差与所给评分表不符",
    "The mean or spread of the settlement is not that of the sheets given",
  ],
  "visit-room": [
    "现场督导记录第 {seq} 号的考场人数加不起来：内容不成立",
    "The candidates of supervision on site {seq} do not add up: the record does not hold",
  ],
  "visit-answers": [
    "现场督导记录第 {seq} 号的清单有重复、缺漏的回答，或选“否”而没有写明",
    "The list of supervision on site {seq} answers an item twice or not at all, or a “no” says nothing",
  ],
  "visit-signers": [
    "现场督导记录第 {seq} 号有督导员以外的人签名",
    "Supervision on site {seq} is signed by somebody beside the supervisor",
  ],
  root: ["批次 {batch} 的明文记录与其根值不符", "The plain records of batch {batch} do not give its root"],
  "object-size": [
    "批次 {batch} 的一个对象与所列大小不符",
    "An object of batch {batch} has another size than its manifest says",
  ],
  leaf: [
    "回执所写的日志条目与回执内容不符（批次 {batch}）",
    "The log entry that the receipt of batch {batch} names is not that of this receipt",
  ],
  "receipt-other": [
    "回执与批次 {batch} 的设备或序号不符",
    "The receipt names another device or number than batch {batch}",
  ],
  "checkpoint-form": ["检查点的写法不对", "The checkpoint is not written as one"],
  "checkpoint-key": [
    "检查点没有该日志密钥的签名",
    "The checkpoint is not signed by a key of this registry's log",
  ],
  "checkpoint-signature": ["检查点的签名不成立", "The signature of the checkpoint does not hold"],
  "proof-form": ["证明的写法不对", "The proof is not written as one"],
  "proof-leaf": [
    "证明不属于所给的任何回执（日志 {origin}，{size} 条）",
    "The proof leads from none of the receipts given to the root of the log {origin} ({size} entries)",
  ],
  "draw-twice": [
    "抽查 {plan}（第 {no} 号）有两份不同的承诺：作出承诺者可以挑选公开哪一份",
    "There are two commitments under the name or number of draw {plan} ({no}): whoever made both may reveal the one that suits",
  ],
  "draw-other": ["抽查 {plan} 所附的是另一次抽查的承诺", "Draw {plan} names the commitment of another draw"],
  "draw-register": [
    "抽查 {plan} 的对象库或人员库与事前锁定的不同",
    "The registers of draw {plan} are not the ones that were fixed before",
  ],
  "draw-seed": [
    "抽查 {plan} 公开的密值与事前承诺的不同",
    "The secret of draw {plan} is not the one that was committed to",
  ],
  "draw-late": [
    "抽查 {plan} 的承诺不早于公开值公布之日，或抽取早于该日",
    "Draw {plan} was committed to when its public value could be known, or drawn before it was",
  ],
  "draw-rate": [
    "抽查 {plan} 未达到承诺的比例或每家的检查人数，或漏掉必查对象",
    "Draw {plan} does not take the share or the inspectors it was committed to, or leaves out what must be inspected",
  ],
  "draw-conflict": [
    "抽查 {plan} 把检查人员派往其应当回避的机构",
    "Draw {plan} sends an inspector to an institution they must step aside from",
  ],
  "draw-outcome": [
    "抽查 {plan} 的结果与重新抽取的不一致：结果被改动过",
    "Drawn again, draw {plan} gives another outcome: it was altered",
  ],
  "findings-other": [
    "抽查 {plan} 的检查结果所指的是另一次抽查",
    "The findings under the name of draw {plan} are those of another draw",
  ],
  "findings-twice": [
    "抽查 {plan} 的检查结果（第 {no} 次公示）对同一机构的同一事项有两个说法，或什么也没有",
    "Report {no} of draw {plan} says two things of one matter, or nothing at all",
  ],
  "findings-elsewhere": [
    "抽查 {plan} 的检查结果（第 {no} 次公示）写到没有抽中的机构",
    "Report {no} of draw {plan} is about an institution that was not drawn",
  ],
  "findings-days": [
    "抽查 {plan} 的检查结果（第 {no} 次公示）缺内容，或日期先后不成立",
    "Report {no} of draw {plan} lacks something, or its days do not follow one another",
  ],
  "findings-chain": [
    "抽查 {plan} 的检查结果（第 {no} 次公示）没有接上前一次公示",
    "Report {no} of draw {plan} does not follow the report before it",
  ],
  "findings-dropped": [
    "抽查 {plan} 的检查结果（第 {no} 次公示）删改了以前公示的内容",
    "Report {no} of draw {plan} takes back or writes over something that was public",
  ],
  "findings-fork": [
    "抽查 {plan} 有两份不同的第 {no} 次公示：作出者可以挑选给人看哪一份",
    "There are two reports {no} of draw {plan}: whoever made both may show the one that suits",
  ],
  "split-view": [
    "日志 {origin} 对同样的 {size} 条给出了两个不同的签名检查点（另一个见 {other}）：请保存两份作为证据",
    "The log {origin} signed two different checkpoints of {size} entries (the other: {other}). Keep both as evidence",
  ],
};

/** Of a settlement by itself, and of one that lies in a batch that was given. */
function settled(code: string, zh: string, en: string): typeof WORDS {
  const [inChinese, inEnglish] = [
    `第 {seq} 号：组长 {kid} 签名确认考生 {ref} 的 {sheets} 份评分表虽有分差、成绩成立（平均 {mean}，分差 {spread}）；其中 {said} 人亲自签名维持，{unasked} 人已停用、无从询问。${zh}`,
    `Settlement {seq}: leader {kid} signed that the mark of the {sheets} sheets of candidate {ref} stands although they lie apart (mean {mean}, spread {spread}); {said} of their examiners signed that they keep theirs, {unasked} could not be asked; ${en}`,
  ];
  return {
    [code]: [inChinese, inEnglish],
    [`${code}-sealed`]: [`${inChinese}；属于批次 {batch}`, `${inEnglish}; it is in batch {batch}`],
  };
}

export const VERDICTS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  proves: ["证明", "proves"],
  open: ["待证", "open"],
  wrong: ["有误", "WRONG"],
};

export function say(
  words: readonly [zh: string, en: string] | undefined,
  facts: Readonly<Record<string, string | number>>,
  language: Language,
): string {
  const text = words?.[language === "zh-CN" ? 0 : 1] ?? "";
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ""));
}
