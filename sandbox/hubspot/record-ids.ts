import type { PortalState } from './model.ts';
import { objectTypeOf } from './object-types.ts';

/** Hands out ids for records that are planned but not yet committed. */
export interface IdAllocator {
  next(type: string): string;
}

/** Ids count upward by small uneven steps, as real ones do; ids that a portal document brought along are skipped. */
export function createIdAllocator(portal: PortalState): IdAllocator {
  const planned = new Map<string, number>();
  return {
    next: (type) => {
      const floor = objectTypeOf(type).firstId;
      let id = Math.max(planned.get(type) ?? 0, portal.lastIds.get(type) ?? 0, floor);
      do id += 1 + (id % 7);
      while (portal.objects.get(type)?.has(String(id)) === true);
      planned.set(type, id);
      return String(id);
    },
  };
}
