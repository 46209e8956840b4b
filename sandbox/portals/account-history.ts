import type { Contact } from './account-directory.ts';
import { dialedCall, email, failedCall, handLoggedCall, meeting, note, task } from './activity-records.ts';
import type { ActivityRecord, Occasion, Person } from './activity-records.ts';
import { instantOn, isoDay, officeMinutes, weekdayAge } from './calendar.ts';
import { callTopics, emailSubjects, meetingTopics, noteBodies, taskSubjects } from './conversation-pools.ts';
import { callDisposition } from './hubspot-values.ts';
import type { PortalBuilder } from './portal-builder.ts';
import type { Habit } from './portal-people.ts';
import type { RealTouch } from './portal-truth.ts';
import type { Random } from './random.ts';
import { calendarSync, handLogged, meetingScheduler } from './trusted-sources.ts';

/** One account while its history is written. */
export type Account = {
  readonly builder: PortalBuilder;
  readonly random: Random;
  readonly now: Date;
  /** Day number of `now` in the company's zone. */
  readonly today: number;
  readonly companyId: string;
  readonly contacts: readonly [Contact, ...Contact[]];
  readonly habit: Habit;
  /** Who served the account that many days ago. */
  readonly repAt: (ageDays: number) => Person;
};

/** What the log shows of a conversation. */
export type TouchRecord =
  'handCall' | 'dialedCall' | 'syncedMeeting' | 'bookedMeeting' | 'handMeeting' | 'none';

const minuteMs = 60_000;

function occasionOf(account: Account, ageDays: number, delayMinutes: number): Occasion {
  const { first, last } = officeMinutes;
  const at = instantOn(account.today - ageDays, account.random.int(first, last));
  const latestMs = account.now.getTime() - minuteMs;
  const loggedAt = new Date(Math.min(at.getTime() + delayMinutes * minuteMs, latestMs));
  return { at, loggedAt, by: account.repAt(ageDays) };
}

function logDelay(account: Account): number {
  const [low, high] = account.habit.logDelayMinutes;
  return account.random.int(low, high);
}

function callRecord(account: Account, ageDays: number, contact: Contact, dialed: boolean): ActivityRecord {
  const { random } = account;
  const topic = random.pick(callTopics);
  if (!dialed) return handLoggedCall(occasionOf(account, ageDays, logDelay(account)), topic);
  const durationMs = random.int(75, 900) * 1_000;
  const occasion = occasionOf(account, ageDays, Math.ceil(durationMs / minuteMs));
  const direction = random.chance(0.2) ? 'INBOUND' : 'OUTBOUND';
  return dialedCall(occasion, topic, { direction, durationMs, toNumber: contact.phone });
}

function meetingRecord(account: Account, ageDays: number, kind: TouchRecord): ActivityRecord {
  const { random } = account;
  const details = {
    outcome: 'COMPLETED',
    minutes: random.pick([30, 45, 60, 90]),
    location: random.pick(['On site', 'Video', 'On site, dock office']),
  };
  const topic = random.pick(meetingTopics);
  if (kind === 'handMeeting') {
    return meeting(occasionOf(account, ageDays, logDelay(account)), topic, {
      ...details,
      source: handLogged,
    });
  }
  const source = kind === 'bookedMeeting' ? meetingScheduler : calendarSync;
  const bookedBeforeMinutes = random.int(2, 9) * 1_440;
  return meeting(occasionOf(account, ageDays, -bookedBeforeMinutes), topic, { ...details, source });
}

function recordOf(account: Account, ageDays: number, contact: Contact, kind: TouchRecord) {
  if (kind === 'none') return null;
  if (kind === 'handCall' || kind === 'dialedCall') {
    return callRecord(account, ageDays, contact, kind === 'dialedCall');
  }
  return meetingRecord(account, ageDays, kind);
}

/** A conversation that took place `ageDays` ago with `contact`, recorded as `kind` says. */
export function addTouch(account: Account, ageDays: number, contact: Contact, kind: TouchRecord): RealTouch {
  const { builder, random, companyId } = account;
  const record = recordOf(account, ageDays, contact, kind);
  // HubSpot does not always carry an activity over to the company: some hang on the contact alone.
  const onCompany = !random.chance(0.12);
  const links = { companyId: onCompany ? companyId : null, contactIds: [contact.id] };
  return {
    on: isoDay(account.today - ageDays),
    ageDays,
    contactId: contact.id,
    activityId: record === null ? null : builder.addActivity(record, links),
  };
}

/** How this rep records a conversation. */
export function drawTouchRecord(random: Random, habit: Habit): TouchRecord {
  if (!random.chance(habit.loggedShare)) return 'none';
  if (!random.chance(habit.meetingShare)) return random.chance(habit.dialerShare) ? 'dialedCall' : 'handCall';
  if (!random.chance(habit.calendarShare)) return 'handMeeting';
  return random.chance(0.25) ? 'bookedMeeting' : 'syncedMeeting';
}

/** Different weekday ages, newest first, between the two ages. */
export function drawAges(account: Account, count: number, newest: number, oldest: number): number[] {
  const ages = new Set<number>();
  for (let tries = 0; ages.size < count && tries < count * 8; tries += 1) {
    ages.add(weekdayAge(account.today, account.random.int(newest, oldest)));
  }
  return [...ages].sort((one, other) => one - other);
}

const unreached = [
  callDisposition.noAnswer,
  callDisposition.noAnswer,
  callDisposition.leftVoicemail,
  callDisposition.leftVoicemail,
  callDisposition.busy,
  callDisposition.leftLiveMessage,
  callDisposition.wrongNumber,
];

/** Everything around the conversations: tries that reached nobody, mail, notes, tasks and a meeting to come. */
export function addBackground(account: Account, historyDays: number, incomingMail: boolean): void {
  const { builder, random, companyId, contacts } = account;
  const both = (contact: Contact) => ({ companyId, contactIds: [contact.id] });
  for (const age of drawAges(account, random.int(3, 6), 1, historyDays)) {
    const record = failedCall(occasionOf(account, age, random.int(1, 30)), random.pick(unreached));
    builder.addActivity(record, both(random.pick(contacts)));
  }
  for (const age of drawAges(account, random.int(5, 10), 1, historyDays)) {
    addEmail(account, age, random.pick(contacts), incomingMail && random.chance(0.3));
  }
  for (const age of drawAges(account, random.int(1, 3), 1, historyDays)) {
    const links = random.chance(0.3) ? { companyId, contactIds: [] } : both(random.pick(contacts));
    builder.addActivity(note(occasionOf(account, age, 1), random.pick(noteBodies)), links);
  }
  for (const age of drawAges(account, random.int(1, 3), 1, historyDays)) {
    const record = task(occasionOf(account, age, -1_440), random.pick(taskSubjects), random.chance(0.85));
    builder.addActivity(record, both(random.pick(contacts)));
  }
  if (random.chance(0.06)) addUpcomingMeeting(account);
}

/** An email between the rep and a contact, as a connected inbox records it. */
export function addEmail(account: Account, ageDays: number, contact: Contact, incoming: boolean): void {
  const occasion = occasionOf(account, ageDays, 1);
  const rep = occasion.by.email;
  const record = email(occasion, {
    direction: incoming ? 'INCOMING_EMAIL' : 'EMAIL',
    subject: account.random.pick(emailSubjects),
    from: incoming ? contact.email : rep,
    to: incoming ? rep : contact.email,
    bounced: false,
  });
  account.builder.addActivity(record, { companyId: account.companyId, contactIds: [contact.id] });
}

function addUpcomingMeeting(account: Account): void {
  const { builder, random, companyId, contacts } = account;
  const at = instantOn(account.today + random.int(3, 20), officeMinutes.first);
  const occasion = { at, loggedAt: new Date(account.now.getTime() - 86_400_000), by: account.repAt(0) };
  const details = { source: calendarSync, outcome: 'SCHEDULED', minutes: 60, location: 'Video' };
  const record = meeting(occasion, random.pick(meetingTopics), details);
  builder.addActivity(record, { companyId, contactIds: [contacts[0].id] });
}
