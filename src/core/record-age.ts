/** Orders ids of HubSpot records from the oldest on: ids grow, and beyond what a number holds exactly. */
export function byRecordAge(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : 1);
}
