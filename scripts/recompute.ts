/**
 * Performs findings again from an exported record, outside the product: `npm run recompute -- FILE` (or `-` for
 * standard input). Prints one JSON array; a record that cannot be read ends with status 1 and a list of its faults. An auditor's
 * export holds the stored results too: where one is not what comes out here, its id is named and the status is 1. A case that another
 * version of the method made is performed with this one's rules, and named with its version.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Claim } from '../src/core/comparison/claim.ts';
import type { SettledFinding } from '../src/core/comparison/explain.ts';
import { compareWithLaterEvidence } from '../src/core/comparison/explain.ts';
import { canonicalJson } from '../src/core/comparison/canonical.ts';
import type { Settings } from '../src/core/comparison/settings.ts';
import { LOWEST_FLOOR, METHOD_VERSION, NAMED_SETTINGS } from '../src/core/comparison/settings.ts';
import type { Count, Flag, Recency } from '../src/core/comparison/statement.ts';
import { FLAGS } from '../src/core/comparison/statement.ts';
import { COUNT_BANDS, RECENCY_BANDS } from '../src/core/model.ts';
import { VERDICTS } from '../src/core/model.ts';

type CaseFlag = Flag | 'replyAccepted';
type CaseClaim = Omit<Claim, 'owner'> & { owner?: string | null | undefined };
type Setting = keyof typeof NAMED_SETTINGS | Settings;
type Case = {
  id?: string | number | undefined;
  setting?: Setting | undefined;
  claims: CaseClaim[];
  recency: Recency | null;
  count: Count | null;
  flags: CaseFlag[];
  laterClaims?: CaseClaim[] | null | undefined;
  laterTrace?: boolean | undefined;
  firmAgainLater?: boolean | undefined;
  secondContact?: Case | null | undefined;
  methodVersion?: string | undefined;
  stored?: Stored | undefined;
};
type Stored = Pick<SettledFinding, 'verdict' | 'severity' | 'mu' | 'supported'> & { readonly rule: string };

export type RecomputedCase = Pick<SettledFinding, 'verdict' | 'severity' | 'rule' | 'mu' | 'supported'> & {
  readonly id: string | number | null;
};

/** A document that is not an exported record; `faults` names the case and the field of each. */
export class UnreadableRecordError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The record cannot be read:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'UnreadableRecordError';
    this.faults = faults;
  }
}

const MOST_FAULTS_SHOWN = 20;

const settingsFields = {
  q: z.number().min(0).max(1),
  rho: z.number().min(0).lt(1),
  sigma: z.number().positive(),
  alpha: z.number().min(0).max(1),
  floor: z.int().min(LOWEST_FLOOR),
};
const settingSchema = z.union([z.literal('C'), z.literal('M'), z.strictObject(settingsFields)]);
const claimSchema = z.strictObject({
  ageDays: z.int().nonnegative(),
  outcome: z.enum(['live', 'open']),
  tier: z.literal([0, 1, 2, 3, 4]),
  contact: z.enum(['respondent', 'other']),
  owner: z.string().nullish(),
});
const caseFields = {
  setting: settingSchema.optional(),
  claims: z.array(claimSchema),
  recency: z.enum(RECENCY_BANDS).nullable(),
  count: z.enum(COUNT_BANDS).nullable(),
  flags: z.array(z.enum([...FLAGS, 'replyAccepted'])).default([]),
  laterClaims: z.array(claimSchema).nullish(),
  laterTrace: z.boolean().optional(),
  firmAgainLater: z.boolean().optional(),
};
const idSchema = z.union([z.string(), z.number()]);
const storedSchema = z.strictObject({
  verdict: z.enum(VERDICTS),
  severity: z.literal([0, 1, 2]),
  rule: z.string(),
  mu: z.number().nullable(),
  supported: z.boolean(),
});
/** Whoever was asked after the second contact is that one's own second contact. */
const secondContactSchema: z.ZodType<Case> = z.lazy(() =>
  z.strictObject({ id: idSchema.optional(), ...caseFields, secondContact: secondContactSchema.nullish() }),
);
const caseSchema = z.strictObject({
  id: idSchema,
  ...caseFields,
  secondContact: secondContactSchema.nullish(),
  methodVersion: z.string().optional(),
  stored: storedSchema.optional(),
  askedAuditor: z.literal(true).optional(),
});
/** Findings whose reasons were not kept can be read and not performed. */
const listFields = { cases: z.array(z.unknown()), onlyStored: z.array(z.unknown()).optional() };
const documentSchema = z.strictObject({ setting: settingSchema, ...listFields });
/** The same with the settings' fields in the document itself. */
const flatDocumentSchema = z
  .strictObject({ ...settingsFields, ...listFields })
  .transform(({ cases, onlyStored: _apart, ...setting }) => ({ setting, cases }));

/** Returns one result a case, in the order given; throws UnreadableRecordError naming cases and fields. */
export function recompute(document: unknown): RecomputedCase[] {
  const { cases, setting } = readDocumentParts(document);
  return cases.map((one) => ({ id: one.id ?? null, ...resultOf(one, setting) }));
}

function readDocumentParts(document: unknown): { readonly setting: Setting; readonly cases: Case[] } {
  const isNested = typeof document === 'object' && document !== null && 'setting' in document;
  const outline = (isNested ? documentSchema : flatDocumentSchema).safeParse(document);
  if (!outline.success) throw new UnreadableRecordError(outlineFaults(outline.error));
  return { setting: outline.data.setting, cases: readCases(outline.data.cases) };
}

function readCases(cases: readonly unknown[]): Case[] {
  const faults: string[] = [];
  const read = cases.flatMap((candidate, index) => {
    const parsed = caseSchema.safeParse(candidate);
    if (parsed.success) return [parsed.data];
    faults.push(...caseFaults(parsed.error, candidate, index));
    return [];
  });
  if (faults.length > 0) throw new UnreadableRecordError(cutToLength(faults));
  return read;
}

function resultOf(one: Case, documentSetting: Setting): Omit<RecomputedCase, 'id'> {
  const { verdict, severity, rule, mu, supported } = settle(one, documentSetting);
  return { verdict, severity, rule, mu, supported };
}

function settle(one: Case, documentSetting: Setting): SettledFinding {
  const setting = one.setting ?? documentSetting;
  const settings = typeof setting === 'string' ? NAMED_SETTINGS[setting] : setting;
  const flags = one.flags.filter((flag) => flag !== 'replyAccepted');
  const { recency, count, secondContact = null } = one;
  const inputs = { claims: toClaims(one.claims), recency, count, flags };
  return compareWithLaterEvidence(inputs, settings, {
    claims: toClaims(one.laterClaims ?? []),
    trace: one.laterTrace ?? false,
    isReplyAccepted: one.flags.includes('replyAccepted'),
    secondContact: secondContact === null ? null : settle(secondContact, setting),
    isFirmAgainLater: one.firmAgainLater ?? false,
  });
}

/** An owner of null is one that nobody named. */
function toClaims(claims: readonly CaseClaim[]): Claim[] {
  return claims.map(({ owner = null, ...claim }) => (owner === null ? claim : { ...claim, owner }) as Claim);
}

/** Returns the ids of cases that another version of the method made, by that version. */
export function otherVersions(document: unknown): ReadonlyMap<string, readonly (string | number | null)[]> {
  const made = new Map<string, (string | number | null)[]>();
  for (const { methodVersion = METHOD_VERSION, id = null } of readDocumentParts(document).cases) {
    if (methodVersion === METHOD_VERSION) continue;
    made.set(methodVersion, [...(made.get(methodVersion) ?? []), id]);
  }
  return made;
}

/** Returns the ids of cases whose stored result, where the record holds one, is not what comes out here. */
export function differingIds(document: unknown): (string | number | null)[] {
  const { cases, setting } = readDocumentParts(document);
  return cases
    .filter((one) => one.stored !== undefined && !isSame(one.stored, resultOf(one, setting)))
    .map(({ id }) => id ?? null);
}

function isSame(stored: Stored, performed: Stored): boolean {
  return canonicalJson(stored) === canonicalJson(performed);
}

function outlineFaults(error: z.ZodError): string[] {
  const expected = 'expected {"setting": "C", "M" or {q, rho, sigma, alpha, floor}, "cases": [...]}';
  return [`document: ${expected}`, ...error.issues.map((issue) => `document: ${describeIssue(issue)}`)];
}

function caseFaults(error: z.ZodError, candidate: unknown, index: number): string[] {
  const id = (candidate as { id?: unknown } | null)?.id;
  const name = typeof id === 'string' || typeof id === 'number' ? ` (id ${JSON.stringify(id)})` : '';
  return error.issues.map((issue) => `cases[${index}]${name}: ${describeIssue(issue)}`);
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const path = issue.path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('');
  return path === '' ? issue.message : `${path.replace(/^\./, '')}: ${issue.message}`;
}

function cutToLength(faults: string[]): string[] {
  if (faults.length <= MOST_FAULTS_SHOWN) return faults;
  return [...faults.slice(0, MOST_FAULTS_SHOWN), `and ${faults.length - MOST_FAULTS_SHOWN} more`];
}

function readDocument(source: string): unknown {
  const text = readFileSync(source === '-' ? 0 : source, 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnreadableRecordError([`document: not JSON (${(error as Error).message})`]);
  }
}

function main(source: string | undefined): void {
  if (source === undefined) {
    process.stderr.write('Usage: npm run recompute -- FILE   (or - for standard input)\n');
    process.exitCode = 2;
    return;
  }
  try {
    const document = readDocument(source);
    const lines = recompute(document).map((result) => JSON.stringify(result));
    process.stdout.write(`[${lines.join(',\n')}]\n`);
    for (const [version, ids] of otherVersions(document))
      process.stderr.write(
        `Made with method ${version}, performed here with ${METHOD_VERSION}: ${ids.join(', ')}\n`,
      );
    const differing = differingIds(document);
    if (differing.length === 0) return;
    process.stderr.write(`Not what was stored: ${differing.join(', ')}\n`);
    process.exitCode = 1;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}

if (import.meta.main) main(process.argv[2]);
