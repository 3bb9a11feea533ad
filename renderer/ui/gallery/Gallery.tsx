import { useState } from "react";
import { Camera, Inbox, Search, Settings, Trash2 } from "lucide-react";
import {
  ActDialog,
  applyAppearance,
  Banner,
  Button,
  Checkbox,
  ConfirmDialog,
  Dialog,
  EmptyState,
  Facts,
  Fields,
  Figure,
  Frame,
  IconButton,
  Kbd,
  KeyHints,
  Meter,
  Notice,
  NumberField,
  Page,
  Panel,
  PictureButton,
  Pill,
  ProgressBar,
  RadioGroup,
  RowList,
  SavedTick,
  SegmentedChoice,
  Select,
  Spinner,
  Stack,
  Stamp,
  StateMark,
  StatusBar,
  StatusFact,
  Table,
  TextArea,
  TextField,
  TitleBar,
  Toolbar,
  UiProvider,
  useMessages,
  type Choice,
  type Theme,
} from "../index.ts";

const people = [
  { id: "01", name: "王建国", trail: <StateMark state="sealed" label="已签名" /> },
  { id: "02", name: "阿依古丽·买买提", trail: <StateMark state="sealed" label="已签名" /> },
  { id: "03", name: "龑𠮷㛃", trail: <StateMark state="done" label="已评完" /> },
  { id: "04", name: "欧阳修竹", trail: <StateMark state="started" fraction={0.58} label="已评 7 / 12 项" /> },
  { id: "05", name: "次仁卓玛", trail: <StateMark state="untouched" label="未开始" /> },
  { id: "06", name: "赵磊", trail: <StateMark state="word" label="缺考" /> },
  { id: "07", name: "Aleksandr Konstantinopolsky-Rimsky", trail: <StateMark state="untouched" label="" /> },
].map((person) => ({ ...person, lead: person.id }));

const manyPeople = Array.from({ length: 10_000 }, (_, index) => ({
  id: String(index + 1),
  name: `考生 ${index + 1}`,
  lead: String(index + 1).padStart(5, "0"),
  trail: <StateMark state="started" fraction={(index % 12) / 12} label={`${index % 12} / 12`} />,
}));

const levels: readonly Choice<"none" | "fair" | "good" | "fine">[] = [
  { value: "none", label: "不合格" },
  { value: "fair", label: "基本合格" },
  { value: "good", label: "良好" },
  { value: "fine", label: "优秀", disabled: true },
];

const trades: readonly Choice<"ceramic" | "paper" | "metal">[] = [
  { value: "ceramic", label: "陶瓷文物修复", description: "四级 / 中级工" },
  { value: "paper", label: "纸张书画文物修复", description: "三级 / 高级工" },
  { value: "metal", label: "金属文物修复", disabled: true },
];

export function Gallery({ locale }: { readonly locale: string }) {
  return (
    <UiProvider locale={locale} messagesLabel="消息" dismissLabel="收起消息">
      <Frame
        banner={<Banner>演示中心：成绩不作正式认定。</Banner>}
        header={
          <TitleBar brand="匠评" context="陶瓷文物修复 · 四级/中级工 · 2026年11月23日 上午场">
            <ThemeChoice />
            <Pill>考评员 林知微</Pill>
            <IconButton label="设置" icon={<Settings />} keyHint="," />
          </TitleBar>
        }
        left={<LeftColumn />}
        leftLabel="考生"
        right={<RightColumn />}
        rightLabel="本表"
        footer={
          <StatusBar
            label="状态"
            keys={
              <KeyHints
                label="快捷键"
                align="end"
                hints={[
                  { keys: ["↑", "↓"], text: "项目" },
                  { keys: ["P"], text: "拍照" },
                ]}
              />
            }
          >
            <StatusFact kind="done">已存 1,288</StatusFact>
            <StatusFact>
              本机 <SavedTick state="saved" text="已存" compact />
            </StatusFact>
            <StatusFact kind="attention">U 盘未插入</StatusFact>
            <StatusFact>离线 · 上次联系登记中心 昨日 18:42</StatusFact>
            <StatusFact kind="danger">时钟不可信</StatusFact>
          </StatusBar>
        }
      >
        <Page
          title="组件一览"
          beside={<Pill kind="action">开发用</Pill>}
          lead="每个组件的每种状态。"
          actions={<Button kind="primary">新建场次</Button>}
          width="full"
        >
          <Buttons />
          <Entering />
          <Marks />
          <Notices />
          <Progresses />
          <Tables />
          <Dialogs />
          <EmptyState
            title="还没有考生名册"
            icon={<Inbox />}
            action={<Button kind="primary">导入名册</Button>}
          >
            选择报名系统导出的表格，考生会按座位排在这里。
          </EmptyState>
        </Page>
      </Frame>
    </UiProvider>
  );
}

function ThemeChoice() {
  const [theme, setTheme] = useState<Theme>("system");
  return (
    <SegmentedChoice
      label="外观"
      hideLabel
      value={theme}
      onChange={(chosen) => {
        setTheme(chosen);
        applyAppearance({ theme: chosen, touch: false });
      }}
      choices={[
        { value: "system", label: "随系统" },
        { value: "light", label: "浅" },
        { value: "dark", label: "深" },
        { value: "contrast", label: "高对比" },
      ]}
    />
  );
}

function LeftColumn() {
  const [selected, setSelected] = useState("04");
  const [far, setFar] = useState("3");
  return (
    <>
      <RowList label="考生" rows={people} selectedId={selected} onSelect={setSelected} data-testid="people" />
      <RowList label="一万人" rows={manyPeople} selectedId={far} onSelect={setFar} virtual />
    </>
  );
}

function RightColumn() {
  return (
    <>
      <Panel kind="bare" title="剩余时间">
        <Figure label="剩余时间" hideLabel value="2:14:36" of="/ 6:00:00" />
        <Meter label="剩余时间" value={8076} max={21600} text="2:14:36" />
      </Panel>
      <Figure label="已得" value="49.5" of="7 / 12 项" />
      <Figure label="未评" value={null} of="/ 14" />
      <Panel kind="danger">
        <Facts facts={[{ term: "否定项", value: "无" }]} />
      </Panel>
      <Panel kind="bare" title="备注">
        <p>第 3 处接缝有旧胶残留。</p>
      </Panel>
      <Button kind="primary" size="large" wide isDisabled note="还有 5 项未评">
        签名并锁定
      </Button>
      <Button kind="primary" size="large" wide keyHint="S">
        签名并锁定
      </Button>
    </>
  );
}

function Buttons() {
  return (
    <Panel title="按钮" aside="Button · IconButton · Kbd">
      <Toolbar label="按钮" end={<IconButton label="删除" icon={<Trash2 />} kind="danger" />}>
        <Button kind="primary" keyHint="↵">
          下一项
        </Button>
        <Button icon={<Camera />} keyHint="P">
          拍照
        </Button>
        <Button kind="quiet">撤销</Button>
        <Button kind="danger">记为缺考</Button>
        <PictureButton
          accept="image/jpeg,image/png"
          onPictures={() => undefined}
          filesTestId="gallery-picture"
        >
          选择照片
        </PictureButton>
        <Button kind="primary" busy busyText="正在保存">
          保存
        </Button>
        <Button isDisabled>不可用</Button>
        <Spinner label="正在读取" />
        <Kbd>U</Kbd>
      </Toolbar>
    </Panel>
  );
}

function Entering() {
  const [trade, setTrade] = useState<"ceramic" | "paper" | "metal" | null>(null);
  const [level, setLevel] = useState<"none" | "fair" | "good" | "fine">("good");
  const [radio, setRadio] = useState<"ceramic" | "paper" | "metal">("paper");
  const [agreed, setAgreed] = useState(true);
  return (
    <Panel title="填写" aside="TextField · NumberField · TextArea · Select · Checkbox · RadioGroup">
      <Fields>
        <TextField
          label="考核地点"
          description="写到楼和教室。"
          defaultValue="景德镇陶瓷职业技术学院"
          isRequired
        />
        <TextField
          label="身份证号"
          error="第 18 位与前面不符。请对照证件。"
          defaultValue="360203199001010012"
        />
        <NumberField label="错位量" suffix="mm" decimals placeholder="0.0" />
        <TextField label="查找" prefix={<Search />} placeholder="姓名或准考证号" />
        <TextField label="已锁定" isDisabled defaultValue="2026-0004" />
        <Select
          label="职业"
          choices={trades}
          value={trade}
          onChange={setTrade}
          placeholder="选择职业"
          data-testid="trade"
        />
        <TextArea label="备注" defaultValue="第 3 处接缝有旧胶残留。" />
        <RadioGroup label="职业" choices={trades} value={radio} onChange={setRadio} />
      </Fields>
      <SegmentedChoice
        label="判断"
        choices={levels}
        value={level}
        onChange={setLevel}
        keyHints={["0", "1", "2", "3"]}
      />
      <Stack direction="row" gap={6}>
        <Checkbox isSelected={agreed} onChange={setAgreed} description="姓名、准考证与照片一致。">
          身份已核
        </Checkbox>
        <Checkbox isSelected={false} onChange={setAgreed} isIndeterminate>
          部分选中
        </Checkbox>
        <Checkbox isSelected={false} onChange={setAgreed} isDisabled>
          不可用
        </Checkbox>
      </Stack>
    </Panel>
  );
}

function Marks() {
  return (
    <Panel kind="open" title="印记" aside="Stamp · StateMark · Pill · SavedTick">
      <Stack direction="row" gap={6} align="center">
        <Stamp characters={["松", "窑", "鹤", "砚"]} code="K7QMX-2HFTA" label="批次印鉴" size="large" />
        <Stamp characters={["的", "一", "薯", "覆"]} code="AAAAB-2HFTA" label="评分表印鉴" />
        <Stack direction="row" gap={3} align="center">
          <StateMark state="untouched" label="未开始" />
          <StateMark state="started" fraction={0.05} label="刚开始" />
          <StateMark state="started" fraction={0.5} label="一半" />
          <StateMark state="started" fraction={0.99} label="差一项" />
          <StateMark state="done" label="已评完" />
          <StateMark state="sealed" label="已签名" />
          <StateMark state="word" label="缺考" />
        </Stack>
        <Stack direction="row" gap={2} align="center">
          <Pill>第 2 考评组 · 3 人</Pill>
          <Pill kind="action">进行中</Pill>
          <Pill kind="done">已送达</Pill>
          <Pill kind="sealed">已签名</Pill>
          <Pill kind="attention">演示</Pill>
        </Stack>
        <Stack direction="row" gap={4} align="center">
          <SavedTick state="saving" text="正在保存" />
          <SavedTick state="saved" text="已存" />
          <SavedTick state="refused" text="未存：磁盘已满" />
        </Stack>
      </Stack>
    </Panel>
  );
}

function Notices() {
  return (
    <Stack gap={3}>
      <Notice
        title="名册已读入：30 人，2 行未收入。"
        next="核对未收入的行，再请考务管理员签名。"
        announce="never"
      />
      <Notice kind="done" title="登记中心已收到。" safe="回执印鉴与本机一致。" announce="never" />
      <Notice
        kind="attention"
        title="未发送：登记中心没有回应。"
        safe="30 份成绩已存本机和 U 盘。"
        next="稍后会自动再试。"
        actions={<Button>现在再试</Button>}
        announce="never"
      />
      <Notice
        kind="danger"
        title="未保存：磁盘已满。"
        safe="之前的 1,288 条都在。"
        next="请腾出空间，本页会留在原处。"
        announce="never"
      />
    </Stack>
  );
}

function Progresses() {
  return (
    <Panel title="进度" aside="ProgressBar · Meter · Facts">
      <ProgressBar label="正在发送" value={18} max={30} text="18 / 30 份，约剩 2 分钟" />
      <ProgressBar label="正在核对印鉴" value={null} text="可以离开本页" />
      <ProgressBar label="已写入 U 盘" value={100} text="完成" kind="done" />
      <Meter label="磁盘" value={92} max={100} text="剩 1.2 GB" kind="attention" showLabel />
      <Facts
        kind="figures"
        facts={[
          { term: "评分表", value: "29 份" },
          { term: "缺考", value: "1 人" },
          { term: "缺少", value: "—" },
        ]}
      />
    </Panel>
  );
}

function Tables() {
  const rows = people
    .slice(0, 5)
    .map((person, index) => ({ ...person, mark: index === 4 ? "—" : `${81 + index}.5` }));
  return (
    <Table
      label="考生成绩"
      rows={rows}
      rowKey={(row) => row.id}
      rowTone={(row) => (row.id === "03" ? "attention" : row.id === "04" ? "selected" : null)}
      onOpen={() => undefined}
      columns={[
        { key: "no", heading: "座位", cell: (row) => row.id, narrow: true },
        { key: "name", heading: "姓名", cell: (row) => row.name, isRowHeader: true },
        { key: "mark", heading: "总分", cell: (row) => row.mark, align: "end" },
        { key: "state", heading: "状态", cell: (row) => row.trail, align: "center", narrow: true },
      ]}
    />
  );
}

function Dialogs() {
  const [open, setOpen] = useState<"dialog" | "act" | "confirm" | null>(null);
  const messages = useMessages();
  const close = () => setOpen(null);
  return (
    <Toolbar label="对话框与消息">
      <Button onPress={() => setOpen("dialog")} data-testid="open-dialog">
        打开对话框
      </Button>
      <Button onPress={() => setOpen("act")} data-testid="open-act">
        打开填写
      </Button>
      <Button onPress={() => setOpen("confirm")} data-testid="open-confirm">
        打开确认
      </Button>
      <Button onPress={() => messages.show("done", "已复制到 U 盘。")} data-testid="show-message">
        显示消息
      </Button>
      <Dialog
        isOpen={open === "dialog"}
        onClose={close}
        title="登记否定项"
        lead="记下看到的事实，全组会看到。"
        closeLabel="关闭"
        actions={
          <>
            <Button onPress={close}>取消</Button>
            <Button kind="primary" onPress={close}>
              登记
            </Button>
          </>
        }
      >
        <TextArea label="事实" />
      </Dialog>
      {open === "act" ? (
        <ActDialog
          title="名册变动"
          lead="由组长和一位办公室人员签名后生效。"
          cancelText="取消"
          actText="签名"
          busyText="等候签名"
          isBusy={false}
          refusal={{ kind: "attention", title: "没有签名。已填的内容还在。" }}
          onAct={close}
          onClose={close}
          data-testid="gallery-act"
        >
          <TextArea label="原因" />
        </ActDialog>
      ) : null}
      <ConfirmDialog
        isOpen={open === "confirm"}
        title="记赵磊为缺考？"
        confirmLabel="记为缺考"
        cancelLabel="返回"
        kind="danger"
        onConfirm={close}
        onCancel={close}
      >
        <p>由考评组长签名后生效。已评的项目不会删除。</p>
      </ConfirmDialog>
    </Toolbar>
  );
}
