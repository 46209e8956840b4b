import type { Story } from './play.ts';
import { differentContact } from './stories/different-contact.ts';
import { forgetful } from './stories/forgetful.ts';
import { newPortal } from './stories/new-portal.ts';
import { nobodyCalled } from './stories/nobody-called.ts';
import { quarterByTheClock } from './stories/quarter.ts';

/** Every story that the product plays, in the order in which a person would live them. */
export const STORIES: readonly Story[] = [
  newPortal,
  quarterByTheClock,
  nobodyCalled,
  forgetful,
  differentContact,
];
