import { canonicalJson } from '../core/comparison/canonical.ts';
import { compareWithLaterEvidence, NO_LATER_EVIDENCE } from '../core/comparison/explain.ts';
import { NAMED_SETTINGS, type Settings } from '../core/comparison/settings.ts';
import type { Claim } from '../core/comparison/claim.ts';
import type { ComparisonInputs } from '../core/comparison/finding.ts';
import { asPortalId, type ExportKind, type PortalId } from '../core/model.ts';
import type { ExportedFinding } from './export-port.ts';
import { notFound } from './person.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';
import type { FindingLater } from './finding-records.ts';

const PAGE = 500;
/** Far beyond any account's two years of findings; more would not fit a process's memory. */
const MOST_FINDINGS = 50_000;
const PSEUDONYM_BYTES = 5;

export type ExportFile = { readonly fileName: string; readonly body: string };

/**
 * The file behind a link, once. The link carries the account and a secret of which only the hash is stored.
 * @throws not_found for a link that is unknown, used or over
 */
export async function deliverExport(deps: Deps, token: string): Promise<ExportFile> {
  const [, portal = '', secret = ''] = /^(\d{1,15})\.([0-9a-f]{64})$/.exec(token) ?? [];
  if (secret === '') throw notFound();
  const portalId = asPortalId(Number(portal));
  return deps.store.inTenant(portalId, async (scope) => {
    const now = deps.clock.now();
    const link = await deps.store.exports.use(scope, deps.ids.sha256(secret), now);
    if (link === null) throw notFound();
    const body =
      link.kind === 'findings' ? await findingsDocument(deps, scope) : await programDocument(deps, scope);
    await deps.store.audit.append(scope, {
      at: now,
      actor: `user:${link.requestedBy}`,
      action: 'downloadExport',
      subject: link.exportId,
      outcome: link.kind,
      requestId: null,
    });
    return { fileName: fileNameOf(portalId, link.kind, now), body };
  });
}

function fileNameOf(portalId: PortalId, kind: ExportKind, now: Date): string {
  return `service-check-in-${portalId}-${kind}-${now.toISOString().slice(0, 10)}.json`;
}

/**
 * Every settled finding in the shape that `npm run recompute` reads, with the stored result beside each. Those of a version that
 * did not keep what came later, and whose result came of that, stand apart with their stored result alone.
 */
async function findingsDocument(deps: Deps, scope: TenantScope): Promise<string> {
  const secret = await deps.store.portals.touchKeySecret(scope);
  const pseudonymOf = (ownerId: string) =>
    Buffer.from(deps.ids.hmac(secret, `owner:${ownerId}`))
      .subarray(0, PSEUDONYM_BYTES)
      .toString('hex');
  const cases: string[] = [];
  const onlyStored: string[] = [];
  let after = '';
  while (cases.length + onlyStored.length < MOST_FINDINGS) {
    const page = await deps.store.exports.findings(scope, after, PAGE);
    for (const finding of page) {
      if (isWithoutItsReason(finding)) onlyStored.push(canonicalJson(storedOf(finding)));
      else cases.push(canonicalJson(caseOf(finding, pseudonymOf)));
    }
    after = page.at(-1)?.findingId ?? after;
    if (page.length < PAGE) break;
  }
  const rest = onlyStored.length === 0 ? '' : `,"onlyStored":[\n${onlyStored.join(',\n')}\n]`;
  return `{"setting":${canonicalJson(NAMED_SETTINGS.C)},"cases":[\n${cases.join(',\n')}\n]${rest}}\n`;
}

/** True where what came later was not kept, and the facts alone give another result than the stored one. */
function isWithoutItsReason({ result, later, supported }: ExportedFinding): boolean {
  if (later !== null) return false;
  const { inputs, thresholds } = result;
  const alone = compareWithLaterEvidence(
    inputs as ComparisonInputs,
    thresholds as Settings,
    NO_LATER_EVIDENCE,
  );
  return alone.verdict !== result.verdict || alone.supported !== supported;
}

type Pseudonyms = (ownerId: string) => string;

function storedOf({ findingId, result, supported }: ExportedFinding) {
  const { verdict, severity, rule, mu, methodVersion } = result;
  return { id: findingId, methodVersion, stored: { verdict, severity, rule, mu, supported } };
}

function caseOf(finding: ExportedFinding, pseudonymOf: Pseudonyms) {
  const asked = finding.askedAuditorAt === null ? {} : { askedAuditor: true };
  return { ...storedOf(finding), ...partsOf(finding.result, finding.later, pseudonymOf), ...asked };
}

/** One statement with what came after it; a second contact is a case of its own inside. */
function partsOf(
  made: { readonly inputs: unknown; readonly thresholds: unknown },
  later: FindingLater | null,
  pseudonymOf: Pseudonyms,
): Record<string, unknown> {
  const { claims, recency, count, flags } = made.inputs as ComparisonInputs;
  const hidden = (all: readonly Claim[]) => all.map((claim) => withPseudonym(claim, pseudonymOf));
  const second = later?.secondContact ?? null;
  return {
    setting: made.thresholds,
    claims: hidden(claims),
    recency,
    count,
    flags: later?.isReplyAccepted === true ? [...flags, 'replyAccepted'] : flags,
    ...(later === null ? {} : { laterClaims: hidden(later.claims), laterTrace: later.trace }),
    ...(later?.isFirmAgainLater === true ? { firmAgainLater: true } : {}),
    ...(second === null ? {} : { secondContact: partsOf(second, second.later, pseudonymOf) }),
  };
}

function withPseudonym(claim: Claim, pseudonymOf: Pseudonyms): Claim {
  return claim.owner === undefined ? claim : { ...claim, owner: pseudonymOf(claim.owner) };
}

/** The rules of every version, what was announced, and what was measured: nothing about any finding. */
async function programDocument(deps: Deps, scope: TenantScope): Promise<string> {
  const program = await deps.store.programs.current(scope);
  const announcement = await deps.store.programs.announcement(scope);
  const measured = await deps.store.recall.newest(scope);
  const isAuditIntact = await deps.store.audit.verify(scope);
  return `${JSON.stringify({ program, announcement, measured, isAuditIntact }, null, 2)}\n`;
}
