// A screen that failed says so in words, and what is safe. The only class here: React offers no other way.
import { Component, type ReactNode } from "react";
import { useText } from "../i18n/index.ts";
import { Button, Notice, Page } from "../ui/index.ts";

interface ErrorBoundaryProps {
  /** A new key starts again: going elsewhere leaves the failure behind. */
  readonly place: string;
  readonly children: ReactNode;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, { failedAt: string | null }> {
  override state = { failedAt: null as string | null };

  static getDerivedStateFromError(): { failedAt: string } {
    return { failedAt: "" };
  }

  override componentDidUpdate(before: ErrorBoundaryProps): void {
    if (this.state.failedAt !== null && before.place !== this.props.place) this.setState({ failedAt: null });
  }

  override render(): ReactNode {
    if (this.state.failedAt === null) return this.props.children;
    return <Failed onAgain={() => this.setState({ failedAt: null })} />;
  }
}

function Failed({ onAgain }: { readonly onAgain: () => void }) {
  const t = useText();
  return (
    <Page title={t("app.broken.title")} width="narrow">
      <Notice
        kind="danger"
        announce="now"
        title={t("app.broken.title")}
        safe={t("app.broken.safe")}
        next={t("app.broken.next")}
        actions={<Button onPress={onAgain}>{t("app.broken.again")}</Button>}
        data-testid="screen-failed"
      />
    </Page>
  );
}
