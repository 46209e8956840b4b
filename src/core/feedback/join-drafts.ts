/** Typed words of one author about one customer, as drafts hold them. */
type Draft = Readonly<Record<string, unknown>>;

const TYPED = ['words', 'liked', 'inConfidence', 'coachingNote'] as const;

/**
 * Returns one draft of two: the newer one, with the older one's words after its own, a blank line between them. What was chosen
 * (respondent, day, answers) is the newer one's; only where that one names nobody yet does the older one's stand.
 */
export function joinDrafts(newer: Draft, older: Draft): Draft {
  const chosen = namesSomebody(newer) ? newer : { ...older, ...newer, ...respondentOf(older) };
  const texts = TYPED.flatMap((field) => {
    const text = joined(newer[field], older[field]);
    return text === '' ? [] : [[field, text] as const];
  });
  const thanks = newer['kudos'] ?? older['kudos'];
  return { ...chosen, ...Object.fromEntries(texts), ...(thanks === undefined ? {} : { kudos: thanks }) };
}

function joined(...texts: readonly unknown[]): string {
  const typed = texts.filter((text) => typeof text === 'string' && text.trim() !== '');
  return [...new Set(typed)].join('\n\n');
}

function namesSomebody({ respondentContactId, respondentName }: Draft): boolean {
  return typeof respondentContactId === 'string' || (respondentName ?? '') !== '';
}

function respondentOf({ respondentContactId, respondentName }: Draft): Draft {
  return {
    ...(respondentContactId === undefined ? {} : { respondentContactId }),
    ...(respondentName === undefined ? {} : { respondentName }),
  };
}
