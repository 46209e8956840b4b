import { Component, type ReactNode } from 'react';
import type { ExtensionFailure, WorkerHost } from '../protocol.ts';

/** An error's message and stack as plain data that can cross to the page. */
export function describeFailure(error: unknown): ExtensionFailure {
  return error instanceof Error
    ? { message: error.message, stack: error.stack ?? '' }
    : { message: String(error), stack: '' };
}

/** Shows nothing once the extension has thrown while rendering, and tells the page why. */
export class ExtensionBoundary extends Component<
  { host: WorkerHost; children?: ReactNode },
  { failed: boolean }
> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    this.props.host.fail(describeFailure(error));
  }

  override render(): ReactNode {
    return this.state.failed ? null : this.props.children;
  }
}
