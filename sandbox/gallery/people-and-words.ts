import { dana, id, promise } from './views.ts';

/** What customers say in the gallery, from plain to what a layout must bear. */

export const WORDS =
  'Honestly, the product is fine. Somebody should call before the delivery comes, so that dock 2 is free.';
export const PRAISE = 'Tom always calls back the same day, and he knows our presses better than we do.';

/** A thousand characters of one customer who had time. */
export const LONG_WORDS =
  `${WORDS} ${'Last spring we waited twice for the driver, and nobody knew when he would come. '.repeat(12)}`
    .slice(0, 1_000)
    .trim();

/** The same wish in ten languages, three scripts that run from right to left or without spaces among them. */
export const TEN_LANGUAGES = [
  { name: 'Dana Ruiz', words: 'Please call before the delivery comes.' },
  { name: 'Jürgen Groß', words: 'Bitte rufen Sie vor der Lieferung an, damit Tor 2 frei ist.' },
  { name: 'Zoë Lefèvre', words: 'Appelez-nous avant la livraison, s’il vous plaît.' },
  { name: 'Íñigo Núñez', words: '¿Podrían llamar antes de la entrega, por favor?' },
  { name: 'Łukasz Żółć', words: 'Proszę zadzwonić przed dostawą.' },
  { name: 'Ξένια Παππά', words: 'Παρακαλώ τηλεφωνήστε πριν από την παράδοση.' },
  { name: 'Наталія Коваль', words: 'Будь ласка, телефонуйте перед доставкою.' },
  { name: 'ליאור כהן', words: 'בבקשה להתקשר לפני המשלוח, כדי שרציף 2 יהיה פנוי.' },
  { name: 'فاطمة الزهراء', words: 'من فضلكم اتصلوا قبل التسليم حتى يكون الرصيف 2 خاليًا.' },
  { name: '田中 美咲', words: '配達の前に電話をください。第二ドックを空けておきます。' },
] as const;

export const LONG_NAMES = {
  rep: 'Hans-Joachim von der Mühlen-Brandenstein',
  person: 'Maria-Magdalena Freifrau von Hohenstein-Wetterfels zu Oberammergau',
  company:
    'Vereinigte Süddeutsche Armaturen- und Dichtungswerke Hohenstein-Wetterfels GmbH & Co. Kommanditgesellschaft auf Aktien',
  title: 'Stellvertretende Abteilungsleiterin Materialwirtschaft und Instandhaltungsplanung',
};

export const hohenstein = { ...dana, name: LONG_NAMES.person, jobTitle: LONG_NAMES.title };

const THINGS = [
  'Call before each delivery',
  'Send the new drawings of the 2-inch valve to the plant in Joliet and to the engineer who asked for them',
  'Visit the plant',
  'Credit the March invoice',
];

/** So many promises that wait for their day, of changing length. */
export const promises = (count: number) =>
  Array.from({ length: count }, (_unused, index) =>
    promise({
      promiseId: id(1_000 + index),
      what: THINGS[index % THINGS.length] ?? '',
      ownerName: index % 2 === 0 ? 'Ana Lopez' : 'Tom Berg',
      dueOn: `2026-${index < 20 ? '11' : '12'}-${String(13 + (index % 15))}`,
    }),
  );

/** So many that nobody settled yet, as the home page gets them: the longest due first, the first `overdue` late. */
export const unsettledPromises = (count: number, overdue = 0) =>
  promises(count).map((one, index) => ({
    ...one,
    dueOn: index < overdue ? `2026-11-0${String(2 + index)}` : one.dueOn,
    state: index < overdue ? ('broken' as const) : ('open' as const),
    settled: false,
  }));

/** The same, all of them the rep’s. */
export const promisesOfRep = (count: number) =>
  promises(count).map((one) => ({ ...one, ownerName: 'Tom Berg' }));

export const LAST_ANSWER = {
  checkInId: id(2_000),
  respondentName: 'Dana Ruiz',
  words: 'Earlier deliveries would help.',
  happenedOn: '2026-08-11',
  callerName: 'Ana Lopez',
};
const OTHER_ANSWER = { respondentName: 'Luis Ortega', words: WORDS, callerName: 'Marcus Field' };
const EARLIER_DAYS = ['2026-08-11', '2026-05-12', '2026-02-10', '2025-11-13', '2025-08-12', '2025-05-14'];

/** Up to six answers of earlier quarters, newest first; at the first of them nobody looked after the customer. */
export const earlierAnswers = (count: number) =>
  EARLIER_DAYS.slice(0, count).map((happenedOn, index) => ({
    ...LAST_ANSWER,
    ...(index % 2 === 0 ? {} : OTHER_ANSWER),
    checkInId: id(2_000 + index),
    happenedOn,
    repName: index < EARLIER_DAYS.length - 1 ? 'Tom Berg' : null,
  }));
