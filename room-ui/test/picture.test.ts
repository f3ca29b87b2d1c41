import { describe, expect, it } from 'vitest';
import { answered, asked, forgetAnswers, maySend, OFF, toAsk, told, want, type Own } from '../src/state/own.ts';
import { clockTo, handPlace, headcount, initials, messagesOf, minutesSeconds, nameOf, phaseNext, phaseNow, takesTurns, voiceBars } from '../src/state/derived.ts';
import { judge, judgeEchoes } from '../src/state/quality.ts';
import { EMPTY, reduce, type RoomState } from '../src/state/room_state.ts';
import { askForDtx } from '../src/state/sdp.ts';
import { layerFor, sameWants, wantsFor } from '../src/state/wants.ts';
import type { FromRoom } from '../src/wire/generated.ts';
import { chair, facilitator, leadView, member, message, NOW, tools } from '../gallery/samples.ts';

/** The same numbers in every run. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 16) % sides;
  };
}

const send = (state: RoomState, message: FromRoom, at = NOW) => reduce(state, { is: 'message', message, at });
const live = send(EMPTY, { is: 'view', seq: 7, now: NOW + 500, seats: 20, view: member(5) });

describe('our own microphone, whatever happens in whatever order', () => {
  it('never sends without the server’s yes, and never asks while an answer is on its way', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const roll = dice(seed);
      let own: Own = OFF;
      let asking = false;
      for (let step = 0; step < 60; step += 1) {
        const [move, on, next] = [roll(6), roll(2) === 1, toAsk(own)];
        if (move === 0) own = want(own, on);
        if (move === 1) own = told(own, on);
        if (move === 2) own = forgetAnswers(own);
        if (move === 3 && next !== null) [own, asking] = [asked(own), next];
        // An answer comes only to what was asked.
        if (move >= 4 && own.pending > 0) own = answered(own, asking, move === 4);
        if (own.granted !== true) expect(maySend(own, true)).toBe(false);
        expect(maySend(own, false)).toBe(false);
        if (own.pending > 0 || own.granted === null) expect(toAsk(own)).toBeNull();
        if (own.hushed) expect([own.wanted, maySend(own, true)]).toEqual([false, false]);
      }
    }
  });

  it('settles as soon as the server has said what it knows', () => {
    for (const wanted of [true, false]) {
      for (const granted of [true, false]) {
        const own = told(forgetAnswers(want(told(OFF, granted), wanted)), granted);
        const next = toAsk(own);
        expect(next).toBe(wanted === granted ? null : wanted);
        if (next !== null) expect(toAsk(told(answered(asked(own), next, true), next))).toBeNull();
      }
    }
  });
});

describe('the picture of the room, whatever comes', () => {
  it('is torn by a gap, keeps its last view, and is whole again after a view', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const roll = dice(seed);
      let state = live;
      let expected = 7;
      for (let step = 0; step < 25; step += 1) {
        const seq = 7 + step + roll(3) - 1;
        const before = state;
        state = send(state, { is: 'patch', seq, now: NOW, patch: { week: step } });
        if (before.seq === null) expect([state.seq, state.torn]).toEqual([null, true]);
        else if (seq <= expected) expect(state).toBe(before);
        else if (seq === expected + 1) expect([state.seq, state.view?.week]).toEqual([(expected += 1), step]);
        else expect([state.seq, state.torn, state.view]).toEqual([null, true, before.view]);
      }
      const whole = send(state, { is: 'view', seq: 99, now: NOW, seats: 20, view: member(6) });
      expect([whole.seq, whole.torn]).toEqual([99, false]);
    }
  });

  it('does not take a patch before the first view', () => {
    expect(send(EMPTY, { is: 'patch', seq: 1, now: NOW, patch: {} })).toMatchObject({ view: null, seq: null, torn: true });
  });

  it('keeps the clock of the server', () => {
    expect(send(live, { is: 'pong', nonce: 1, now: NOW - 2_000 }).ahead).toBe(-2_000);
    expect(send(live, { is: 'patch', seq: 8, now: NOW + 90, patch: {} }).ahead).toBe(90);
  });

  it('is not drawn again for what changes nothing', () => {
    const speaking = send(live, { is: 'speech', speaking: [1, 2] });
    expect(send(speaking, { is: 'speech', speaking: [1, 2] })).toBe(speaking);
    expect(send(speaking, { is: 'speech', speaking: [2, 1] })).not.toBe(speaking);
    for (const sent of [{ is: 'done', id: 1 }, { is: 'refused', id: 1, refusal: { why: 'not_now' } }, { is: 'answer', sdp: '' }, { is: 'no_media' }] as FromRoom[]) {
      expect(send(live, sent)).toBe(live);
    }
    expect(reduce(live, { is: 'link', link: 'live' })).toBe(live);
  });

  it('keeps the newest twelve pieces of news and the newest twenty reactions, each with a number of its own', () => {
    let state = live;
    for (let seq = 8; seq < 48; seq += 1) {
      state = send(state, { is: 'patch', seq, now: NOW, patch: { without_leader: seq % 2 === 0 } });
      state = send(state, { is: 'reacted', seat: 1, kind: 'heart' });
    }
    expect([state.news.length, state.floating.length]).toEqual([12, 20]);
    const ids = [...state.news, ...state.floating].map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(['left', 'removed', 'sent_back', 'replaced', 'ended', 'signed_out', 'to_door', 'too_fast'] as const)('is over after %s, for good', (farewell) => {
    const over = send(send(live, { is: 'speech', speaking: [1] }), { is: 'bye', farewell });
    expect([over.link, over.farewell, over.speaking]).toEqual(['over', farewell, []]);
    expect(send(over, { is: 'view', seq: 9, now: NOW, seats: 20, view: member(5) }).link).toBe('over');
  });
});

describe('what is shown of it', () => {
  it.each([['Mary Jane Watson', 'MW'], ['Dra. Sofía Ruiz', 'SR'], ['mr. x', 'X'], ['(peer) Ben', 'BE'], ['👋', ''], ['  ', ''], ['ßa', 'SSA'], ['7 of 9', '79']])('initials of %s', (name, letters) => expect(initials(name)).toBe(letters));

  it.each([
    [0, '0:00', 0, false],
    [1, '0:00', 1, false],
    [59_999, '0:59', 1, false],
    [60_000, '1:00', 1, false],
    [60_001, '1:00', 2, false],
    [-1, '0:00', 0, true],
    [-59_999, '0:59', 0, true],
    [-60_000, '1:00', 1, true],
    [3_600_000, '60:00', 60, false],
  ])('a clock %i ms before its end', (left, shown, said, over) => {
    const clock = clockTo(NOW + left, NOW);
    expect([minutesSeconds(clock), clock.said, clock.over]).toEqual([shown, said, over]);
  });

  it('knows the phase that runs and the one that comes', () => {
    expect([phaseNow(member(5))?.kind, phaseNext(member(5))?.index]).toEqual(['practise', 3]);
    const before = member(5, { running: null });
    expect([phaseNow(before), phaseNext(before)?.index]).toEqual([null, 0]);
    const last = member(5, { running: { index: 4, since: NOW, until: NOW } });
    expect(phaseNext(last)).toBeNull();
    expect(phaseNext(member(5, { phases: [], running: null }))).toBeNull();
  });

  it('counts who is on the way as here, and an empty chair as expected', () => {
    const all = { 0: chair('A'), 1: chair('B', { presence: 'reconnecting' }), 2: chair('C', { presence: 'empty' }) };
    expect(headcount(member(3, { chairs: all }))).toEqual({ here: 2, expected: 1 });
  });

  it('names who waits for the leader alone, and nobody who is not there', () => {
    const waiting = [{ seat: 9, name: 'Guest', part: 'member' as const, stance: 'open' as const, since: NOW, here: true }];
    expect([nameOf(facilitator(5, {}, { waiting }), 9), nameOf(member(5), 9), nameOf(member(5), 1)]).toEqual(['Guest', '', 'Jonas']);
  });

  it('sorts messages by number, not by text order', () => {
    const view = member(5, { tools: tools({ chat: { messages: Object.fromEntries([message(10, 1, 'b'), message(9, 1, 'a'), message(100, 1, 'c')]) } }) });
    expect(messagesOf(view).map((one) => one.id)).toEqual([9, 10, 100]);
    expect(handPlace(view, 1)).toBe(0);
  });

  it.each([['facilitator', true], ['member', true], ['observer', false], ['interpreter', false]] as const)('a %s takes turns: %s', (part, takes) => {
    const view = member(5);
    expect(takesTurns({ ...view, you: { ...view.you, part } })).toBe(takes);
  });

  it('draws no bar beyond its track, for any shares', () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const roll = dice(seed);
      const voices = Array.from({ length: 1 + roll(18) }, (_, seat) => ({ seat, seconds: 0, share: roll(101), heard: true }));
      const { bars, mark } = voiceBars(leadView(0, { voices }));
      for (const { bar } of bars) expect(bar >= 0 && bar <= 100.001).toBe(true);
      expect(mark > 0 && mark <= 100).toBe(true);
    }
  });
});

describe('media', () => {
  it('asks for one layer by the width of a tile', () => {
    for (const [width, layer] of [[1, 'low'], [239, 'low'], [240, 'middle'], [479, 'middle'], [480, 'high'], [5_000, 'high']] as const) expect(layerFor(width)).toBe(layer);
    expect(wantsFor([{ seat: 1, width: 0, visible: true, camera: true }], true)).toEqual([{ seat: 1, layer: 'off' }]);
  });

  it('tells wants apart by seat, layer and order', () => {
    const wants = [{ seat: 1, layer: 'low' }, { seat: 2, layer: 'off' }] as const;
    expect([sameWants(wants, [...wants]), sameWants(wants, wants.slice(1)), sameWants(wants, [...wants].reverse()), sameWants([], [])]).toEqual([true, false, false, true]);
  });

  it.each([
    [100, 0, 300, 'good'],
    [100, 0, 301, 'fair'],
    [100, 0, 600, 'fair'],
    [100, 0, 601, 'poor'],
    [97, 3, 40, 'good'],
    [96, 4, 40, 'fair'],
    [90, 10, 40, 'fair'],
    [89, 11, 40, 'poor'],
    [0, 0, 40, 'good'],
    [0, 1, null, 'poor'],
  ])('%i came, %i were lost, %s ms there and back', (received, lost, roundTrip, quality) => {
    expect(judge({ roundTrip: 0, received: 0, lost: 0 }, { roundTrip, received, lost })).toBe(quality);
  });

  it('forgives counters that start again after a reconnect', () => {
    expect(judge({ roundTrip: 40, received: 900, lost: 90 }, { roundTrip: 40, received: 10, lost: 0 })).toBe('good');
  });

  it.each([[0, [], 'none'], [20, Array(15).fill(30), 'fair'], [20, Array(14).fill(30), 'poor'], [20, Array(20).fill(301), 'fair'], [20, Array(20).fill(601), 'poor'], [3, [900, 30, 20], 'good']])('%i echoes, back %j', (sent, back, quality) => {
    expect(judgeEchoes({ sent, back: back as number[] })).toBe(quality);
  });

  it('leaves everything in an answer but the one line as it is', () => {
    const lines = ['v=0', 'm=audio 9 UDP 111 9', 'a=rtpmap:9 G722/8000', 'a=rtpmap:111 OPUS/48000/2', 'a=fmtp:111 minptime=10', 'a=fmtp:9 x', 'm=video 9 UDP 96', 'a=fmtp:96 y', ''];
    for (const eol of ['\n', '\r\n']) {
      const asked = askForDtx(lines.join(eol)).split(eol);
      expect(asked.filter((line, index) => line !== lines[index])).toEqual(['a=fmtp:111 minptime=10;usedtx=1']);
      expect(asked).toHaveLength(lines.length);
    }
    expect(askForDtx('a=rtpmap:111 opus/48000/2\na=fmtp:111 usedtx=0')).toContain('usedtx=0');
  });
});
