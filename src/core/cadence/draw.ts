/** The seeded draw by stratum (rep × account tier) for cycles in which capacity is below the number of accounts. */
import { byCodeUnits } from '../comparison/canonical.ts';
import type { CompanyId } from '../model.ts';
import type { Random } from '../random.ts';
import { createRandom, sampled, shuffled } from '../random.ts';

type FrameEntry = {
  readonly companyId: CompanyId;
  /** The rep's owner id, or a name for "no rep". */
  readonly repKey: string;
  readonly tier: string;
};

export type DrawInput = {
  /** The list from which accounts are drawn. */
  readonly frame: readonly FrameEntry[];
  /** How many accounts to draw: the capacity. */
  readonly size: number;
  /** At least so many of each rep, while there are as many and the size allows. */
  readonly floorPerRep: number;
  readonly seed: string;
};

export type DrawnStratum = {
  readonly repKey: string;
  readonly tier: string;
  readonly inFrame: number;
  /** In the order of the draw, which is published with the seed. */
  readonly drawn: readonly CompanyId[];
};

/**
 * Returns the draw, stratum by stratum in alphabetical order: each rep's share in proportion to their accounts by largest
 * remainder, not below the floor, and each tier's share of it likewise. Which rep or tier wins an equal remainder is drawn too,
 * so that within a stratum every account has the same chance. Equal input and seed give the same draw; the order of the frame
 * changes nothing. A size at or above the frame draws everything.
 */
export function draw(input: DrawInput): DrawnStratum[] {
  const byRep = grouped(input.frame, (entry) => entry.repKey);
  const repRandom = createRandom(`${input.seed}/reps`);
  const repShares = sharesOf(sizesOf(byRep), input.size, input.floorPerRep, repRandom);
  return [...byRep].flatMap(([repKey, entries]) => {
    const byTier = grouped(entries, (entry) => entry.tier);
    const tierRandom = createRandom(`${input.seed}/${repKey}`);
    const tierShares = sharesOf(sizesOf(byTier), repShares.get(repKey) ?? 0, 0, tierRandom);
    return [...byTier].map(([tier, stratum]) => ({
      repKey,
      tier,
      inFrame: stratum.length,
      drawn: sampled(
        stratum.map((entry) => entry.companyId).sort(byCodeUnits),
        tierShares.get(tier) ?? 0,
        createRandom(`${input.seed}/${repKey}/${tier}`),
      ),
    }));
  });
}

/** Largest remainder above a floor; no group gets more than it has. */
function sharesOf(
  sizes: ReadonlyMap<string, number>,
  wanted: number,
  floor: number,
  random: Random,
): Map<string, number> {
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const target = Math.min(Math.max(0, Math.floor(wanted)), total);
  const drawnOrder = shuffled([...sizes.keys()], random);
  const shares = new Map(drawnOrder.map((key) => [key, 0]));
  let left = giveFloors(shares, sizes, drawnOrder, target, floor);
  const claimOf = (key: string) => ((sizes.get(key) ?? 0) * target) / total - (shares.get(key) ?? 0);
  while (left > 0) {
    const open = drawnOrder.filter((key) => (shares.get(key) ?? 0) < (sizes.get(key) ?? 0));
    const next = open.reduce((best, key) => (claimOf(key) > claimOf(best) + 1e-9 ? key : best));
    shares.set(next, (shares.get(next) ?? 0) + 1);
    left -= 1;
  }
  return shares;
}

/** One each in turn, so that a size too small for all floors is shared fairly. Returns what is left of the size. */
function giveFloors(
  shares: Map<string, number>,
  sizes: ReadonlyMap<string, number>,
  drawnOrder: readonly string[],
  size: number,
  floor: number,
): number {
  let left = size;
  for (let round = 0; round < floor; round += 1) {
    for (const key of drawnOrder) {
      if (left === 0) return 0;
      if ((sizes.get(key) ?? 0) <= round) continue;
      shares.set(key, round + 1);
      left -= 1;
    }
  }
  return left;
}

function grouped(
  entries: readonly FrameEntry[],
  keyOf: (entry: FrameEntry) => string,
): Map<string, FrameEntry[]> {
  const groups = new Map<string, FrameEntry[]>();
  const sorted = [...entries].sort((a, b) => byCodeUnits(keyOf(a), keyOf(b)));
  for (const entry of sorted) {
    const group = groups.get(keyOf(entry));
    if (group === undefined) groups.set(keyOf(entry), [entry]);
    else group.push(entry);
  }
  return groups;
}

function sizesOf(groups: ReadonlyMap<string, readonly FrameEntry[]>): Map<string, number> {
  return new Map([...groups].map(([key, entries]) => [key, entries.length]));
}
