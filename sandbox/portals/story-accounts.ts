import type { Contact } from './account-directory.ts';
import { addEmail, addTouch, type Account } from './account-history.ts';
import { email, handLoggedCall } from './activity-records.ts';
import { instantOn, weekdayAge } from './calendar.ts';
import { callTopics } from './conversation-pools.ts';
import { callDisposition } from './hubspot-values.ts';
import { exactMemory } from './ordinary-accounts.ts';
import type { AccountKind, AccountTruth, CustomerAnswer, RealTouch } from './portal-truth.ts';

/** What a story adds to the truth of its account. */
export type StoryOutcome = Pick<
  AccountTruth,
  'realTouches' | 'unservedCallIds' | 'answer' | 'secondAnswer' | 'expectedVerdict'
>;

export type StorySpec = {
  readonly story: number | null;
  readonly kind: AccountKind;
  /** Place of the rep among the reps of the portal. */
  readonly rep: number;
  readonly company: { readonly name: string; readonly city: string; readonly industry: string };
  readonly contacts: readonly {
    readonly firstName: string;
    readonly lastName: string;
    readonly title: string;
  }[];
  readonly live: (account: Account) => StoryOutcome;
};

const remembered = { unsure: false, stale: false } as const;

/** The contact at that place of the story. */
function contactAt(account: Account, place: number): Contact {
  return account.contacts[place] ?? account.contacts[0];
}

function addCalls(account: Account, ages: readonly number[], contact: Contact): RealTouch[] {
  return ages.map((age) => addTouch(account, weekdayAge(account.today, age), contact, 'handCall'));
}

/** Six calls, logged by hand the same day as Connected, behind which there was no conversation. */
function liveCustomerNobodyCalled(account: Account): StoryOutcome {
  const dana = account.contacts[0];
  const links = { companyId: account.companyId, contactIds: [dana.id] };
  const unservedCallIds = [5, 12, 20, 29, 47, 68].map((age, index) => {
    const day = account.today - weekdayAge(account.today, age);
    const occasion = {
      at: instantOn(day, 15 * 60 + 20 + index * 37),
      loggedAt: instantOn(day, 21 * 60 + 40 + index),
      by: account.repAt(age),
    };
    const topic = callTopics[index] ?? { title: 'Call', body: '' };
    return account.builder.addActivity(handLoggedCall(occasion, topic), links);
  });
  addEmail(account, weekdayAge(account.today, 33), dana, false);
  const answer: CustomerAnswer = {
    ...remembered,
    contactId: dana.id,
    words:
      'In order to provide me better service, you would have to get a salesperson from your company to call on me.',
    recency: 'NEVER',
    count: '0',
  };
  return { realTouches: [], unservedCallIds, answer, secondAnswer: null, expectedVerdict: 'DIFFERS_FIRM' };
}

function liveForgetfulCustomer(account: Account): StoryOutcome {
  const contact = account.contacts[0];
  const newest = addTouch(account, weekdayAge(account.today, 6), contact, 'dialedCall');
  const realTouches = [newest, ...addCalls(account, [27, 44, 72], contact)];
  const answer: CustomerAnswer = {
    ...remembered,
    contactId: contact.id,
    words: 'I honestly could not say when anybody last called. We have had a wild year here.',
    recency: 'LONG',
    count: '0',
  };
  return { realTouches, unservedCallIds: [], answer, secondAnswer: null, expectedVerdict: 'MEMORY_DIFFERS' };
}

function liveDifferentContact(account: Account): StoryOutcome {
  const finance = account.contacts[0];
  const operations = contactAt(account, 1);
  const realTouches = addCalls(account, [8, 22, 50], operations);
  const answer: CustomerAnswer = {
    ...remembered,
    contactId: finance.id,
    words: 'Put our order number on the invoices. Otherwise I cannot say, nobody talks with finance.',
    recency: 'LONG',
    count: '0',
  };
  const secondAnswer: CustomerAnswer = {
    ...remembered,
    ...exactMemory(operations.id, realTouches),
    words: 'We talk a couple of times a quarter. Keep the early deliveries, they help a lot.',
  };
  return { realTouches, unservedCallIds: [], answer, secondAnswer, expectedVerdict: 'DIFFERENT_CONTACT' };
}

function liveOwnerTurnover(account: Account): StoryOutcome {
  const contact = account.contacts[0];
  const realTouches = addCalls(account, [36, 50, 64, 81], contact);
  const successor = account.repAt(0);
  const at = instantOn(account.today - weekdayAge(account.today, 5), 16 * 60);
  const occasion = { at, loggedAt: new Date(at.getTime() + 600_000), by: successor };
  const links = { companyId: account.companyId, contactIds: [contact.id] };
  const topic = { title: 'Introduction', body: 'Left a message to introduce myself.' };
  account.builder.addActivity(handLoggedCall(occasion, topic, callDisposition.leftVoicemail), links);
  const answer: CustomerAnswer = {
    ...remembered,
    ...exactMemory(contact.id, realTouches),
    words: 'Your previous rep was great; I have not met the new one.',
  };
  return { realTouches, unservedCallIds: [], answer, secondAnswer: null, expectedVerdict: 'CORROBORATED' };
}

/** The person in HubSpot has left; the last mail to the old address came back. */
function liveChangedJobs(account: Account): StoryOutcome {
  const former = account.contacts[0];
  const realTouches = addCalls(account, [58, 83, 101], former);
  const at = instantOn(account.today - weekdayAge(account.today, 18), 17 * 60);
  const by = account.repAt(18);
  const returned = email(
    { at, loggedAt: at, by },
    {
      direction: 'EMAIL',
      subject: 'Holiday shipping schedule',
      from: by.email,
      to: former.email,
      bounced: true,
    },
  );
  const links = { companyId: account.companyId, contactIds: [former.id] };
  account.builder.addActivity(returned, links);
  const answer: CustomerAnswer = {
    contactId: former.id,
    words: 'I left that job in the fall. You want whoever runs purchasing there now.',
    recency: 'DK',
    count: 'DK',
    unsure: false,
    stale: true,
  };
  return { realTouches, unservedCallIds: [], answer, secondAnswer: null, expectedVerdict: 'STALE_CONTACT' };
}

/** The accounts that open every list of the team portal, in this order. */
export const teamStories: readonly StorySpec[] = [
  {
    story: 1,
    kind: 'neverServed',
    rep: 0,
    company: { name: 'Cedar Falls Packaging', city: 'Des Moines', industry: 'PACKAGING_AND_CONTAINERS' },
    contacts: [{ firstName: 'Dana', lastName: 'Ruiz', title: 'Plant buyer' }],
    live: liveCustomerNobodyCalled,
  },
  {
    story: 2,
    kind: 'forgetful',
    rep: 1,
    company: { name: 'Lakeshore Dental Supply', city: 'Green Bay', industry: 'MEDICAL_DEVICES' },
    contacts: [{ firstName: 'Harold', lastName: 'Voss', title: 'Owner' }],
    live: liveForgetfulCustomer,
  },
  {
    story: 3,
    kind: 'anotherContact',
    rep: 2,
    company: { name: 'Three Rivers Millwork', city: 'Fort Wayne', industry: 'FURNITURE' },
    contacts: [
      { firstName: 'Priscilla', lastName: 'Okoye', title: 'Controller' },
      { firstName: 'Luis', lastName: 'Marin', title: 'Operations manager' },
    ],
    live: liveDifferentContact,
  },
  {
    story: 4,
    kind: 'inherited',
    rep: 6,
    company: { name: 'Prairie Gear', city: 'Omaha', industry: 'MACHINERY' },
    contacts: [{ firstName: 'Walt', lastName: 'Brennan', title: 'Maintenance lead' }],
    live: liveOwnerTurnover,
  },
  {
    story: null,
    kind: 'changedJobs',
    rep: 3,
    company: { name: 'Heron Bay Foods', city: 'Madison', industry: 'FOOD_PRODUCTION' },
    contacts: [
      { firstName: 'Corinne', lastName: 'Ashby', title: 'Purchasing manager' },
      { firstName: 'Dev', lastName: 'Malik', title: 'Production planner' },
    ],
    live: liveChangedJobs,
  },
];
