import { describe, expect, it } from 'vitest';
import { HURRY, JUMP, placeOf, stepTo } from '../src/state/film.ts';

const film = { material: 9, title: 'A film', captions: false, by: 0, running: true, position: 30_000, since: 1_000_000 };

describe('where a film is', () => {
  it('goes on while it runs, stands while it does not, and never beyond its end', () => {
    expect(placeOf(film, 1_005_000, 60)).toBe(35);
    expect(placeOf({ ...film, running: false }, 1_005_000, 60)).toBe(30);
    expect(placeOf(film, 1_500_000, 60)).toBe(60);
    expect(placeOf(film, 1_005_000, Number.NaN)).toBe(35);
    expect(placeOf(film, 990_000, 60)).toBe(30);
  });

  it('is reached by a jump when far and by hurrying or waiting when near', () => {
    expect(stepTo(10, 9, true)).toEqual({ jump: 10 });
    expect(stepTo(9, 10, true)).toEqual({ jump: 9 });
    expect(stepTo(10, 9.8, true)).toEqual({ speed: 1.06 });
    expect(stepTo(10, 10.2, true)).toEqual({ speed: 0.94 });
    expect(stepTo(10, 10.05, true)).toEqual({ speed: 1 });
    expect(stepTo(10, 9.8, false)).toEqual({ speed: 1 });
  });

  it('converges: a screen that begins anywhere is within the promise after one second', () => {
    for (const start of [0, 9.5, 9.75, 10.25, 12, 60]) {
      let at = start;
      let gap = 0;
      for (let now = 0; now < 20; now += 0.4) {
        const step = stepTo(10 + now, at, true);
        if ('jump' in step) at = step.jump;
        at += 0.4 * ('speed' in step ? step.speed : 1);
        gap = Math.abs(at - (10 + now + 0.4));
        if (now > 1) expect(gap).toBeLessThanOrEqual(JUMP);
      }
      expect(gap).toBeLessThan(HURRY * 2);
    }
  });
});
