import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Keeper, WAIT } from '../src/tools/journal/keeper.ts';

/** A line that answers when we let it, and remembers what it was sent. */
function line() {
  const sent: string[] = [];
  let answer: (ok: boolean) => void = () => undefined;
  const send = (text: string) => {
    sent.push(text);
    return new Promise<boolean>((done) => (answer = done));
  };
  const say = async (ok: boolean) => {
    answer(ok);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { sent, send, say };
}

describe('a page that is kept while its person types', () => {
  beforeEach(() => void vi.useFakeTimers());

  it('goes out at most every one and a half seconds, also when somebody never rests', async () => {
    const { sent, send, say } = line();
    const keeper = new Keeper('', send, () => undefined);
    for (let letter = 1; letter <= 20; letter += 1) {
      keeper.write('x'.repeat(letter));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(sent).toEqual(['x'.repeat(15)]);
    expect(keeper.keeping).toBe('keeping');
    await say(true);
    await vi.advanceTimersByTimeAsync(WAIT);
    await say(true);
    expect([sent.at(-1), keeper.keeping]).toEqual(['x'.repeat(20), 'kept']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(2);
  });

  it('says that it waits while the line has a gap, and tries again by itself', async () => {
    const { sent, send, say } = line();
    const changed = vi.fn();
    const keeper = new Keeper('', send, changed);
    keeper.write('Dear me');
    await vi.advanceTimersByTimeAsync(WAIT);
    await say(false);
    expect(keeper.keeping).toBe('waiting');
    keeper.write('Dear me,');
    expect(keeper.keeping).toBe('waiting');
    await vi.advanceTimersByTimeAsync(WAIT);
    await say(true);
    expect([sent, keeper.keeping]).toEqual([['Dear me', 'Dear me,'], 'kept']);
    expect(changed).toHaveBeenCalled();
  });

  it('is whole before anybody shares it, and never sends two at once', async () => {
    const { sent, send, say } = line();
    const keeper = new Keeper('old', send, () => undefined);
    expect(await keeper.flush()).toBe(true);
    expect(sent).toEqual([]);
    keeper.write('first');
    void keeper.flush();
    keeper.write('first and last');
    const whole = keeper.flush();
    expect(sent).toEqual(['first']);
    await say(true);
    expect(sent).toEqual(['first', 'first and last']);
    await say(true);
    expect(await whole).toBe(true);
  });

  it('takes no control character and keeps the lines', () => {
    const keeper = new Keeper('', line().send, () => undefined);
    keeper.write('a\tb\u0007c\nd\u0085');
    expect(keeper.text).toBe('a b c\nd ');
  });
});
