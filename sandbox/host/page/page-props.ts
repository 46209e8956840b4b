import type { Portal } from './control-api.ts';
import type { Viewer } from './viewers.ts';

/** What every page of an account gets. */
export interface PageProps {
  portal: Portal;
  viewer: Viewer;
  /** Simulated minus real time, in milliseconds. */
  clockOffsetMs: number;
  /** Grows with each move of the clock: the page is as if opened again. */
  visit: number;
  addAlert: (alert: { type?: string; title?: string; message: string }) => void;
}
