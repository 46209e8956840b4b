type InstantsOf<Row> = { [Name in keyof Row]-?: Date extends Row[Name] ? Name : never }[keyof Row] & string;

const names = new Map<string, string>();

/**
 * Returns what gives a row that was read as JSON back as the driver gives it: names in camelCase, instants as dates. Days,
 * numbers and stored JSON are the same either way.
 * @param instants each field that holds an instant: the type leaves none out
 */
export function jsonRowReader<Row>(
  instants: Readonly<Record<InstantsOf<Row>, true>>,
): (row: Readonly<Record<string, unknown>>) => Row {
  const isInstant = new Set<string>(Object.keys(instants));
  return (row) => {
    const read: Record<string, unknown> = {};
    for (const [column, value] of Object.entries(row)) {
      const name = camelCase(column);
      read[name] = typeof value === 'string' && isInstant.has(name) ? new Date(value) : value;
    }
    // The caller names the row's type: the columns were selected by its names.
    return read as Row;
  };
}

function camelCase(column: string): string {
  const known = names.get(column);
  if (known !== undefined) return known;
  const name = column.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
  names.set(column, name);
  return name;
}
