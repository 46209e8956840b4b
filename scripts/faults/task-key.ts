const REFERENCE = /Reference: ([A-Za-z0-9_-]{8,64})/;

/** The key that a task of ours carries, in its own property or as the reference in its text; null where it has none. */
export function keyIn(properties: Readonly<Record<string, string | null>>): string | null {
  return properties['sci_touch_key'] ?? REFERENCE.exec(properties['hs_task_body'] ?? '')?.[1] ?? null;
}

/** The key that a note of ours carries as the reference in its text; null where it has none. */
export function noteKeyIn(properties: Readonly<Record<string, string | null>>): string | null {
  return REFERENCE.exec(properties['hs_note_body'] ?? '')?.[1] ?? null;
}
