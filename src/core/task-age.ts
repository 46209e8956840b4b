/** Orders ids of HubSpot tasks from the oldest on: ids grow, and beyond what a number holds exactly. */
export function byTaskAge(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : 1);
}
