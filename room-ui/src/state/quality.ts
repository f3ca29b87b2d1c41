export type Quality = 'unknown' | 'good' | 'fair' | 'poor' | 'none';

export interface Sample {
  /** Round trip in milliseconds; null if the browser does not say. */
  roundTrip: number | null;
  received: number;
  lost: number;
}

/** In words, not in numbers: what the last few seconds felt like. Silence alone is not a bad line. */
export function judge(before: Sample | null, now: Sample): Quality {
  if (before === null) return 'unknown';
  const received = Math.max(0, now.received - before.received);
  const lost = Math.max(0, now.lost - before.lost);
  const loss = received + lost === 0 ? 0 : lost / (received + lost);
  const delay = now.roundTrip ?? 0;
  if (loss > 0.1 || delay > 600) return 'poor';
  return loss > 0.03 || delay > 300 ? 'fair' : 'good';
}

export interface Echoes {
  sent: number;
  /** Round trips in milliseconds, of those that came back. */
  back: readonly number[];
}

/** The door's connection test: the same scale as in the room. */
export function judgeEchoes({ sent, back }: Echoes): Quality {
  if (sent === 0 || back.length === 0) return 'none';
  const sorted = [...back].sort((one, other) => one - other);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const loss = 1 - back.length / sent;
  if (loss > 0.25 || middle > 600) return 'poor';
  return loss > 0.08 || middle > 300 ? 'fair' : 'good';
}
