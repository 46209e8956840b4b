/** One step of the schema, forward only. Its statements run in one transaction with the row that records its name. */
export type Migration = { readonly name: string; readonly statements: readonly string[] };
