import { useState } from 'react';

/**
 * The rows of a list with the one whose panel is open, also once that has left the list: the page is read again behind an open
 * panel, and what somebody types there must not go with the row.
 */
export function useHeldRow<Row>(rows: Row[], keyOf: (row: Row) => string) {
  const [held, setHeld] = useState<Row | null>(null);
  const isGone = held !== null && !rows.some((row) => keyOf(row) === keyOf(held));
  return {
    rows: isGone ? [...rows, held] : rows,
    hold: setHeld,
    letGo: (): void => {
      setHeld(null);
    },
  };
}
