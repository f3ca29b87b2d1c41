/** When to try again, in milliseconds after the loss: quick at first, since most losses are a blink of the network. */
const FIRST_TRIES = [0, 300, 1_200, 2_700, 4_800];
const MINUTE = 60_000;

/**
 * How long to wait before try number `attempt` (from 0), when the loss is `sinceLost` ago.
 * `luck` in 0..1 spreads a whole group that lost the same server, so that they do not come back in one wave.
 */
export function waitBeforeTry(attempt: number, sinceLost: number, luck: number): number {
  const due = FIRST_TRIES[attempt];
  if (due !== undefined) return Math.max(0, due - sinceLost);
  const every = sinceLost < MINUTE ? 2_000 : 7_000;
  return Math.round(every * (0.75 + luck * 0.5));
}

/** Ping rhythm: one every 5 s, and a socket that has not answered within 8 s is dead even if it looks open. */
export const PING_EVERY = 5_000;
export const PONG_WITHIN = 8_000;
