// A screen that broke says so in words and can be opened again; the journal has what was saved.
import { Component, type ReactNode } from "react";
import { useText } from "../i18n/index.ts";
import { Button, Notice, Page } from "../ui/index.ts";

interface ErrorBoundaryProps {
  readonly children: ReactNode;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    return this.state.isBroken ? (
      <Broken onAgain={() => this.setState({ isBroken: false })} />
    ) : (
      this.props.children
    );
  }
}

function Broken({ onAgain }: { readonly onAgain: () => void }) {
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
      />
    </Page>
  );
}
