import type { Locator, Page } from 'playwright-core';

/** What one call of a card brought back: the backend's path, status and body. */
export interface CardReply {
  userId: number;
  path: string;
  status: number;
  body: string;
}

/** Everything the cards of a page are told, from now on; the page's own reading of the record is not the card's. */
export function listenToCards(page: Page): CardReply[] {
  const replies: CardReply[] = [];
  page.on('response', (response) => {
    if (!response.url().endsWith('/host/control/fetch')) return;
    const sent = response.request().postDataJSON() as { url: string; userId: number };
    void response.json().then(
      (reply: { status: number; body: unknown }) => {
        const path = new URL(sent.url).pathname;
        replies.push({ userId: sent.userId, path, status: reply.status, body: JSON.stringify(reply.body) });
      },
      () => undefined, // the page was left before the reply was read
    );
  });
  return replies;
}

/** The card in the record's tab. */
export const cardOf = (page: Page): Locator => page.locator('.page-middle [data-extension="cards"]');
/** The compact card in the record's right column. */
export const sidebarOf = (page: Page): Locator => page.locator('.page-right [data-extension="cards"]');

/** A keyboard that counts what a person presses; typed text is counted apart. */
export function countedKeys(page: Page) {
  let pressed = 0;
  return {
    pressed: () => pressed,
    press: async (key: string) => {
      pressed += 1;
      await page.keyboard.press(key);
    },
    /** Tabs on until the focus is on `target`; fails after twelve steps. */
    tabTo: async (target: Locator) => {
      for (let step = 0; step < 12; step += 1) {
        pressed += 1;
        await page.keyboard.press('Tab');
        if (await target.evaluate((element) => element === document.activeElement)) return;
      }
      throw new Error(`The keyboard does not reach ${String(target)} within twelve steps.`);
    },
    /** Text in somebody's own words: not counted. */
    type: (text: string) => page.keyboard.type(text),
    /** Chooses an option of a list by its first letters, each one a keystroke. */
    choose: async (letters: string) => {
      pressed += letters.length;
      await page.keyboard.type(letters);
    },
  };
}

/** Looks at the same page as somebody else. */
export async function viewAs(page: Page, userId: number): Promise<void> {
  await page.getByLabel('Viewing as').selectOption(String(userId));
}

/** Moves the sandbox's clock with the preview's own button, and waits until all due work is done. */
export async function moveClock(page: Page, step: '+15 minutes' | '+1 day' | '+1 week'): Promise<void> {
  await page.getByRole('button', { name: step }).click();
  await page.getByText('Working…').waitFor({ state: 'detached', timeout: 60_000 });
}
