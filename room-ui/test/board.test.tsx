import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DRAWN, thing } from '../gallery/board.ts';
import { BoardFeed, type BoardChange, reads } from '../src/state/board_feed.ts';
import { beats, BoardSync, pause, type Local } from '../src/state/board_sync.ts';
import { place, type Box } from '../src/tools/board/place.ts';
import { bound, fromWire, isAllowed, toWire } from '../src/tools/board/elements.ts';
import type { BoardElement } from '../src/wire/generated.ts';
import { shown } from './shown.tsx';

const local = (id: string, version: number, versionNonce = 5, isDeleted = false): Local => ({ id, version, versionNonce, isDeleted });
const wire = (id: string, version: number, nonce = 5): BoardElement => thing(id, { version, nonce });
const asWire = (one: Local): BoardElement | null => (one.id.startsWith('image') ? null : thing(one.id, { version: one.version, nonce: one.versionNonce, gone: one.isDeleted }));
const news = (elements: BoardElement[], gone: [string, number][] = [], whole = false): BoardChange => ({ whole, elements, gone });
const ours = (...all: Local[]) => new Map(all.map((one) => [one.id, one]));
const ids = (all: readonly { id: string }[]) => all.map(({ id }) => id);

describe('the whiteboard in the room', () => {
  it('says whether one may draw, and whether a name stands at the cursor', () => {
    expect(shown('member-board')).toMatch(/Circle of control You can draw and write here\. Your name stands at your cursor\. Smaller.*The whiteboard is coming\./);
    expect(shown('member-board-empty')).toMatch(/Whiteboard You can draw and write here\. Your name is not shown\..*What is written on it \(0\) Nothing is written on it yet/);
    expect(shown('member-board-looking')).toContain('Others are drawing. You can look around.');
  });
  it('lists its words for whoever hears the room, from top to bottom', () => {
    expect(shown('member-board')).toMatch(/What is written on it \(6\) Not mine to steer what my boss thinks I can have a say in it In my hands the tone I choose when I go to bed/);
  });
  it('is led from the guide only', () => {
    expect(shown('lead-board', 'guide')).toMatch(/Whiteboard Some people Maya, Lucía Change who may draw Names at the cursors Clear what was drawn Put the board away/);
    expect(shown('lead-board-cleared', 'guide')).toMatch(/Everybody Change who may draw.*Bring back what was cleared/);
    expect(shown('member-board', 'guide')).not.toContain('Put the board away');
  });
  it('lies at a table beside its task, its note and the ways out, and says who will see it', () => {
    const text = shown('member-table-board');
    expect(text).toMatch(/Table 1 · all back in 9 minutes Tell each other one thing.*bring back.*Call a facilitator Back to the circle Circle of control Only your table sees it now\. Later the recap shows it to everybody\..*The whiteboard is coming\./);
    expect(text).not.toContain('A whiteboard for this table');
    expect(shown('member-table')).toMatch(/A whiteboard for this table What is on it An empty board Map of feelings.*Open it at this table Only the people at that table see it/);
    expect(shown('member-out-board')).toMatch(/The others are at small tables\..*Circle of control You can draw and write here/);
  });
  it('is laid on every table from the guide, which says where one lies and never what is on it', () => {
    const text = shown('lead-table-board', 'guide');
    expect(text).toMatch(/visited 2 min ago · has a note · has a whiteboard.*Table 3.*not visited yet Visit.*A whiteboard for every table.*Open one at every table/);
    expect(text).toMatch(/Whiteboard Table 1 Names at the cursors Clear what was drawn Put the board away/);
    expect(text).not.toMatch(/Change who may draw|my boss/);
    expect(shown('lead-all-boards', 'guide')).not.toContain('A whiteboard for every table');
    expect(shown('lead-all-boards', 'guide').match(/has a whiteboard/g)).toHaveLength(2);
  });
  it('loads nothing from another host, and stays out of the first load', () => {
    const config = readFileSync('vite.config.ts', 'utf8');
    expect(config).toContain("boardBundle('board/', 'board.js')");
    expect(readFileSync('src/tools/board/index.tsx', 'utf8')).not.toContain('@excalidraw');
  });
});

describe('the board’s feed', () => {
  it('keeps what was told, and says what went', () => {
    const feed = new BoardFeed();
    const heard: BoardChange[] = [];
    const off = feed.subscribe((change) => heard.push(change));
    feed.take({ is: 'drawn', to: { board: 0, revision: 2 }, whole: true, elements: [wire('a', 1), wire('b', 1)], gone: [] });
    feed.take({ is: 'drawn', to: { board: 0, revision: 4 }, whole: false, elements: [wire('a', 2)], gone: [['b', 3]] });
    expect([...feed.elements.values()].map((one) => [one.id, one.version])).toEqual([['a', 2]]);
    expect([feed.drawn?.revision, heard[1]?.gone]).toEqual([4, [['b', 3]]]);
    off();
    feed.take({ is: 'drawn', to: { board: 1, revision: 0 }, whole: true, elements: [], gone: [] });
    expect([feed.elements.size, heard.length]).toEqual([0, 2]);
    feed.take({ is: 'drawn', to: { board: 1, revision: 1 }, whole: false, elements: [wire('c', 1)], gone: [] });
    expect([ids(feed.on(0)), ids(feed.on(1)), ids(feed.on(2))], 'of the board that was told, and of no other').toEqual([[], ['c'], []]);
  });
  it('says of a board told anew what is no longer there', () => {
    const feed = new BoardFeed();
    feed.take({ is: 'drawn', to: { board: 0, revision: 2 }, whole: true, elements: [wire('a', 1), wire('b', 1), wire('c', 1)], gone: [] });
    let change: BoardChange | null = null;
    feed.subscribe((told) => (change = told));
    feed.take({ is: 'drawn', to: { board: 0, revision: 9 }, whole: true, elements: [wire('a', 1)], gone: [['c', 4]] });
    expect(change).toEqual({ whole: true, elements: [wire('a', 1)], gone: [['c', 4], ['b', 0]] });
  });
  it('reads words in the order in which they lie', () => {
    const feed = new BoardFeed();
    feed.take({ is: 'drawn', to: { board: 0, revision: 1 }, whole: true, elements: [...DRAWN].reverse(), gone: [] });
    expect(feed.written(0).map(reads)[0]).toBe('Not mine to steer');
    expect(feed.written(0)).toHaveLength(6);
    expect(feed.written(1), 'nothing of a board that was told before this one').toEqual([]);
  });
});

describe('cursors', () => {
  it('reach whoever listens, and ours goes out', () => {
    const [heard, sent]: [unknown[], unknown[]] = [[], []];
    const feed = new BoardFeed((x, y) => sent.push([x, y]));
    const off = feed.onPoint((point) => heard.push(point.number));
    feed.hear({ is: 'pointed', number: 7, seat: null, x: 1, y: 2 });
    off();
    feed.hear({ is: 'pointed', number: 8, seat: null, x: 1, y: 2 });
    feed.point(3, 4);
    expect([heard, sent]).toEqual([[7], [[3, 4]]]);
  });
});

describe('keeping step', () => {
  it('follows the rule of the server', () => {
    expect(beats({ version: 2, nonce: 9 }, { version: 1, nonce: 1 })).toBe(true);
    expect(beats({ version: 2, nonce: 1 }, { version: 2, nonce: 9 })).toBe(true);
    expect(beats({ version: 2, nonce: 9 }, { version: 2, nonce: 9 })).toBe(false);
  });
  it('sends what is new once, in parts, and the newest of each', () => {
    const sync = new BoardSync(asWire, [wire('old', 3)]);
    expect(sync.drew([local('old', 3)])).toBe(false);
    expect(sync.drew([local('old', 3), local('a', 1), local('a', 2), local('never', 1, 5, true), local('image-1', 1)])).toBe(true);
    expect(sync.take(0).map((one) => [one.id, one.version])).toEqual([['a', 2]]);
    expect(sync.take(0)).toEqual([]);
    expect(sync.drew([local('a', 2)])).toBe(false);
    sync.drew(Array.from({ length: 100 }, (_, at) => local(`n${at}`, 1)));
    expect([sync.take(0).length, sync.take(0).length, sync.take(0).length]).toEqual([60, 40, 0]);
  });
  it('puts back what did not go out, unless it was drawn over', () => {
    const sync = new BoardSync(asWire, []);
    sync.drew([local('a', 1), local('b', 1)]);
    const batch = sync.take(0);
    sync.drew([local('a', 2)]);
    sync.again(batch);
    expect(sync.take(0).map((one) => [one.id, one.version])).toEqual([['a', 2], ['b', 1]]);
  });
  it('takes a no back, and sends the same thing again only when it is drawn again', () => {
    const sync = new BoardSync(asWire, [wire('theirs', 1)]);
    sync.drew([local('theirs', 2), local('mine', 1)]);
    const batch = sync.take(0);
    sync.refused(batch, new Map([['theirs', wire('theirs', 1)]]));
    expect(sync.drew([local('theirs', 1)])).toBe(false);
    expect(sync.drew([local('theirs', 2)])).toBe(true);
  });
  it('puts the newer of two versions onto the canvas', () => {
    const sync = new BoardSync(asWire, []);
    expect(ids(sync.heard(news([wire('a', 3)]), ours(local('a', 2)), 0).put)).toEqual(['a']);
    expect(ids(sync.heard(news([wire('a', 3)]), ours(local('a', 4)), 0).put)).toEqual([]);
    expect(ids(sync.heard(news([wire('b', 1)]), ours(), 0).put)).toEqual(['b']);
    sync.drew([local('c', 7)]);
    expect(ids(sync.heard(news([wire('c', 6)]), ours(local('c', 7)), 0).put), 'ours is on its way and newer').toEqual([]);
    expect(ids(sync.take(0))).toEqual(['c']);
    sync.drew([local('d', 7)]);
    sync.heard(news([wire('d', 8)]), ours(local('d', 7)), 0);
    expect(ids(sync.take(0)), 'theirs is newer: ours need not go').toEqual([]);
  });
  it('brings back with a higher version what somebody took away', () => {
    const sync = new BoardSync(asWire, [wire('a', 3)]);
    expect(sync.heard(news([], [['a', 9]]), ours(local('a', 3)), 0).drop).toEqual(['a']);
    sync.drew([local('a', 5)]);
    expect(sync.take(0).map((one) => one.version)).toEqual([10]);
  });
  it('sends again what a broken server forgot, if it was drawn a moment ago', () => {
    const sync = new BoardSync(asWire, [wire('old', 1)]);
    sync.drew([local('new', 1), local('gone', 1)]);
    sync.take(1_000);
    const there = ours(local('old', 1), local('new', 1), local('gone', 2, 5, true));
    expect(sync.heard(news([], [['old', 0], ['new', 0], ['gone', 0]], true), there, 4_000).drop).toEqual(['old', 'gone']);
    expect(ids(sync.take(4_000))).toEqual(['new']);
    expect(sync.heard(news([], [['new', 0]], true), there, 60_000).drop).toEqual(['new']);
  });
  it('sends long strokes less often', () => {
    expect([pause(0), pause(1_200), pause(100_000)]).toEqual([140, 240, 600]);
  });
});

describe('what a thing is on the wire', () => {
  it('comes back as it went', () => {
    for (const one of DRAWN) expect(toWire(fromWire(one)), one.id).toEqual(one);
  });
  it('has neither links nor pictures nor anything that the board does not know', () => {
    const note = { ...fromWire(thing('a', {})), link: 'https://elsewhere.example', customData: { a: 1 }, frameId: 'f' };
    expect(JSON.stringify(toWire(note as never))).not.toMatch(/elsewhere|customData|frameId/);
    for (const type of ['image', 'iframe', 'embeddable', 'frame', 'magicframe', 'selection']) {
      expect(isAllowed({ type }), type).toBe(false);
      expect(toWire({ ...note, type } as never), type).toBe(null);
    }
  });
  it('is bent into what the server takes', () => {
    const odd = { ...fromWire(thing('a', {})), strokeColor: 'red', backgroundColor: 'url(x)', strokeWidth: 1.6, opacity: 250, x: Number.NaN, seed: -1 };
    expect(toWire(odd as never)).toMatchObject({ stroke: '#1e1e1e', fill: 'transparent', width: 2, opacity: 100, x: 0, seed: 4294967295 });
    const words = DRAWN.find((one) => one.kind === 'text')!;
    const typed = { ...fromWire(words), text: 'a\tb\r\nc\u0007d', fontFamily: 99, fontSize: 4_000 };
    expect(toWire(typed as never)?.words).toMatchObject({ text: 'a b\ncd', font: 5, size: 400 });
    expect(toWire({ ...typed, text: 'x'.repeat(9_000) } as never)?.words?.text).toHaveLength(2_000);
  });
  it('keeps the shape of a very long stroke', () => {
    const points = Array.from({ length: 9_001 }, (_, at) => [at, at % 7] as [number, number]);
    const stroke = { ...fromWire(DRAWN.find((one) => one.kind === 'freedraw')!), points };
    const flat = toWire(stroke as never)!.points;
    expect(flat.length).toBeLessThanOrEqual(4_000);
    expect(flat.slice(-2)).toEqual([9_000, 5]);
    expect(toWire({ ...stroke, points: [[3, 4]] } as never)!.points, 'a dot has two ends').toEqual([3, 4, 3, 4]);
  });
  it('says of a note what stands in it, and of a thing which arrow points at it', () => {
    const inside = DRAWN.find((one) => one.id === 'note-words')!;
    const all = [thing('note', {}), { ...inside, words: { ...inside.words!, inside: 'note' } }, thing('arrow', { kind: 'arrow', points: [0, 0, 5, 5], ends: { head: true, tail: false, from: null, to: { id: 'note', focus: 0, gap: 1 } } })];
    const made = bound(all.map(fromWire));
    expect(made[0]!.boundElements).toEqual([{ id: 'note-words', type: 'text' }, { id: 'arrow', type: 'arrow' }]);
    expect(bound(made)[0], 'and keeps it as it is when nothing changed').toBe(made[0]);
  });
});

describe('a note that is written instead of drawn', () => {
  const box = (x: number, y: number, width: number, height: number, locked = false): Box => ({ x, y, width, height, locked });
  const covers = (one: Box, at: { x: number; y: number }) => one.x < at.x + 240 && at.x < one.x + one.width && one.y < at.y + 60 && at.y < one.y + one.height;
  it('lies under the words it belongs to, in the middle', () => {
    const heading = box(100, 50, 300, 25, true);
    expect(place([heading], heading)).toEqual({ x: 130, y: 91 });
  });
  it('lies under the last one there, and inside a printed frame', () => {
    const heading = box(100, 50, 300, 25, true);
    const there = [heading, box(0, 0, 900, 900, true), box(130, 91, 240, 60)];
    expect(place(there, heading)).toEqual({ x: 130, y: 167 });
  });
  it('has a place on an empty board, and below what is drawn where no words are named', () => {
    expect(place([], null)).toEqual({ x: 80, y: 120 });
    expect(place([box(20, 10, 50, 400), box(300, 10, 50, 40)], null)).toEqual({ x: 20, y: 426 });
  });
  it('never lies on top of anything drawn, however full the board is', () => {
    const there: Box[] = [];
    for (let made = 0; made < 200; made += 1) {
      const at = place(there, made % 3 === 0 ? null : (there[made % there.length] ?? null));
      expect(there.some((one) => covers(one, at))).toBe(false);
      there.push(box(at.x, at.y, 240, 60));
    }
  });
});
