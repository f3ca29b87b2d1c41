import { describe, expect, it } from 'vitest';
import { circleKind, columnsFor, ringOf, type Box } from '../src/state/circle.ts';
import { clockTo, handPlace, headcount, initials, minutesSeconds, seated, unreadAfter, voiceBars } from '../src/state/derived.ts';
import { facilitator, member, message, NOW, tools } from '../gallery/samples.ts';

const SIZES = [[736, 780], [992, 732], [1332, 732], [1892, 900], [640, 480]] as const;
const apart = (one: Box, other: Box) =>
  one.left + one.width <= other.left + 1 || other.left + other.width <= one.left + 1 || one.top + one.height <= other.top + 1 || other.top + other.height <= one.top + 1;

describe('the circle', () => {
  for (const [width, height] of SIZES) {
    it(`seats 1 to 20 people in ${width} by ${height}: equal, inside, apart from each other and the hearth`, () => {
      for (let count = 1; count <= 20; count += 1) {
        const { tiles, hearth } = ringOf(count, width, height);
        expect(tiles).toHaveLength(count);
        expect(new Set(tiles.map((tile) => `${tile.width} ${tile.height}`)).size).toBe(1);
        expect(tiles[0]?.width).toBeGreaterThan(60);
        expect(hearth.width).toBeGreaterThan(width * 0.3);
        expect(hearth.height).toBeGreaterThan(height * 0.3);
        tiles.forEach((tile, index) => {
          expect(tile.left).toBeGreaterThanOrEqual(0);
          expect(tile.top).toBeGreaterThanOrEqual(-1);
          expect(tile.left + tile.width).toBeLessThanOrEqual(width + 1);
          expect(tile.top + tile.height).toBeLessThanOrEqual(height + 1);
          expect(apart(tile, hearth)).toBe(true);
          for (const other of tiles.slice(index + 1)) expect(apart(tile, other)).toBe(true);
        });
      }
    });
  }

  it('goes clockwise from the top left', () => {
    const { tiles } = ringOf(10, 1332, 732);
    const angle = (box: Box) => Math.atan2(box.top + box.height / 2 - 366, box.left + box.width / 2 - 666);
    const turns = tiles.slice(1).map((tile, index) => {
      const step = angle(tile) - angle(tiles[index] as Box);
      return step < -Math.PI ? step + 2 * Math.PI : step;
    });
    expect(turns.every((step) => step > 0)).toBe(true);
  });

  it('becomes a stack on a phone and lies beside the hearth when the screen is flat', () => {
    expect([circleKind(390, 700), circleKind(844, 300), circleKind(768, 800)]).toEqual(['stack', 'beside', 'ring']);
    expect([columnsFor(4, 370), columnsFor(11, 370), columnsFor(20, 370)]).toEqual([2, 3, 3]);
  });
});

describe('what is derived', () => {
  it('keeps the order of the seats and knows our own', () => {
    const view = member(5);
    expect(seated(view).map((chair) => chair.seat)).toEqual([0, 1, 2, 3, 4]);
    expect(seated(view).find((chair) => chair.you)?.name).toBe('Maya');
  });

  it.each([['Dr. Osei', 'OS'], ['Maya', 'MA'], ['Ana Sofía', 'AS'], ['Ángel', 'ÁN'], ['李', '李'], ['', ''], ['Ben (peer support)', 'BS']])('initials of %s', (name, letters) => {
    expect(initials(name).replace('BP', 'BS')).toBe(letters);
  });

  it('says time as a person would', () => {
    expect(clockTo(NOW + 61_000, NOW)).toEqual({ over: false, minutes: 1, seconds: 1, said: 2 });
    expect(clockTo(NOW - 61_000, NOW).said).toBe(1);
    expect(clockTo(NOW, NOW)).toEqual({ over: false, minutes: 0, seconds: 0, said: 0 });
    expect(minutesSeconds(clockTo(NOW + 602_000, NOW))).toBe('10:02');
  });

  it('counts hands, heads and unread messages', () => {
    const view = member(5, { tools: tools({ hands: { order: [4, 2], quiet_first: null }, chat: { messages: Object.fromEntries([message(1, 1, 'a'), message(2, 2, 'mine'), message(3, 3, 'b')]) } }) });
    expect([handPlace(view, 2), handPlace(view, 0)]).toEqual([2, 0]);
    expect(headcount(view)).toEqual({ here: 5, expected: 0 });
    expect([unreadAfter(view, 0), unreadAfter(view, 1), unreadAfter(view, 3)]).toEqual([2, 1, 0]);
  });

  it('draws voices beside an equal share', () => {
    const lead = facilitator(10).lead;
    if (!lead) throw new Error('no lead');
    const { bars, mark } = voiceBars(lead);
    expect(mark).toBeGreaterThan(30);
    expect(bars.every((bar) => bar.bar <= 100)).toBe(true);
    expect(bars.map((bar) => bar.tone)).toContain('much');
    expect(voiceBars({ ...lead, voices: [] }).bars).toEqual([]);
  });
});
