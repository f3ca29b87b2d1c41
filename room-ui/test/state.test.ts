import { describe, expect, it } from 'vitest';
import { EMPTY, FLOAT_FOR, reduce, type RoomState } from '../src/state/room_state.ts';
import { merge } from '../src/state/merge.ts';
import { waitBeforeTry } from '../src/state/resume.ts';
import { answered, asked, forgetAnswers, maySend, OFF, toAsk, told, want } from '../src/state/own.ts';
import { askForDtx } from '../src/state/sdp.ts';
import { layerFor, wantsFor } from '../src/state/wants.ts';
import { judge, judgeEchoes } from '../src/state/quality.ts';
import type { FromRoom } from '../src/wire/generated.ts';
import { facilitator, member, message, NOW, tools } from '../gallery/samples.ts';

describe('merge patch', () => {
  // The examples of RFC 7396, appendix A.
  const cases: [unknown, unknown, unknown][] = [
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [['a', 'b'], ['c', 'd'], ['c', 'd']],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ];
  it.each(cases)('%j with %j', (target, patch, result) => expect(merge(target, patch)).toEqual(result));

  it('leaves what did not change as it is, and does not touch prototypes', () => {
    const target = { kept: { deep: 1 }, changed: 1 };
    const merged = merge(target, JSON.parse('{"changed":2,"__proto__":{"bad":true}}')) as typeof target & { bad?: boolean };
    expect(merged.kept).toBe(target.kept);
    expect(merged.bad).toBeUndefined();
    expect(target.changed).toBe(1);
  });
});

describe('resume', () => {
  it('tries at 0, 0.3, 1.2, 2.7 and 4.8 s after the loss', () => {
    let at = 0;
    const tries = [0, 1, 2, 3, 4].map((attempt) => (at += waitBeforeTry(attempt, at, 0.5)));
    expect(tries).toEqual([0, 300, 1_200, 2_700, 4_800]);
  });

  it('then about every 2 s for a minute and every 7 s after, never in step with others', () => {
    expect(waitBeforeTry(5, 5_000, 0)).toBe(1_500);
    expect(waitBeforeTry(5, 5_000, 1)).toBe(2_500);
    expect(waitBeforeTry(40, 59_999, 0.5)).toBe(2_000);
    expect(waitBeforeTry(40, 60_000, 0.5)).toBe(7_000);
  });

  it('does not wait for a moment that has passed', () => expect(waitBeforeTry(1, 2_000, 0.5)).toBe(0));
});

const send = (state: RoomState, sent: FromRoom) => reduce(state, { is: 'message', message: sent, at: NOW });
const live = send(EMPTY, { is: 'view', seq: 7, now: NOW + 500, seats: 20, view: member(5) });

describe('the picture of the room', () => {
  it('takes a view, then patches in order', () => {
    const after = send(live, { is: 'patch', seq: 8, now: NOW, patch: { without_leader: true, running: null } });
    expect([after.link, after.seq, after.seats, after.view?.without_leader]).toEqual(['live', 8, 20, true]);
    expect(after.view?.running).toBeUndefined();
    expect(live.ahead).toBe(500);
  });

  it('asks for everything again when a patch is missing, and ignores one it has', () => {
    const torn = send(live, { is: 'patch', seq: 9, now: NOW, patch: { title: 'Other' } });
    expect([torn.torn, torn.seq, torn.view?.title]).toEqual([true, null, 'Steady Ground']);
    expect(send(live, { is: 'patch', seq: 7, now: NOW, patch: { title: 'Other' } })).toBe(live);
    const whole = send(torn, { is: 'view', seq: 12, now: NOW, seats: 20, view: member(6) });
    expect([whole.torn, whole.seq]).toEqual([false, 12]);
  });

  it('puts out the speaking rings while reconnecting', () => {
    const speaking = send(live, { is: 'speech', speaking: [3] });
    expect(reduce(speaking, { is: 'link', link: 'reconnecting' }).speaking).toEqual([]);
  });

  it('stays over once it is over', () => {
    const over = send(live, { is: 'bye', farewell: 'replaced' });
    expect(reduce(over, { is: 'link', link: 'live' }).link).toBe('over');
    expect(over.farewell).toBe('replaced');
  });

  it('lets reactions float for a while and no longer', () => {
    const floating = send(live, { is: 'reacted', seat: 1, kind: 'heart' });
    expect(floating.floating).toHaveLength(1);
    expect(reduce(floating, { is: 'moment', at: NOW + FLOAT_FOR - 1 })).toBe(floating);
    expect(reduce(floating, { is: 'moment', at: NOW + FLOAT_FOR }).floating).toHaveLength(0);
  });
});

describe('what is said aloud', () => {
  const keys = (before: RoomState, patch: unknown) => send(before, { is: 'patch', seq: 8, now: NOW, patch }).news.map((news) => news.key);

  it('says whose turn it is, and when it is our own', () => {
    const turn = (seat: number) => ({ tools: { go_round: { prompt: 'x', turn: { seat, since: NOW, until: NOW }, waiting: [], had: [] } } });
    expect(keys(live, turn(1))).toEqual(['room-news-go-round', 'room-news-turn']);
    expect(keys(live, turn(2))).toEqual(['room-news-go-round', 'room-news-your-turn']);
  });

  it('says phases, messages of others, hands and who came or went', () => {
    expect(keys(live, { running: { index: 3 } })).toEqual(['room-news-phase-discuss']);
    expect(keys(live, { tools: { chat: { messages: Object.fromEntries([message(1, 1, 'hello'), message(2, 2, 'mine')]) } } })).toEqual(['room-news-message']);
    expect(keys(live, { tools: { hands: { order: [4, 2] } } })).toEqual(['room-news-hand']);
    expect(keys(live, { chairs: { 1: { presence: 'empty' } } })).toEqual(['room-news-gone']);
  });

  it('has a tone for every arrival, not only for the first', () => {
    const guest = (seat: number) => ({ seat, name: `Guest ${seat}`, part: 'member' as const, stance: 'open' as const, since: NOW, here: true });
    const lead = send(EMPTY, { is: 'view', seq: 7, now: NOW, seats: 20, view: facilitator(5) });
    const first = send(lead, { is: 'patch', seq: 8, now: NOW, patch: { lead: { waiting: [guest(8)] } } });
    const second = send(first, { is: 'patch', seq: 9, now: NOW, patch: { lead: { waiting: [guest(8), guest(9)] } } });
    expect(second.news.map((news) => [news.tone, news.with['name']])).toEqual([['arrival', 'Guest 8'], ['arrival', 'Guest 9']]);
    expect(new Set(second.news.map((news) => news.id)).size).toBe(2);
  });
});

describe('our own microphone', () => {
  const on = told(answered(asked(want(told(OFF, false), true)), true, true), true);

  it('asks the server, and sends only when both agree and the socket is there', () => {
    const wanting = want(told(OFF, false), true);
    expect([toAsk(wanting), maySend(wanting, true)]).toEqual([true, false]);
    expect(toAsk(asked(wanting))).toBeNull();
    expect([maySend(on, true), maySend(on, false), toAsk(on)]).toEqual([true, false, null]);
  });

  it('knows that a facilitator muted us, and does not unmute by itself', () => {
    const muted = told(on, false);
    expect([muted.hushed, muted.wanted, toAsk(muted)]).toEqual([true, false, null]);
    expect(want(muted, true).hushed).toBe(false);
  });

  it('does not take our own mute for somebody else’s', () => {
    const muting = asked(want(on, false));
    expect(told(muting, false).hushed).toBe(false);
    const rests = told(on, false, true);
    expect([rests.hushed, rests.wanted], 'nobody muted whoever takes a moment').toEqual([false, false]);
  });

  it('keeps the former state over a gap, and says again what got lost in it', () => {
    const gap = forgetAnswers(asked(want(on, false)));
    expect([gap.wanted, toAsk(told(gap, true))]).toEqual([false, false]);
    expect(maySend(told(forgetAnswers(on), true), true)).toBe(true);
  });

  it('accepts a no', () => expect(answered(asked(want(told(OFF, false), true)), true, false).wanted).toBe(false));

  it('does not ask twice when the answer comes before the view', () => {
    const done = answered(asked(want(told(OFF, false), true)), true, true);
    expect([toAsk(done), maySend(done, true)]).toEqual([null, true]);
  });
});

describe('media', () => {
  it('asks for silence to be short, once', () => {
    const sdp = 'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;useinbandfec=1\r\n';
    expect(askForDtx(sdp)).toContain('a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1\r\n');
    expect(askForDtx(askForDtx(sdp))).toBe(askForDtx(sdp));
    expect(askForDtx('a=rtpmap:96 opus/48000/2\r\n')).toContain('a=fmtp:96 usedtx=1');
    expect(askForDtx('v=0\r\n')).toBe('v=0\r\n');
  });

  it('wants no more picture than can be seen', () => {
    expect([layerFor(500), layerFor(300), layerFor(100)]).toEqual(['high', 'middle', 'low']);
    const tile = { seat: 1, width: 500, visible: true, camera: true };
    const wants = wantsFor([tile, { ...tile, seat: 2, visible: false }, { ...tile, seat: 3, camera: false }], true);
    expect(wants.map((want) => want.layer)).toEqual(['high', 'off', 'off']);
    expect(wantsFor([tile], false)[0]?.layer).toBe('off');
  });

  it('judges a line by what was felt', () => {
    const before = { roundTrip: 40, received: 0, lost: 0 };
    expect(judge(null, before)).toBe('unknown');
    expect(judge(before, { roundTrip: 40, received: 100, lost: 0 })).toBe('good');
    expect(judge(before, { roundTrip: 40, received: 95, lost: 5 })).toBe('fair');
    expect(judge(before, { roundTrip: 900, received: 100, lost: 0 })).toBe('poor');
    expect([judgeEchoes({ sent: 20, back: [] }), judgeEchoes({ sent: 20, back: Array(20).fill(30) })]).toEqual(['none', 'good']);
  });
});

it('keeps sample tools apart', () => expect(tools({}).prompt).toBeNull());
