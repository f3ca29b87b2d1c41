import type { VideoView } from '../wire/generated.ts';

/** Seconds that a screen may be apart from the others before it jumps, and before it hurries or waits. */
export const JUMP = 0.3;
export const HURRY = 0.08;

/** Where the film should be now, in seconds. `now` is the server's time in milliseconds; `length` is not known before the film is loaded. */
export function placeOf(film: VideoView, now: number, length: number): number {
  const run = film.running ? Math.max(0, now - film.since) : 0;
  const place = (film.position + run) / 1_000;
  return Number.isFinite(length) && length > 0 ? Math.min(place, length) : place;
}

export type Step = { jump: number } | { speed: number };

/** What one screen does to be where the others are: little differences are walked off, so that nobody hears a jump. */
export function stepTo(place: number, at: number, running: boolean): Step {
  const behind = place - at;
  if (Math.abs(behind) > JUMP) return { jump: place };
  if (!running || Math.abs(behind) < HURRY) return { speed: 1 };
  return { speed: behind > 0 ? 1.06 : 0.94 };
}
