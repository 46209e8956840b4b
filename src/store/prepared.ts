import type { Compilable, Kysely, PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import { isUnanswered } from './faults.ts';
import type { Tables } from './tables.ts';

/** A connection keeps its plan of each of these as long as it lives. */
const MOST_TEXTS = 50;
const MOST_TEXTS_OF_ALL = 400;
const ROLLBACK = /^rollback$/i;
const namesByText = new Map<string, string>();

/**
 * Runs a query that every click runs: on Postgres under a name, so that a connection parses and plans its text once. For
 * queries whose text is always the same: a list of values in it would make a new text for each length.
 */
export async function readPrepared<Row>(tx: Kysely<Tables>, query: Compilable<Row>): Promise<readonly Row[]> {
  const compiled = query.compile();
  if (!namesByText.has(compiled.sql) && namesByText.size < MOST_TEXTS) {
    namesByText.set(compiled.sql, `sci_${namesByText.size + 1}`);
  }
  return (await tx.executeQuery(compiled)).rows;
}

/**
 * The pool as Kysely takes it, with those queries sent under their names. A connection that did not answer, or on which a
 * transaction could not be undone, does not come back to the pool.
 * @param everyQuery true: all queries with parameters. For a database whose tables stay small: a plan that a connection keeps
 * does not follow a table that grows.
 */
export function withPreparedQueries(pool: pg.Pool, everyQuery = false): PostgresPool {
  const nameOf = everyQuery ? nameOfAny() : (text: string) => namesByText.get(text);
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    connect: async () => {
      const client = await pool.connect();
      const prepared = known.get(client) ?? preparing(client, nameOf);
      known.set(client, prepared);
      return prepared;
    },
    end: () => pool.end(),
    options: pool.options,
  };
}

type NameOf = (text: string, parameters: readonly unknown[]) => string | undefined;

function nameOfAny(): NameOf {
  const names = new Map<string, string>();
  return (text, parameters) => {
    if (parameters.length > 0 && !names.has(text) && names.size < MOST_TEXTS_OF_ALL)
      names.set(text, `any_${names.size + 1}`);
    return names.get(text);
  };
}

function preparing(client: pg.PoolClient, nameOf: NameOf): PostgresPoolClient {
  let isLost = false;
  return {
    query: asKyselyQuery(async (text, parameters) => {
      // Whatever followed would wait behind the statement that has no answer, the ROLLBACK too.
      if (isLost) throw new Error('Connection terminated: an earlier statement was not answered.');
      const name = nameOf(text, parameters);
      const values = [...parameters];
      try {
        return await client.query(name === undefined ? { text, values } : { name, text, values });
      } catch (error) {
        isLost ||= isUnanswered(error) || ROLLBACK.test(text);
        throw error;
      }
    }),
    release: (destroy) => {
      client.release(isLost || destroy);
    },
  };
}

/** Kysely's other form of a query takes a cursor, for streams; nothing here reads one. */
function asKyselyQuery(
  query: (text: string, parameters: readonly unknown[]) => Promise<unknown>,
): PostgresPoolClient['query'] {
  return query as PostgresPoolClient['query'];
}
