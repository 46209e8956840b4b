import type { Page } from 'playwright-core';

const CALLS = '/host/gallery/calls';
/** What draws itself once more after the first paint does so within this time. */
const SETTLE_MS = 700;
/** A surface is painted within this time, on a busy machine too. */
const PAINTS_WITHIN_MS = 10_000;

/** Noted on the page's own window while it loads. */
type Watched = { paintWatch: { paintedMs: number | null; layoutShift: number } };

/** What the browser itself noted of one load of a state. */
export interface PaintReport {
  /** From the last byte of the surface's data to the frame after which its words are on the screen. */
  readonly paintAfterDataMs: number;
  /** Chromium's sum of everything that moved although nobody did anything. */
  readonly layoutShift: number;
  /** Calls of the backend. */
  readonly requests: number;
}

/** Begins to watch the page's next load; `says` are the words of the surface that must be on the screen. */
export async function watchPaint(page: Page, says: string) {
  await page.addInitScript(watchInPage, says);
  return {
    report: async (): Promise<PaintReport> => {
      await page.waitForFunction(
        () => (globalThis as unknown as Watched).paintWatch.paintedMs !== null,
        null,
        {
          timeout: PAINTS_WITHIN_MS,
        },
      );
      await page.waitForTimeout(SETTLE_MS);
      return page.evaluate(reportInPage, CALLS);
    },
  };
}

/** Runs in the page before any script of it. */
function watchInPage(says: string): void {
  const watched = { paintedMs: null as number | null, layoutShift: 0 };
  Object.assign(globalThis, { paintWatch: watched } satisfies Watched);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      watched.layoutShift += (entry as PerformanceEntry & { value: number }).value;
  }).observe({ type: 'layout-shift', buffered: true });
  const changes = new MutationObserver(() => {
    if (!document.querySelector('.gallery-stage')?.textContent.includes(says)) return;
    changes.disconnect();
    // The callback of the second frame runs once the first one is painted.
    requestAnimationFrame(() => requestAnimationFrame((paintedMs) => (watched.paintedMs = paintedMs)));
  });
  changes.observe(document, { childList: true, subtree: true, characterData: true });
}

/** Runs in the page once it stands still. */
function reportInPage(calls: string): PaintReport {
  const data = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith(calls));
  const dataMs = Math.max(...data.map((entry) => (entry as PerformanceResourceTiming).responseEnd));
  const { paintedMs, layoutShift } = (globalThis as unknown as Watched).paintWatch;
  return {
    paintAfterDataMs: (paintedMs ?? Infinity) - dataMs,
    layoutShift,
    requests: data.length,
  };
}
