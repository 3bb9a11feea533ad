// What a supervision flag says, one set a code: `says` with its facts, `shows` what its entries are, `clears` what would settle it.
// A flag is a question and never a verdict: no word here says that anybody cheated.
export const flags = {
  of: {
    "too-fast": {
      title: "评得过快",
      says: "{{count}} 份评分表填得比读完标准还快：最快的一份平均每项 {{seconds}} 秒，通常约 {{usual}} 秒。",
      shows: "打开评分表、每次记分和签名",
      clears: "先记在纸上、事后录入的，请说明并出示纸质记录；否则请考评员对照作品或照片重新看过。",
    },
    "straight-lining": {
      title: "连续评得一样",
      says: "连续 {{count}} 份评分表，凡靠判断的项目都一模一样，扣分处也相同；读数不算在内。",
      shows: "这几份评分表的签名",
      clears: "作品确实一样的，照片能看出来；否则请另一名考评员看其中几件。",
    },
    "late-changes": {
      title: "评完后集中改分",
      says: "同一考生的评分表评完之后、签名之前，有 {{count}} 个项目改了分，合计 {{points}} 分，而且朝一个方向。",
      shows: "评完之后的每次改动",
      clears: "请改分的人说明看到了什么；备注或照片能佐证的，即可说明。",
    },
    "changed-after-reveal": {
      title: "公开之后改分",
      says: "全组的评分表公开之后，一份已签名的评分表更正了 {{points}} 分，理由是“{{reason}}”。{{turned}}",
      shows: "签名和更正",
      clears: "更正的说明与作品或照片相符，批准人也能说出看到了什么。",
      fact: {
        turned: { true: "合格与否因此改变。", false: "合格与否没有改变。" },
        reason: {
          transcription: "读数或抄写有误",
          technical: "设备或技术问题",
          identity: "考生身份有误",
          moderation: "考评组评议",
          appeal: "申诉成立",
          misconduct: "违规处理",
        },
      },
    },
    divergence: {
      title: "评分相差过大",
      says: "一名考生的评分表里，有一份与其他人的平均相差 {{points}} 分。{{settled}}",
      shows: "各份评分表的签名、更正和组长的处理",
      clears: "考评组合看作品，各人更正或维持，由组长写明理由；差得多而已处理的，请看理由是否站得住。",
      fact: { settled: { true: "组长已记录理由。", false: "还没有处理。" } },
    },
    "examiner-severity": {
      title: "一贯偏严或偏宽",
      says: "这名考评员的 {{count}} 份评分表平均比其他人差 {{points}} 分（正数偏宽，负数偏严），允许 {{allowed}} 分。",
      shows: "这些评分表的签名",
      clears: "请考评组一起看几件作品，对齐尺度；分工不同、看的角度不同的，请说明。",
    },
    "identical-sheets": {
      title: "不同考生的评分表雷同",
      says: "{{count}} 名考生的评分表完全相同，连 {{faults}} 处失分和每个读数都一样。",
      shows: "这些评分表的签名",
      clears: "对照照片或重新量一次；抄错了的，由考评员更正。",
    },
    "identical-photographs": {
      title: "同一张照片用于不同考生",
      says: "同一张照片，逐字节相同，放在 {{count}} 名考生的评分表里。",
      shows: "每次加入这张照片",
      clears: "看照片上的编号是谁的作品；放错的请考评员说明，真正的照片补入说明。",
    },
    "veto-without-evidence": {
      title: "否定项没有照片",
      says: "签名的评分表有否定项 {{vetoes}}，却没有一张照片说明依据。",
      shows: "确认否定项、签名和更正",
      clears: "另一名在场者的说明、现场记录，或别处留存的照片。",
    },
    "evidence-missing": {
      title: "照片不够",
      says: "签名时留有照片 {{held}} 张（此前取走的张数：{{removed}}）；至少应有 {{least}} 张。",
      shows: "每次加入和取走照片，以及签名",
      clears: "说明为什么没有或取走；作品还在的，可以再看作品。",
      fact: { removed: { unknown: "本机不知道" } },
    },
    "clock-changed": {
      title: "评分时电脑时间被改",
      says: "评分期间电脑的时间改过 {{count}} 次，最多差 {{seconds}} 秒。分数不受影响，但这段时间不能只看钟点。",
      shows: "每次发现时间不符",
      clears: "说明是谁、为什么改的时间；换电池或校时的，即可说明。",
    },
    "conflict-late": {
      title: "打开评分表后才声明回避",
      says: "考评员先打开了这名考生的评分表，后来才声明须回避。{{signed}}",
      shows: "打开评分表、声明回避和签名",
      clears: "由没有利害关系的考评员重新评；说明当时为什么没有声明。",
      fact: { signed: { true: "评分表已签名。", false: "评分表还没有签名。" } },
    },
    "examiner-uncovered": {
      title: "考评员资格不覆盖本场",
      says: "打开评分表的考评员资格不符：{{finding}}。",
      shows: "打开每份评分表",
      clears: "出示有效的考评员证，或由登记中心更正资格记录。",
      fact: {
        finding: {
          "examiner.no-qualification": "没有考评员证",
          "examiner.other-trade": "证书不含这个职业或方向",
          "examiner.term": "证书不在有效期内",
          "examiner.level": "证书不含这个等级",
          "examiner.leader-not-senior": "二级以上的组长须是高级考评员",
        },
      },
    },
    "long-pause": {
      title: "评分中断很久",
      says: "打开的评分表最长有 {{minutes}} 分钟没有动静，也没有暂停计时，之后又接着评；允许 {{allowed}} 分钟。",
      shows: "中断之前和之后的一步",
      clears: "说明中断的原因，如停电、用餐或换场；事后凭记忆补记的，请对照照片。",
    },
    "sequence-gap": {
      title: "签名记录缺号",
      says: "本机签名的记录中间缺了 {{count}} 个号：少了签过名的记录。",
      shows: "缺号前后的两条记录",
      clears: "找回缺的记录；找不到的，请连同这台电脑报告登记中心。",
    },
    "pass-rate": {
      title: "合格率异常",
      says: "评完的 {{assessed}} 人中合格 {{passed}} 人；本机同一评分表以往的合格率是 {{recordPercent}}%。其中高出合格线不到 {{above}} 分的和不合格的共 {{near}} 人，合格 {{nearPassed}} 人；这部分以往是 {{nearRecordPercent}}%。",
      shows: "本场每份评分表的签名",
      clears: "说明这一批考生有什么不同，如培训、年限或来源；并抽几件作品请他人再看，先看刚过合格线的。",
    },
  },
  sure: {
    fact: "日志里直接记着的事实，不是推算。",
    chance: "什么毛病也没有的场次，大约每 {{n}} 场会有 1 场出现同样的情形。",
    rare: "什么毛病也没有的场次，每一百万场也不到 1 场会出现同样的情形。",
  },
} as const;
