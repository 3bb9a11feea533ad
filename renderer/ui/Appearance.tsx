import type { ReactNode } from "react";
import { I18nProvider } from "react-aria-components";
import { CommandProvider } from "./Commands.tsx";
import { MessageProvider } from "./Messages.tsx";

export type Theme = "system" | "light" | "dark" | "contrast";

export interface UiProviderProps {
  /** BCP 47; react-aria brings its own words for it (zh-CN, en). */
  readonly locale: string;
  /** The name of the region where messages appear, for screen readers. */
  readonly messagesLabel: string;
  /** What the button that puts a message away is called. */
  readonly dismissLabel: string;
  readonly children: ReactNode;
}

/** Once, around everything: words of the controls, and the place where messages appear. */
export function UiProvider({ locale, messagesLabel, dismissLabel, children }: UiProviderProps) {
  return (
    <I18nProvider locale={locale}>
      <MessageProvider label={messagesLabel} dismissLabel={dismissLabel}>
        <CommandProvider>{children}</CommandProvider>
      </MessageProvider>
    </I18nProvider>
  );
}

export interface AppearanceChoice {
  /** `system` follows prefers-color-scheme and prefers-contrast. */
  readonly theme: Theme;
  /** 48 px targets instead of 40. */
  readonly touch: boolean;
}

/** Sets the attributes the tokens listen to, on the page or on any part of one. */
export function applyAppearance(
  { theme, touch }: AppearanceChoice,
  element: HTMLElement = document.documentElement,
): void {
  if (theme === "system") element.removeAttribute("data-theme");
  else element.setAttribute("data-theme", theme);
  element.toggleAttribute("data-touch", touch);
}
