import type { Seat, View } from '../wire/generated.ts';

/** How loud the group is for somebody who listens to an interpreter. */
export const FLOORS = ['quiet', 'off', 'full'] as const;
export type Floor = (typeof FLOORS)[number];

const LOUDNESS: Record<Floor, number> = { quiet: 0.2, off: 0, full: 1 };

/** Whether this voice reaches us at all: an interpreter's own channel goes to those only who chose it. */
export function isHeard(view: View, seat: Seat): boolean {
  const { channels, listening } = view.tools.interpreting;
  const channel = channels.find((one) => one.seat === seat);
  return !channel || channel.aloud || listening === seat;
}

/** How loud each voice plays, 0 to 1. The interpreter whom we chose is always whole; in front of everybody nobody is turned down. */
export function loudness(view: View, floor: Floor): (seat: Seat) => number {
  const { channels, listening } = view.tools.interpreting;
  const apart = channels.some((channel) => channel.seat === listening && !channel.aloud);
  return (seat) => (!apart || seat === listening ? 1 : LOUDNESS[floor]);
}
