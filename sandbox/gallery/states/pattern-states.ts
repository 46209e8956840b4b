import type { PatternPhase, PatternReader } from '../../../src/core/model.ts';
import {
  conversationGuide,
  PATTERN_TITLE,
  patternFacts,
  patternNextStep,
  patternSentence,
} from '../../../src/core/pattern-wording.ts';
import { reply, statesOf, type GalleryState } from '../gallery-state.ts';
import { homeView, id } from '../views.ts';
import { fullManagerHome, fullRepHome } from './home-states.ts';

type Home = NonNullable<Parameters<typeof homeView>[0]>;

const of = statesOf('home', 'manager');
const repOf = statesOf('home', 'rep');
const home = (change: Home) => ({ answers: { getHome: reply(homeView(change)) } });

const CUSTOMERS = ['Acme Valves', 'Bright Pumps', 'Northfield Seals'];
const people = { repName: 'Tom Berg', managerName: 'Ana Lopez', secondManagerName: 'Robert Vance' };
const counts = { n: 34, x: 7, companies: 6, supported: 3, pValue: 0.004, simulatedRate: 0.03 };
const pattern = (reader: PatternReader, phase: PatternPhase) => {
  const isOpen = reader === 'rep' || phase === 'open';
  return {
    patternId: id(60),
    reader,
    phase,
    title: PATTERN_TITLE,
    quarter: 'Q3 2026',
    repName: 'Tom Berg',
    sentence: patternSentence(phase, reader, { ...people, replyUntil: '2026-11-19' }),
    nextStep: patternNextStep(reader, phase),
    replyUntil: '2026-11-19',
    facts: isOpen ? patternFacts(counts) : [],
    customers: isOpen ? CUSTOMERS : [],
    guide: isOpen ? conversationGuide(people) : [],
    canOpen: phase === 'waiting' && reader !== 'rep',
  };
};

/** A pattern on the home page, from the rep who sees it first to the talk of all three. */
export const patternStates: readonly GalleryState[] = [
  of(
    'home-pattern-waiting',
    'A pattern: two managers open it together',
    'A conversation with Tom Berg waits',
    home({ manager: fullManagerHome(), patterns: [pattern('manager', 'waiting')] }),
  ),
  of(
    'home-pattern-second',
    'A pattern without a second manager',
    'It takes two managers',
    home({ manager: fullManagerHome(), patterns: [pattern('manager', 'needsSecondManager')] }),
  ),
  of('home-pattern-open', 'A pattern that both have opened', 'Talk together, all three of you', {
    ...home({ manager: fullManagerHome(), patterns: [pattern('secondManager', 'open')] }),
    press: ['The numbers', 'For the conversation'],
  }),
  repOf(
    'home-rep-pattern',
    'A pattern, the rep first',
    'Only you see this until',
    home({ roles: ['rep'], rep: fullRepHome(), patterns: [pattern('rep', 'repFirst')] }),
  ),
];
