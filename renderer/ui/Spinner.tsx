import styles from "./Spinner.module.css";

export interface SpinnerProps {
  /** Without a label it is decoration beside words that already say what is going on. */
  readonly label?: string;
}

/** Three grains of pigment that pass through ink; they stand still when the system asks for no motion. */
export function Spinner({ label }: SpinnerProps) {
  return (
    <span
      className={styles.spinner}
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
    >
      <span />
      <span />
      <span />
    </span>
  );
}
