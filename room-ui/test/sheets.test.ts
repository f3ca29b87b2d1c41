import { describe, expect, it } from 'vitest';
import { Sheets, SomebodyElse, type Entry, type Home, type Page } from '../src/state/sheets.ts';

const PAGE: Page = { reader: '7', title: 'The worry slip', prompts: ['What now?'], text: '' };

/** A house that answers as the real one does, and loses what it is told to lose. */
function house() {
  const given = new Map<string, string>();
  const written: { home: string; entry: Entry }[] = [];
  const versions = new Map<string, number>();
  const arrived = new Set<string>();
  const trouble = { begin: 0, lost: 0, unreachable: 0, other: false };
  let tokens = 0;
  const home: Home = {
    async begin(_, once) {
      if (trouble.other) throw new SomebodyElse();
      if (trouble.begin-- > 0) return null;
      if (!given.has(once)) given.set(once, String(given.size + 1));
      return given.get(once) ?? null;
    },
    async write(home, entry) {
      if (trouble.unreachable-- > 0) throw new Error('no net');
      const version = versions.get(home) ?? 0;
      if (!arrived.has(entry.once)) {
        if (entry.seen !== version) return 'elsewhere';
        arrived.add(entry.once);
        written.push({ home, entry });
        versions.set(home, version + 1);
      }
      if (trouble.lost-- > 0) throw new Error('the answer did not come');
      return 'kept';
    },
    token: () => `token-${(tokens += 1)}`,
  };
  const elsewhere = (home: string) => versions.set(home, (versions.get(home) ?? 0) + 1);
  return { home, given, written, trouble, elsewhere };
}

function sheet() {
  const there = house();
  const sheets = new Sheets(there.home);
  const type = (words: string, name = 'answer-0') => sheets.write('slip', PAGE, name, words);
  return { ...there, sheets, type };
}

describe('what somebody writes while the group reads', () => {
  it('goes nowhere until they keep it, and stays what it was when the sheet is shown again', () => {
    const { sheets, given, type } = sheet();
    type('Half past five');
    expect([sheets.answer('slip', 'answer-0'), sheets.keeping('slip'), given.size]).toEqual(['Half past five', 'open', 0]);
    expect(sheets.unkept()).toEqual([{ item: 'slip', title: 'The worry slip', keeping: 'open' }]);
    type('  ');
    expect(sheets.unkept(), 'nothing is written any more').toEqual([]);
  });

  it('is kept once, however often the button is pressed', async () => {
    const { sheets, given, written, type } = sheet();
    type('Half past five');
    expect(await Promise.all([sheets.keep('slip'), sheets.keep('slip'), sheets.keep('slip')])).toEqual([true, true, true]);
    expect([given.size, written.length, sheets.keeping('slip'), sheets.unkept().length]).toEqual([1, 1, 'kept', 0]);
    expect(await sheets.keep('slip')).toBe(true);
    expect(written).toHaveLength(1);
  });

  it('is kept for nobody else, and is gone once somebody else is signed in', async () => {
    const { sheets, given, trouble, type } = sheet();
    type('Half past five');
    trouble.other = true;
    expect(await sheets.keep('slip')).toBe(false);
    expect([given.size, sheets.unkept().length, sheets.answer('slip', 'answer-0')]).toEqual([0, 0, '']);
  });

  it('goes on in the same piece of homework', async () => {
    const { sheets, given, written, type } = sheet();
    type('Half past five');
    await sheets.keep('slip');
    type('Rent', 'answer-1');
    expect(sheets.keeping('slip')).toBe('open');
    expect(sheets.unkept()).toHaveLength(1);
    await sheets.keep('slip');
    expect([given.size, written.at(-1)?.entry.seen, written.at(-1)?.entry.answers]).toEqual([1, 1, { 'answer-0': 'Half past five', 'answer-1': 'Rent' }]);
  });

  it('is still here when keeping it did not work, and is kept once when it does', async () => {
    const { sheets, given, written, trouble, type } = sheet();
    type('Half past five');
    trouble.begin = 1;
    expect([await sheets.keep('slip'), sheets.keeping('slip'), sheets.unkept().length]).toEqual([false, 'trouble', 1]);
    trouble.unreachable = 1;
    expect(await sheets.keep('slip')).toBe(false);
    // It arrived, and nobody heard so; meanwhile they wrote more.
    trouble.lost = 1;
    expect(await sheets.keep('slip')).toBe(false);
    type('At six');
    expect(await sheets.keep('slip')).toBe(true);
    expect([given.size, written.map(({ entry }) => entry.answers['answer-0'])]).toEqual([1, ['Half past five', 'At six']]);
  });

  it('writes over nothing that was written elsewhere meanwhile', async () => {
    const { sheets, given, written, elsewhere, type } = sheet();
    type('Half past five');
    await sheets.keep('slip');
    elsewhere('1');
    type('At six');
    expect(await sheets.keep('slip')).toBe(true);
    expect([given.size, written.at(-1)?.home, written.at(-1)?.entry.answers]).toEqual([2, '2', { 'answer-0': 'At six' }]);
  });

  it('does not become one more each time when it cannot be read at all', async () => {
    const { sheets, given, home, type } = sheet();
    home.write = () => Promise.resolve('no');
    type('Half past five');
    for (let press = 0; press < 4; press += 1) expect(await sheets.keep('slip')).toBe(false);
    expect([given.size, sheets.keeping('slip'), sheets.unkept().length]).toEqual([1, 'trouble', 1]);
  });

  it('becomes one more when another device wrote into it before the first word arrived', async () => {
    const { sheets, given, written, trouble, elsewhere, type } = sheet();
    type('Half past five');
    trouble.unreachable = 1;
    expect(await sheets.keep('slip')).toBe(false);
    elsewhere('1');
    expect(await sheets.keep('slip')).toBe(true);
    expect([given.size, written.length, written[0]?.home]).toEqual([2, 1, '2']);
  });

  it('that was written while it was being kept is not called kept', async () => {
    const { sheets, type } = sheet();
    type('Half past five');
    const keeping = sheets.keep('slip');
    type('At six');
    await keeping;
    expect([sheets.keeping('slip'), sheets.unkept().length]).toEqual(['open', 1]);
  });

  it('lets nobody go before they said what becomes of it', async () => {
    const { sheets, type } = sheet();
    await sheets.settled();
    type('Half past five');
    let gone = false;
    const going = sheets.settled().then(() => (gone = true));
    await Promise.resolve();
    expect(gone).toBe(false);
    await sheets.keep('slip');
    await going;
    type('At six');
    const again = sheets.settled();
    sheets.forget('slip');
    await again;
    expect(sheets.answer('slip', 'answer-0')).toBe('');
  });

  it('takes an article along without a word of one’s own', async () => {
    const { sheets, given, written } = sheet();
    expect(await sheets.keep('article', { reader: '7', title: 'Naming a feeling', prompts: [], text: 'Most of us' })).toBe(true);
    expect([given.size, written.length, sheets.keeping('article')]).toEqual([1, 0, 'kept']);
    expect(await sheets.keep('nothing')).toBe(false);
  });
});
