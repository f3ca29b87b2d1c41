// A facilitator with eight synthetic members and one real one on a phone: one speaks at a time, and every second of talk is counted.
import assert from 'node:assert/strict';
import { PHONE } from '../../lib/person.mjs';
import { story } from '../../lib/story.mjs';
import { pause, until } from '../../lib/wait.mjs';

/** Seconds of each turn, from crates/rehearsal/src/persona.rs; after five they come once more. Zero passes. */
const SCRIPT = [20, 15, 25, 15, 0, 20, 15, 25];
/** The promise is 2 s (room.md, talk time). */
const ERROR = 2;
/** Talk is added up every 5 s. */
const COUNTED = 6_000;

story('a facilitator rehearses with synthetic members and a phone', async ({ arrive, step }) => {
  const lead = await arrive('Dr. Amara Osei', { voice: 0 });
  // The eight of the group are played; the ninth is new in it.
  const owen = await arrive('Owen Price', { voice: 1, size: PHONE });
  let actors = [];
  let before = new Map();

  await step('the office gives a ninth member a seat', async () => {
    const office = await arrive('Carol Whitfield');
    await office.signIn();
    await office.go('/groups');
    await office.page.getByRole('link', { name: 'Steady Ground' }).first().click();
    await office.page.waitForURL(/groups\/-?\d+$/);
    await office.go(`${new URL(office.page.url()).pathname}/seats`);
    await office.page.locator('input[name=email]').fill(owen.email);
    await office.page.locator('select[name=residence]').selectOption('NY');
    await office.page.locator('form[action$="/seats"] button').click();
    await office.page.locator('li', { hasText: 'Owen' }).waitFor();
    await office.leave();
  });

  await step('one click brings eight members and leads to the door', async () => {
    await lead.go('/');
    const form = lead.page.locator('form[action="/demo/rehearsal"]');
    await form.evaluate((one, members) => one.setAttribute('action', `/demo/rehearsal?members=${members}`), SCRIPT.length);
    await lead.page.locator('form[action^="/demo/rehearsal"] button').click();
    await lead.page.waitForURL('**/door');
    // Silent, so that every second in the panel is a scripted one.
    await lead.passDoor({ mic: false });
    await lead.inRoom();
    lead.seat = (await lead.view()).you.seat;
  });

  await step('eight wait at the door and come in', async () => {
    const view = await lead.sees('eight at the door', (now) => now.lead.waiting.filter((one) => one.here).length === SCRIPT.length);
    actors = view.lead.waiting.map((one) => one.seat).sort((a, b) => a - b);
    await lead.press('Let everybody in');
    await lead.sees('eight in the circle', (now) => actors.every((seat) => now.chairs[seat]?.presence === 'here'));
    await lead.receives(actors, { sound: [] });
  });

  await step('a member comes by phone', async () => {
    await owen.signIn();
    await owen.toDoor();
    await owen.passDoor({ mic: false, stance: 'listening' });
    await lead.press('Let in Owen');
    await owen.inRoom();
    owen.seat = (await owen.view()).you.seat;
    await owen.receives([lead.seat, ...actors.slice(0, 2)], { sound: [] });
    const wide = await owen.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, 'the room is wider than the phone');
    assert.equal((await owen.view()).lead, null);
  });

  await step('a go-round: one speaks at a time, and the phone hears it', async () => {
    await lead.press('Begin the session');
    await lead.sees('the first phase', (view) => view.running?.index === 0);
    before = voices(await lead.view());
    await lead.press('Go-round', lead.page.locator('.bring'));
    await lead.page.getByLabel('What everybody is asked').fill('What do you take from this week?');
    await lead.press('Start the go-round');
    const heard = new Set();
    await lead.sees('everybody had a turn', async (view) => {
      const turn = view.tools.go_round?.turn;
      if (!turn) return view.tools.go_round?.had.length > 0;
      if (turn.seat === lead.seat) await lead.press('Pass').catch(() => undefined);
      if (turn.seat === owen.seat) await owen.press('Pass').catch(() => undefined);
      if (actors.includes(turn.seat) && !heard.has(turn.seat) && SCRIPT[actors.indexOf(turn.seat)] > 0) {
        heard.add(turn.seat);
        await Promise.all([lead, owen].map((person) => person.receives([], { sound: [turn.seat] })));
      }
      return false;
    }, { patience: 360_000 });
    assert.equal(heard.size, SCRIPT.filter((seconds) => seconds > 0).length);
  });

  await step('talk time is what was scripted', async () => {
    const spoke = [...actors.entries()].filter(([index]) => SCRIPT[index] > 0).map(([, seat]) => seat);
    await lead.page.locator('.voices li').nth(spoke.length - 1).waitFor();
    await lead.sees('all voices', (now) => spoke.every((seat) => voices(now).get(seat) > 10));
    await pause(COUNTED);
    const view = await lead.view();
    const found = actors.map((seat) => (voices(view).get(seat) ?? 0) - (before.get(seat) ?? 0));
    console.log(`      scripted ${SCRIPT.join(' ')}\n      measured ${found.join(' ')}`);
    for (const [index, seconds] of found.entries()) {
      assert.ok(Math.abs(seconds - SCRIPT[index]) <= ERROR, `seat ${actors[index]} spoke ${SCRIPT[index]} s, measured ${seconds} s`);
    }
    for (const silent of [lead, owen]) assert.ok((voices(view).get(silent.seat) ?? 0) <= 1, `${silent.first} was muted and is said to have spoken`);
    assert.ok(view.lead.not_heard.includes(owen.seat));
  });

  await step('the phone sees no panel of voices, and leaves politely', async () => {
    assert.equal(await owen.page.locator('.voices').count(), 0);
    await owen.press('Leave');
    await owen.page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
    await owen.page.waitForURL('**/goodbye');
    await lead.sees('an empty chair and no alarm', (view) => view.chairs[owen.seat].presence === 'empty' && view.lead.drops.length === 0);
    await until('the chair is kept', async () => (await lead.view()).chairs[owen.seat].name === 'Owen');
  });
});

function voices(view) {
  return new Map(view.lead.voices.map((voice) => [voice.seat, voice.seconds]));
}
