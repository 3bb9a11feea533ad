// The inside of the open item, one shape for each kind: what the digits act on is what is on the screen.
import { useState } from "react";
import { fraction, multiply, fractionToText } from "#shared/base";
import type {
  CheckItem,
  DeductItem,
  ItemInput,
  JudgeItem,
  MeasureItem,
  PointsItem,
  Rubric,
  RubricItem,
} from "#shared/exam";
import { unreachable } from "#shared/base";
import { bandTexts, unitsToText, useText, wordsIn } from "../../i18n/index.ts";
import { classNames, Kbd } from "../../ui/index.ts";
import { FigureInput } from "./FigureInput.tsx";
import { allYes, checked, checkOf, countOf, deducted, deductOf, takenAway } from "./item-keys.ts";
import styles from "./Marking.module.css";
import { bandMark, pointsOf, readingAt, splitAtPoint, textToUnits, withReading } from "./readings.ts";

interface BodyProps<I extends RubricItem> {
  readonly item: I;
  readonly rubric: Rubric;
  readonly input: ItemInput | undefined;
  readonly onInput: (input: ItemInput | null) => void;
  readonly onEnter: () => void;
}

export function ItemBody({ item, ...rest }: BodyProps<RubricItem>) {
  switch (item.kind) {
    case "DEDUCT":
      return <DeductBody item={item} {...rest} />;
    case "MEASURE":
      return <MeasureBody item={item} {...rest} />;
    case "JUDGE":
      return <JudgeBody item={item} {...rest} />;
    case "CHECK":
      return <CheckBody item={item} {...rest} />;
    case "POINTS":
      return <PointsBody item={item} {...rest} />;
    default:
      return unreachable(item);
  }
}

function DeductBody({ item, rubric, input, onInput }: BodyProps<DeductItem>) {
  const t = useText();
  const offer = (next: ItemInput | null | undefined) => {
    if (next !== undefined) onInput(next);
  };
  return (
    <div className={styles.options}>
      {item.lines.map((line, at) => {
        const count = countOf(input, line.code);
        const words = wordsIn(t, line.text);
        const amount = stepsToText(line.amount, rubric);
        return (
          <div key={line.code} className={classNames(styles.option, count > 0 && styles.picked)}>
            <button
              type="button"
              className={styles.optionPress}
              aria-pressed={count > 0}
              data-testid={`line-${at + 1}`}
              onMouseDown={keepFocus}
              onClick={() => offer(deducted(item, deductOf(input), line.code))}
            >
              <Kbd>{at + 1}</Kbd>
              <span className={styles.optionWords}>
                {words}
                {line.cap > line.amount ? (
                  <span className={styles.cap}>
                    {t("marking.cap", { cap: stepsToText(line.cap, rubric) })}
                  </span>
                ) : null}
              </span>
              <span className={styles.amount}>
                {count > 1 ? t("marking.times", { amount, count }) : t("marking.each", { amount })}
              </span>
            </button>
            {count > 0 ? (
              <button
                type="button"
                className={styles.less}
                aria-label={t("marking.takeAway", { line: words })}
                onMouseDown={keepFocus}
                onClick={() => offer(takenAway(item, deductOf(input), line.code))}
              >
                −
              </button>
            ) : null}
          </div>
        );
      })}
      <div className={classNames(styles.option, deductOf(input)?.picked.length === 0 && styles.chosen)}>
        <button
          type="button"
          className={styles.optionPress}
          aria-pressed={deductOf(input)?.picked.length === 0}
          data-testid="line-0"
          onMouseDown={keepFocus}
          onClick={() => onInput({ kind: "DEDUCT", picked: [] })}
        >
          <Kbd>0</Kbd>
          <span className={styles.optionWords}>{t("marking.full")}</span>
        </button>
      </div>
    </div>
  );
}

function MeasureBody({ item, rubric, input, onInput, onEnter }: BodyProps<MeasureItem>) {
  const t = useText();
  const points = pointsOf(item);
  const firstBlank = points.findIndex((point) => readingAt(input, point) === null);
  const [focus, setFocus] = useState({ at: Math.max(0, firstBlank), begun: null as string | null });
  const check = (text: string) => {
    const typed = textToUnits(text, item.resolution);
    if (typed.kind !== "bad") return null;
    const resolution = unitsToText(1, item.resolution);
    return typed.why === "number"
      ? t("marking.bad.number", { example: unitsToText(25, item.resolution) })
      : t("marking.bad.resolution", { resolution, unit: item.unit });
  };
  return (
    <div className={styles.groups}>
      {item.groups.map((group) => {
        // One group has nothing to be told apart from.
        const name = item.groups.length > 1 ? (t.maybe(`marking.group.${group.id}`) ?? group.id) : null;
        return (
          <div key={group.id} className={styles.group}>
            <p className={styles.bands}>
              {name ? <strong>{name}</strong> : null}
              {bandTexts(t, item, group, rubric.step).map((band) => (
                <span key={band}>{band}</span>
              ))}
            </p>
            <div className={styles.readings}>
              {points
                .filter((point) => point.group === group)
                .map((point) => {
                  const units = readingAt(input, point);
                  return (
                    <FigureInput
                      key={point.at}
                      testId={`reading-${point.at}`}
                      label={t("marking.reading", { n: point.at + 1 })}
                      recorded={units === null ? "" : unitsToText(units, item.resolution)}
                      unit={item.unit}
                      decimals
                      check={check}
                      worth={(text) => {
                        const typed = textToUnits(text, item.resolution);
                        return typed.kind === "value"
                          ? t("common.points", { mark: stepsToText(bandMark(group, typed.units), rubric) })
                          : t("common.blank");
                      }}
                      commit={(text) => {
                        const typed = textToUnits(text, item.resolution);
                        onInput(withReading(item, input, point, typed.kind === "value" ? typed.units : null));
                      }}
                      onEnter={() => {
                        if (point.at + 1 < points.length) setFocus({ at: point.at + 1, begun: null });
                        else onEnter();
                      }}
                      focused={focus.at === point.at}
                      {...(point.at + 1 < points.length
                        ? {
                            split: (text: string) => splitAtPoint(text, item.resolution),
                            onNext: (begun: string) => setFocus({ at: point.at + 1, begun }),
                          }
                        : {})}
                      begun={focus.at === point.at ? focus.begun : null}
                      onBegun={() => setFocus({ at: point.at, begun: null })}
                    />
                  );
                })}
            </div>
          </div>
        );
      })}
    </div>
  );
}

function JudgeBody({ item, rubric, input, onInput }: BodyProps<JudgeItem>) {
  const t = useText();
  const chosen = input?.kind === "JUDGE" ? input.level : null;
  return (
    <div className={styles.options} role="group" aria-label={wordsIn(t, item.text)}>
      {item.scale.map((words, level) => (
        <div key={level} className={classNames(styles.option, chosen === level && styles.chosen)}>
          <button
            type="button"
            className={styles.optionPress}
            aria-pressed={chosen === level}
            data-testid={`level-${level}`}
            onMouseDown={keepFocus}
            onClick={() => onInput({ kind: "JUDGE", level })}
          >
            <Kbd>{level}</Kbd>
            <span className={styles.optionWords}>{wordsIn(t, words)}</span>
            <span className={styles.worthOf}>
              {fractionToText(multiply(fraction(level * item.max, 3), rubric.step))}
            </span>
          </button>
        </div>
      ))}
    </div>
  );
}

function CheckBody({ item, input, onInput }: BodyProps<CheckItem>) {
  const t = useText();
  const recorded = checkOf(input);
  return (
    <div className={styles.options}>
      {Array.from({ length: item.checks }, (_, at) => {
        const check = recorded?.checks[at] ?? null;
        return (
          <div
            key={at}
            className={classNames(
              styles.option,
              check === "yes" && styles.chosen,
              check === "no" && styles.picked,
            )}
          >
            <button
              type="button"
              className={styles.optionPress}
              data-testid={`check-${at + 1}`}
              onMouseDown={keepFocus}
              onClick={() => {
                const next = checked(item, recorded, at, false);
                if (next) onInput(next);
              }}
            >
              {at < 9 ? <Kbd>{at + 1}</Kbd> : null}
              <span className={styles.optionWords}>{t("marking.check", { n: at + 1 })}</span>
              <span className={styles.worthOf}>
                {check === null ? t("common.blank") : t(`marking.answer.${check}`)}
              </span>
            </button>
            {item.mayNotApply ? (
              <button
                type="button"
                className={styles.less}
                aria-pressed={check === "na"}
                onMouseDown={keepFocus}
                onClick={() => {
                  const next = checked(item, recorded, at, true);
                  if (next) onInput(next);
                }}
              >
                {t("marking.answer.na")}
              </button>
            ) : null}
          </div>
        );
      })}
      <div className={styles.option}>
        <button
          type="button"
          className={styles.optionPress}
          onMouseDown={keepFocus}
          onClick={() => onInput(allYes(item))}
        >
          <Kbd>0</Kbd>
          <span className={styles.optionWords}>{t("marking.allYes")}</span>
        </button>
      </div>
    </div>
  );
}

function PointsBody({ item, rubric, input, onInput, onEnter }: BodyProps<PointsItem>) {
  const t = useText();
  const recorded = input?.kind === "POINTS" ? unitsToText(input.steps, rubric.step) : "";
  return (
    <div className={styles.group}>
      {item.criteria ? <p className={styles.criteria}>{wordsIn(t, item.criteria)}</p> : null}
      <FigureInput
        testId="points-mark"
        label={t("marking.typed")}
        recorded={recorded.replace(/\.0+$/, "")}
        unit={t("marking.markOf", { max: stepsToText(item.max, rubric) })}
        decimals
        large
        focused
        check={(text) => {
          const typed = textToUnits(text, rubric.step);
          if (typed.kind === "blank") return null;
          if (typed.kind === "value") {
            return typed.units > item.max
              ? t("marking.bad.max", { max: stepsToText(item.max, rubric) })
              : null;
          }
          return typed.why === "number"
            ? t("marking.bad.number", { example: stepsToText(item.max, rubric) })
            : t("marking.bad.step", { step: stepsToText(1, rubric) });
        }}
        commit={(text) => {
          const typed = textToUnits(text, rubric.step);
          onInput(typed.kind === "value" ? { kind: "POINTS", steps: typed.units } : null);
        }}
        onEnter={onEnter}
      />
    </div>
  );
}

export function stepsToText(steps: number, rubric: Pick<Rubric, "step">): string {
  return fractionToText(multiply(fraction(steps), rubric.step));
}

/** A pressed option leaves the focus on the item: Enter after it goes on, and does not press it again. */
function keepFocus(event: { preventDefault: () => void }): void {
  event.preventDefault();
}
