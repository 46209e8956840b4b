/** How the customer's words reach the rep: the praise first, then the rest, nothing said twice. */

export type SaidToRep = {
  /** What the customer liked; null where the manager marked nothing. */
  readonly liked: string | null;
  /** The rest, or everything; empty where all of it is praise. */
  readonly said: string;
};

/** Returns the words in two parts where the marked praise stands in them word for word; else all of them beside the praise. */
export function splitPraise(words: string, liked: string | null): SaidToRep {
  const praise = liked?.trim() ?? '';
  if (praise === '') return { liked: null, said: words.trim() };
  const at = words.indexOf(praise);
  if (at === -1) return { liked: praise, said: words.trim() };
  const before = words.slice(0, at).trim();
  const after = words.slice(at + praise.length).trim();
  return { liked: praise, said: [before, after].filter((part) => part !== '').join(' ') };
}
