import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GALLERY } from '../../../sandbox/gallery/states.ts';
import { START_TIMEOUT_MS } from '../support/host-session.ts';
import { walkByTab, type FocusStop } from './focus-walk.ts';
import { openGallery, type GallerySession } from './gallery-session.ts';

const TEST_TIMEOUT_MS = 60_000;
const CARD_WIDTH_PX = 640;
const PAGE_WIDTH_PX = 1_080;

/** In which order the keyboard reaches what can be done, from the top of a surface to its end. */
const ORDERS: [string, number, string[]][] = [
  [
    'card-due',
    CARD_WIDTH_PX,
    [
      ...['+1 312 555 0100', 'Copy number', 'Someone else', 'In Dana’s words *'],
      'More to note (optional)',
      ...['I asked. Save', 'Didn’t reach Dana'],
    ],
  ],
  ['rep-difference', CARD_WIDTH_PX, ['How we compared', 'Reply', 'Who sees what, and when']],
  ['sidebar-due', CARD_WIDTH_PX, ['Start check-in']],
  [
    'home-manager',
    PAGE_WIDTH_PX,
    [
      // Another promise than the one that is due next is chosen in its row.
      ...['Start', 'Table', 'Change', 'Change'],
      ...['Mark kept: Call before each delivery', 'Not kept: Call before each delivery'],
      'This quarter in pictures',
      'Tasks of Q4 2026: Up to date',
      'Team',
      'The whole method',
    ],
  ],
  [
    'home-rep',
    PAGE_WIDTH_PX,
    [
      ...['Copy', 'Table', 'Change', 'Change', 'Mark promise kept: Call before each delivery'],
      'Not kept: Call before each delivery',
      ...[
        'Your last four quarters',
        'Your log, for you alone',
        'Your leave',
        'How this works',
        'The whole method',
      ],
    ],
  ],
  [
    'settings-open',
    PAGE_WIDTH_PX,
    [
      ...['✓Who calls whom', '✓Who is a customer', '✓How often', '4How open', '5Look before start'],
      ...['1. Who calls whom', '2. Who is a customer', '3. How often', '4. How open'],
      ...[
        'Listening only',
        'Days a rep has to reply',
        'Announcement to reps',
        'Answers may be compared from',
      ],
      ...['5. Look before start', 'Advanced', 'Leave'],
      ...['What check-ins can find, and what they cannot', 'How well customers remember'],
    ],
  ],
];

describe('by keyboard', () => {
  let session: GallerySession;

  beforeAll(async () => {
    session = await openGallery();
  }, START_TIMEOUT_MS);

  afterAll(() => session.close(), START_TIMEOUT_MS);

  async function walk(stateId: string, widthPx: number): Promise<FocusStop[]> {
    const scene = GALLERY.find(({ id }) => id === stateId);
    if (scene === undefined) throw new Error(`The gallery has no state ${stateId}.`);
    const { page, close } = await session.openAt('/gallery?q=none', widthPx);
    await session.showScene(page, scene, widthPx);
    const stops = await walkByTab(page);
    await close();
    return stops;
  }

  it.each(ORDERS)(
    'everything on %s is reached in the order in which it is read, and is seen to be',
    async (stateId, widthPx, order) => {
      const stops = await walk(stateId, widthPx);

      expect(stops.map(({ name }) => name)).toEqual(order);
      expect(stops.filter(({ isSeen }) => !isSeen)).toEqual([]);
    },
    TEST_TIMEOUT_MS,
  );
});
