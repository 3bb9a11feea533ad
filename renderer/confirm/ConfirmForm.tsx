// One matter: who, what, and the field. The matter scrolls; the field and the two buttons never leave the view.
import { useEffect, useRef, useState } from "react";
import type { ConfirmMatter, ConfirmRequest } from "#shared/ipc";
import { useText } from "../i18n/index.ts";
import { Button, isComposing, Pill, TextField } from "../ui/index.ts";
import type { ConfirmBridge } from "./bridge.ts";
import styles from "./confirm.module.css";
import { Matter } from "./Matter.tsx";
import { useAnswer } from "./use-answer.ts";

export interface ConfirmFormProps {
  readonly request: ConfirmRequest;
  readonly bridge: ConfirmBridge;
  readonly onOver: () => void;
}

export function ConfirmForm({ request, bridge, onOver }: ConfirmFormProps) {
  const t = useText();
  const { matter } = request;
  const kind = matter.kind === "passphrase" && matter.isNew ? "new-passphrase" : matter.kind;
  const isNew =
    kind === "new-pin" || kind === "new-passphrase" || (matter.kind === "panel-join" && matter.isNew);
  const isPhrase = matter.kind === "passphrase";
  const isCode = CODES.includes(matter.kind);

  const [secret, setSecret] = useState("");
  const [repeated, setRepeated] = useState("");
  const secretField = useRef<HTMLInputElement>(null);
  const repeatField = useRef<HTMLInputElement>(null);
  const answer = useAnswer({
    bridge,
    id: request.id,
    isPhrase,
    onOver,
    onRefused: () => {
      setSecret("");
      setRepeated("");
      secretField.current?.focus();
    },
  });

  useEffect(() => {
    secretField.current?.focus();
  }, []);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || isComposing(event)) return;
      event.preventDefault();
      answer.decline();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  });

  const confirm = () => {
    if (secret === "") secretField.current?.focus();
    else if (isNew && repeated === "") repeatField.current?.focus();
    else answer.give(isNew ? { secret, repeated } : { secret });
  };
  const field = {
    // A code of nine groups is read off paper: nobody could correct it behind dots.
    type: isCode ? "text" : "password",
    inputMode: isPhrase || isCode ? "text" : "numeric",
    autoComplete: "off",
    spellCheck: "false",
    size: "large",
    maxLength: isPhrase || isCode ? 128 : 12,
    onEnter: confirm,
    // Read-only rather than disabled: a disabled field would lose the focus.
    isReadOnly: answer.busy,
  } as const;
  const names = fieldNames(matter);
  const seals = kind === "sheet" || kind === "batch" || kind === "amendment";

  return (
    <main className={styles.window} data-testid="confirm-window" data-kind={kind}>
      <header className={styles.head}>
        <div className={styles.headLine}>
          <h1 className={styles.title}>{t(`confirm.title.${kind}`)}</h1>
          {request.demo ? (
            <Pill kind="attention" data-testid="confirm-demo">
              {t("confirm.demo")}
            </Pill>
          ) : null}
        </div>
        {request.who ? (
          <p className={styles.who} data-testid="confirm-who">
            <span>{t("confirm.who")}</span>
            <strong>{request.who.name}</strong>
            <span>{request.who.roles.map((role) => t.maybe(`common.role.${role}`) ?? role).join(" · ")}</span>
          </p>
        ) : null}
        <p className={styles.lead}>{t(`confirm.lead.${kind}`)}</p>
      </header>
      <Matter matter={matter} />
      <form
        className={styles.answer}
        onSubmit={(event) => {
          event.preventDefault();
        }}
      >
        <div className={styles.fields}>
          <TextField
            {...field}
            label={t(names[0])}
            value={secret}
            onChange={setSecret}
            ref={secretField}
            data-testid="confirm-pin"
            {...(isNew ? { description: t(isPhrase ? "confirm.passphraseHint" : "confirm.pinHint") } : {})}
          />
          {isNew ? (
            <TextField
              {...field}
              label={t(names[1])}
              value={repeated}
              onChange={setRepeated}
              ref={repeatField}
              data-testid="confirm-repeat"
            />
          ) : null}
        </div>
        {matter.kind === "recovery" && matter.why === "keys-lost" ? (
          <ExportStored id={request.id} bridge={bridge} />
        ) : null}
        <p className={styles.message} role="alert" data-testid="confirm-message">
          {answer.message}
        </p>
        <div className={styles.buttons}>
          <Button
            kind="plain"
            size="large"
            keyHint="Esc"
            onPress={answer.decline}
            data-testid="confirm-decline"
          >
            {t(seals || kind === "roster" || kind === "absence" ? "confirm.decline" : "confirm.leave")}
          </Button>
          <Button
            kind="primary"
            size="large"
            wide
            keyHint="↵"
            busy={answer.busy}
            busyText={t("confirm.checking")}
            isDisabled={answer.closed}
            onPress={confirm}
            data-testid="confirm-ok"
          >
            {t(`confirm.action.${kind}`)}
          </Button>
        </div>
      </form>
    </main>
  );
}

/** Typed off paper, not out of memory. */
const CODES: readonly ConfirmMatter["kind"][] = ["recovery", "recovery-made", "share-code", "share-made"];

/** Of the field, and of the one that repeats it where a secret is chosen. */
function fieldNames(matter: ConfirmMatter) {
  switch (matter.kind) {
    case "recovery":
    case "recovery-made":
    case "share-code":
    case "share-made":
      return [`confirm.recovery.field.${matter.kind}`, "confirm.repeatPin"] as const;
    case "passphrase":
      return matter.isNew
        ? (["confirm.newPassphrase", "confirm.repeatPassphrase"] as const)
        : (["confirm.passphrase", "confirm.repeatPassphrase"] as const);
    case "new-pin":
      return ["confirm.newPin", "confirm.repeatPin"] as const;
    case "panel-join":
      return [matter.isNew ? "confirm.newPin" : "confirm.pin", "confirm.repeatPin"] as const;
    default:
      return ["confirm.pin", "confirm.repeatPin"] as const;
  }
}

/** Without the code nothing opens here; what is stored can still be carried to somebody who has it (S14). */
function ExportStored({ id, bridge }: { readonly id: number; readonly bridge: ConfirmBridge }) {
  const t = useText();
  const [said, setSaid] = useState("");
  const save = async () => {
    const saved = await bridge.exportStored(id);
    if (!saved.ok) setSaid(t("confirm.recovery.notSaved"));
    else if (saved.value === "saved") setSaid(t("confirm.recovery.saved"));
  };
  return (
    <div className={styles.lead}>
      <Button kind="plain" onPress={() => void save()} data-testid="confirm-export">
        {t("confirm.recovery.export")}
      </Button>
      <span role="status">{said}</span>
    </div>
  );
}
