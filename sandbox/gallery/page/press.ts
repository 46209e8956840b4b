const LOOK_EVERY_MS = 40;
const GIVE_UP_AFTER_MS = 10_000;
const STAYS_FOR_LOOKS = 3;
/** What a person presses: buttons, entries of menus, choices and marks. */
const BUTTONS = 'button:not(:disabled), [role=menuitem], label:has(input)';

/** Presses the buttons with these labels one after the other, each once it is there; rejects where one never comes. */
export async function pressAll(stage: HTMLElement, labels: readonly string[]): Promise<void> {
  for (const label of labels) (await buttonNamed(stage, label)).click();
}

/** A surface that has just loaded may draw itself once more: a button counts once it has stayed for a few looks. */
async function buttonNamed(stage: HTMLElement, label: string): Promise<HTMLElement> {
  let seen: HTMLElement | undefined;
  let looks = 0;
  for (let waitedMs = 0; waitedMs < GIVE_UP_AFTER_MS; waitedMs += LOOK_EVERY_MS) {
    const found = candidates(stage).find((button) => nameOf(button) === label);
    looks = found !== undefined && found === seen ? looks + 1 : 0;
    seen = found;
    if (found !== undefined && looks >= STAYS_FOR_LOOKS) return found;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Error(`there is no button "${label}" to press`);
}

/** An open panel lies over everything else, outside of the stage. */
function candidates(stage: HTMLElement): HTMLElement[] {
  const dialogs = [...document.querySelectorAll<HTMLElement>('dialog[open]')];
  const top = dialogs.at(-1) ?? stage;
  return [...top.querySelectorAll<HTMLElement>(BUTTONS)].filter((button) => button.checkVisibility());
}

/** Icons in a button carry no text of their own. */
const nameOf = (button: HTMLElement): string => button.textContent.replace(/\s+/g, ' ').trim();
