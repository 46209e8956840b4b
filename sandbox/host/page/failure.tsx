import { Component, type ReactNode } from 'react';
import { ErrorState } from '../components/feedback.tsx';
import type { ExtensionFailure } from '../protocol.ts';

/** What a person sees when an extension has failed; the stack is for whoever writes it. */
export function FailureNotice({ failure }: { failure: ExtensionFailure }) {
  return (
    <ErrorState title="This extension stopped working">
      <div className="ui-text">{failure.message}</div>
      {failure.stack !== '' && (
        <details className="page-stack">
          <summary>Details for developers</summary>
          <pre>{failure.stack}</pre>
        </details>
      )}
    </ErrorState>
  );
}

/** Catches what the page's side of an extension throws, such as a component that is not mapped. */
export class FailureBoundary extends Component<
  { children: ReactNode },
  { failure: ExtensionFailure | null }
> {
  override state: { failure: ExtensionFailure | null } = { failure: null };

  static getDerivedStateFromError(error: unknown): { failure: ExtensionFailure } {
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    return { failure: { message, stack } };
  }

  override render(): ReactNode {
    return this.state.failure === null ? this.props.children : <FailureNotice failure={this.state.failure} />;
  }
}
