import type { Page } from 'playwright-core';

/** One place at which the keyboard stops: what a screen reader calls it, and whether the eye sees that it is there. */
export interface FocusStop {
  readonly name: string;
  readonly isSeen: boolean;
}

const MOST_STEPS = 80;

/** Walks with the Tab key from the start of the stage to its end; a field of several parts (a date) is one stop. */
export async function walkByTab(page: Page): Promise<FocusStop[]> {
  await page.evaluate(standBeforeTheStage);
  const stops: FocusStop[] = [];
  for (let step = 0; step < MOST_STEPS; step += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(stopHere);
    if (stop === null) return stops;
    if (stop.isNew) stops.push({ name: stop.name, isSeen: stop.isSeen });
  }
  throw new Error(`The keyboard does not come to the end of the stage within ${MOST_STEPS} steps.`);
}

/** Runs in the page. Notes on everything that takes the focus how it looks without it, and puts the focus before all of it. */
function standBeforeTheStage(): void {
  const stage = document.querySelector<HTMLElement>('.gallery-stage');
  for (const element of stage?.querySelectorAll<HTMLElement>(
    'a, button, input, select, textarea, [tabindex]',
  ) ?? []) {
    const { outlineStyle, boxShadow, borderColor } = getComputedStyle(element);
    element.dataset['lookWithoutFocus'] = [outlineStyle, boxShadow, borderColor].join();
  }
  stage?.setAttribute('tabindex', '-1');
  stage?.focus();
}

/** Runs in the page: the place with the focus, or null outside of the stage. A place is new when the focus was not just there. */
function stopHere(): (FocusStop & { readonly isNew: boolean }) | null {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || focused.closest('.gallery-stage') === null) return null;
  const { outlineStyle, boxShadow, borderColor } = getComputedStyle(focused);
  const label = focused instanceof HTMLInputElement ? focused.labels?.[0] : null;
  const field = focused.closest('.ui-field')?.querySelector('label');
  const name = focused.getAttribute('aria-label') ?? (label ?? field ?? focused).textContent;
  const isNew = focused.dataset['wasStop'] === undefined;
  for (const before of document.querySelectorAll<HTMLElement>('[data-was-stop]'))
    delete before.dataset['wasStop'];
  focused.dataset['wasStop'] = '';
  return {
    isNew,
    name: name.replace(/\s+/g, ' ').trim(),
    isSeen: [outlineStyle, boxShadow, borderColor].join() !== focused.dataset['lookWithoutFocus'],
  };
}
