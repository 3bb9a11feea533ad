// The small square seal of a signed record: four characters chosen by the first 40 bits of its hash, and the same 40
// bits nobody can mistake on the telephone: ten Base32 characters would need 50, so the code takes the first 50 bits.
// Two people compare it at a glance between laptops and on paper. It is a check for the eye; the verifier is the proof.
import { bytesToBase32, hexToBytes, invariant, type HashId } from "#shared/base";

/** 1,024 common characters, no two easily mistaken for each other. Frozen: a new list would change every seal. */
const CHARACTERS = [
  "的一是不在有我他个们中来上和国地到以说时要就出会可也你对生能而那得着下自之年发后作里用行所然家种事成方多经么法学如都同现当没动面",
  "起看定分好小部其些主样理心她前开但因只从想实军者意无它与长把机十民第公此工使明性知全三关点正业外将两高间问很最重并物手应战向头文",
  "政美相被利什二等产或新制身果加西斯月话合回特代内信表化老给世位次度门任常先海教原东声提立及比员解水真论处走义口认条平系气题活尔更",
  "别打女变四神总何数安少报才结反受目量再感建务做接必场件计期市直德资命山金指克许统区保至队形社便空决治展马科司基眼书非则听白却界光",
  "放强即像难且权思象完设式色路记南品告类求据程北张该交规万取拉格望觉领共确传师观今切院让识带导争笔风步改收根言联组持极林织花验准百",
  "约济党周爱苏亲团布六七半究叶拿研转失流落兴况示支响音护快满须单细击注照亮离夜谈深友轻语讲石服念毛推坐章断谁紧怎营显早存刘岁古足春",
  "夏秋冬红黄绿蓝黑紫草竹松柏梅兰菊桃李杏柳枫桂莲荷禾米麦豆茶酒糖盐油火泥沙河湖江溪泉井池波浪雨雪霜露雷虹霞星宇宙辰朝晨昏阴凉寒温冷",
  "热鱼虫羊猪狗鸡鸭鹅虎龙蛇猴鹿熊狼狐猫鼠燕雁鹤凤鹰鸽蜂蝶蚕蛙龟虾蟹鲸眉耳鼻唇齿舌喉肩臂肘腕掌拳背胸腹腰腿膝脚肉皮父母兄弟姐妹爷奶叔",
  "伯姑舅姨祖孙妻童婴翁房屋楼阁亭台桥塔城墙街巷庭窗梁柱砖瓦床桌椅柜灯烛碗盘杯壶瓶盆锅勺筷剪针线绳帛丝绸棉麻衣裙裤鞋帽袜巾扇伞镜梳墨",
  "纸砚琴棋画诗词歌舞戏曲鼓笛钟铃锣弦车船舟帆舵桨轮轨站港码仓库店铺摊货钱币银铜铁锡铅钢珠宝翡翠珍玛瑙琥珀陶瓷釉漆雕刻铸锻焊磨钻锯刨",
  "凿榫卯斗栱吃喝睡醒跑跳爬飞游泳骑驾抬扛挑担扔抓握捏摸擦洗扫拖搬寄藏借买卖租赠换修补装捆绑缝染绣编叠挂摆盖埋挖填堆砌垒笑喜乐忧愤惊",
  "慌忙闲静闹吵喊叫唱答劝夸赞谢敬拜祝贺迎聚散左右低浅宽窄厚薄粗短圆尖钝弯斜横竖慢弱软硬湿暖暗浓淡甜苦酸辣咸香旧善贫富贵勤智勇耕播插",
  "浇灌施锄割获粮蔬菜瓜萝卜葱姜蒜椒茄笋菇薯豌芽茎枝瓣蕊籽省县镇乡村庄寨堡隘岭峰谷崖洞坡岗野滩岛屿湾峡渡津州郡府衙殿堂庙寺庵碑陵窟壁",
  "皇帝君臣爵官吏卒农商医匠僧尼仙佛圣贤儒侠乙丙丁庚辛壬癸寅酉亥旗帜印符令牌匾额帖册卷轴简牍篇页字句段标序跋疏译稿律例诉讼奖赏功勋案",
  "证签押契票账簿算秤尺升寸丈亩顷灰尘烟雾霓冰雹闪震荡潮汐涨漂浮沉渗漏滴淌喷溅涌敏捷聪慧谦逊谨慎诚恳忠朴素俭慷慨豪爽柔坚毅刚健稳妥整",
  "齐混乱洁净浊鲜艳晦涩晰模糊缺损碎蚀锈益增减乘除余盈亏积累核查测绘描摹拓登攀越跨奔驰骋翔翱翻腾旋环绕围卫守攻防御抗拒挡阻拦截觅寻找",
].join("");

export interface Stamp {
  /** Four characters, read top right, bottom right, top left, bottom left on the seal. */
  readonly characters: readonly [string, string, string, string];
  /** Ten Base32 characters in two groups: `K7QMX-2HFTA`. */
  readonly code: string;
}

export function stampOf(hash: HashId): Stamp {
  const hex = hash.slice("sha256:".length);
  const characters = [0, 1, 2, 3].map((i) => characterAt(tenBits(hex, i)));
  const [a, b, c, d] = characters;
  invariant(a && b && c && d, "a stamp has four characters");
  const code = bytesToBase32(hexToBytes(hex.slice(0, 14))).slice(0, 10);
  return { characters: [a, b, c, d], code: `${code.slice(0, 5)}-${code.slice(5)}` };
}

/** The i-th group of ten bits of the hash, 0..1023. */
function tenBits(hex: string, i: number): number {
  const first40 = BigInt(`0x${hex.slice(0, 10)}`);
  return Number((first40 >> BigInt(30 - 10 * i)) & 1023n);
}

function characterAt(index: number): string {
  return CHARACTERS.charAt(index);
}
