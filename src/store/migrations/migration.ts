/** One step forward; its statements are constants of this code. There is no way back: a mistake is mended by the next one. */
export type Migration = { readonly name: string; readonly statements: readonly string[] };
