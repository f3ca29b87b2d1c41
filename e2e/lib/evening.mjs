// One evening in which every tool of the circle is used once, told for whoever is there: one leader, at least one real member, and as many others
// as came. Each part opens its tool by the page, has the member take part by the page, and puts it away.
import assert from 'node:assert/strict';
import { until } from './wait.mjs';

/** Words that are for one person or for leaders. None of them may ever reach anybody else. */
export const SECRETS = { concern: 'canary-concern', page: 'canary-page', note: 'canary-note', marker: 'canary-marker', sheet: 'canary-sheet' };
/** What is for everybody, and stands in the recap afterwards. */
export const SHARED = { takeaway: 'One slow breath before I answer', table: 'Walking with a neighbour', board: 'what I can do today', homework: 'Notice one wave' };

/** `lead` and `member` do everything; `others` are real people who look on. */
export function evening({ lead, member, others }) {
  const guide = lead.page.locator('.guide');
  const bring = async (name) => {
    await lead.tab('Guide');
    await lead.press(name, lead.page.locator('.bring'));
  };
  const everybody = [lead, member, ...others];
  const tool = (name) => (view) => view.tools[name];
  const goneFor = (name) => Promise.all(everybody.map((person) => person.sees(`no ${name}`, (view) => !tool(name)(view))));

  return {
    'check-in: the mood for all, a worry for leaders only': async () => {
      await bring('Check-in');
      await lead.press('Open the check-in');
      await member.check('6', { within: member.page.getByRole('group', { name: 'My mood' }) });
      await member.fill('Something on my mind', SECRETS.concern);
      await member.check('Facilitators only');
      await member.press('Check in');
      await lead.page.getByText(SECRETS.concern).first().waitFor();
      await lead.press('Close the check-in');
    },
    'a prompt, a hand, a word in the chat and a note to leaders': async () => {
      await bring('Prompt');
      await lead.fill('A question or a thought for the circle', 'What would you say to a friend?');
      await lead.press('Show it');
      await member.page.getByText('What would you say to a friend?').first().waitFor();
      await member.press('Raise hand');
      await lead.sees('a hand', (view) => view.tools.hands.order.includes(member.seat));
      await lead.press(`Take the hand of ${member.first}`);
      await member.sees('the hand taken', (view) => !view.tools.hands.order.includes(member.seat));
      await member.press(/^Chat/);
      await member.check('Facilitators only', { within: member.page.locator('.say') });
      await member.fill('A note to the facilitators', SECRETS.note);
      await member.press('Send');
      await lead.sees('the note', (view) => JSON.stringify(view.tools.chat).includes(SECRETS.note));
      await member.page.keyboard.press('Escape');
      await lead.press('Take it away');
    },
    'a deck': async () => {
      await bring('Slides');
      await lead.press(/^Show: How a wave of worry passes/);
      await Promise.all(everybody.map((person) => drawn(person)));
      await lead.press('Put the deck away');
      await goneFor('slides');
    },
    'a reading: an article, and a worksheet that stays one’s own': async () => {
      await bring('Reading');
      await lead.fill('Look by title', 'naming');
      await lead.press(/^Show: Naming a feeling/);
      await member.page.locator('.reading .text p').first().waitFor();
      await lead.press('Next', lead.page.locator('.hearth'));
      await member.sees('the next part', (view) => view.tools.reading.part === 1);
      await until('it is marked', () => member.page.evaluate(() => document.querySelectorAll('.reading .part')[1].matches('.here')));
      await member.press('Take it along');
      await member.page.getByText('Kept for you.').first().waitFor();
      await bring('Reading');
      await lead.press(/^Show: The worry slip/);
      await member.fill(/half hour/, SECRETS.sheet, { within: member.page.locator('.reading') });
      await member.press('Keep this for yourself');
      await member.page.getByText('Kept for you.').first().waitFor();
      await lead.press('Put it away');
      await goneFor('reading');
      const known = JSON.stringify(await lead.view()) + (await lead.page.content());
      assert.ok(!known.includes(SECRETS.sheet), 'not even whoever leads knows what stands in a sheet');
    },
    'a film in step': async () => {
      await bring('Film');
      await lead.press(/^Show: One slow breath/);
      await member.page.getByText('The film begins when the facilitator starts it').waitFor();
      await lead.press('Play for everybody');
      await until('it plays on both', async () => (await Promise.all([lead, member].map(films))).every((one) => one > 0.5));
      await lead.press('Put the film away');
      await goneFor('video');
    },
    'a screen': async () => {
      await bring('Screen');
      await lead.press('Show my screen', guide);
      await member.sees('a screen', (view) => view.tools.share.seat === lead.seat);
      await until('it moves', () => member.page.evaluate(() => document.querySelector('.screen video')?.getVideoPlaybackQuality().totalVideoFrames > 5));
      await lead.press('Stop showing it');
      await member.sees('no screen', (view) => typeof view.tools.share.seat !== 'number');
    },
    'a whiteboard with words on it': async () => {
      await bring('Whiteboard');
      await lead.pick('What is on it', 'control');
      await lead.press('Open the whiteboard');
      for (const person of [lead, member]) await person.page.locator('.drawing canvas').first().waitFor();
      await lead.writesOnBoard(SHARED.board);
      await member.page.locator('.texts li', { hasText: SHARED.board }).waitFor({ state: 'attached' });
      await lead.press('Put the board away');
      for (const person of everybody) await person.sees('no board', (view) => !view.tools.board.here);
    },
    'a poll with names, a quiz without': async () => {
      await bring('Poll');
      await lead.fill('The question', 'What helped?');
      await lead.fill('Answer 1', 'Sleep');
      await lead.fill('Answer 2', 'A walk');
      await lead.check('With names');
      await lead.press('Ask the group');
      await member.check('A walk', { within: member.page.locator('.hearth') });
      await member.press('Send my answer');
      await lead.sees('an answer', (view) => view.tools.poll.answered === 1);
      await lead.press('Close the poll');
      await member.sees('the result', (view) => view.tools.poll?.result?.answered === 1);
      await lead.press('Put the result away');
      await bring('Quiz');
      await lead.fill('The question', 'What does a wave do?');
      await lead.fill('Answer 1', 'It stays', { exact: true });
      await lead.fill('Answer 2', 'It passes', { exact: true });
      await lead.check('Answer 2 is right');
      await lead.press('Start the quiz');
      await member.check('It passes', { within: member.page.locator('.hearth') });
      await member.press('Send my answer');
      await member.page.getByText('That is right: It passes').waitFor();
      await lead.press('End the quiz');
      await lead.press('Put the quiz away');
      await goneFor('quiz');
    },
    'a page in quiet, given to leaders alone': async () => {
      await bring('Journal');
      await lead.fill('What to write about', 'A letter to myself');
      await lead.press('Begin the quiet');
      await member.fill('Your page', SECRETS.page);
      await member.page.getByText('Kept.').waitFor();
      await lead.press('End the quiet');
      await member.check('Let my facilitators read it');
      await member.press('This is my choice');
      await lead.sees('the page', (view) => JSON.stringify(view.tools.journal.given).includes(SECRETS.page));
      await lead.press('Show the lines');
      await lead.press('Put away');
      await member.sees('no round', (view) => !view.tools.journal.round);
    },
    'a scene, stopped by a word': async () => {
      await bring('Role-play');
      await lead.pick('A scene', 'dishes', { exact: true });
      await lead.press('Set up this scene');
      await member.press(/^I take it: The one who comes home/);
      await lead.press(/^I take it: The one on the sofa/);
      await lead.press('Begin the scene');
      await member.press(/^Stop: /);
      await lead.page.getByText(`${member.first} asked for the pause`).waitFor();
      await lead.press('End the scene');
      await lead.press('Put the scene away');
      await member.sees('no scene', (view) => !view.tools.role_play.scene);
    },
    'an invitation, a moment of one’s own, a pause for all, a mark': async () => {
      await lead.tab('People');
      await lead.press(`Ask gently: ${member.first}`);
      await member.press('Yes, in a moment');
      await lead.sees('the yes', (view) => JSON.stringify(view.tools.invite).includes('"yes"'));
      await bring('Pause');
      await lead.press('Begin the pause', guide);
      await member.press('I have had enough');
      await lead.press('End the pause');
      await member.press('More');
      await member.press('Breathe slowly');
      await lead.sees('a moment of her own', (view) => JSON.stringify(view.tools.calm).includes(String(member.seat)));
      for (const other of others) assert.ok(!JSON.stringify((await other.view()).tools.calm).includes('own":true'), 'nobody else is told');
      await member.press('I am back');
      await lead.page.locator('body').press('3');
      await lead.sees('the moment', (view) => view.tools.markers.some((one) => one.moment === 'cohesion'));
    },
    'a go-round that everybody may pass': async () => {
      await bring('Go-round');
      await lead.fill('What everybody is asked', 'What do you take from this?');
      await lead.press('Start the go-round');
      await member.sees('the go-round', (view) => view.tools.go_round !== null);
      await lead.press('End the go-round');
      await goneFor('go_round');
    },
    'closing: what one takes along, homework, the card': async () => {
      await bring('Closing');
      await lead.press('Open the closing');
      await member.fill('I take with me', SHARED.takeaway);
      await member.press('Add');
      await lead.fill('What to try', SHARED.homework);
      await lead.press('Give it');
      await member.sees('homework', (view) => view.tools.closing.my_homework.some((one) => one.text === SHARED.homework));
      await member.press('How it was');
      await member.check('8', { within: member.page.getByRole('group', { name: 'I felt heard' }) });
      await member.press('Send');
      await member.sees('a card of their own', (view) => view.tools.closing.mine !== null);
      // Played members fill in theirs too, each in their own time.
      await lead.sees('a card', (view) => view.tools.closing.answered >= 1);
    },
  };
}

/** Two small tables: by lot, or with `together` at the first one by hand. Gives what the member sees of theirs. */
export async function toTables(lead, member, together = []) {
  const guide = lead.page.locator('.guide');
  await lead.tab('Guide');
  await lead.press('Small tables', lead.page.locator('.bring'));
  await lead.check(together.length > 0 ? 'By hand' : 'By lot');
  await lead.press('Lay the tables', guide);
  await lead.sees('laid tables', (view) => view.tools.tables.plan !== null);
  for (const person of together) await lead.pick(`Where ${person.first} sits`, '0');
  await lead.press('Go to the tables', guide);
  return member.sees('a table', (view) => view.tools.tables.round?.mine);
}

export async function backFromTables(lead, everybody) {
  await lead.press('Back now', lead.page.locator('.guide'));
  for (const person of everybody) await person.sees('the circle', (view) => !view.tools.tables.round);
}

/** Nothing that was for somebody else is anywhere in what this person's browser was told or shows. */
export async function knowsNoSecret(person, secrets = Object.values(SECRETS)) {
  const known = JSON.stringify(await person.view()) + (await person.page.content());
  for (const secret of secrets) assert.ok(!known.includes(secret), `${person.first} knows ${secret}`);
}

/** What was promised to stand in the recap stands there; of what was private, only one's own. */
export async function hasRecap(member, session) {
  await member.go(`/sessions/${session}/recap`);
  for (const text of [SHARED.takeaway, SHARED.board]) await member.page.getByText(text).first().waitFor();
  for (const title of ['How a wave of worry passes', 'Naming a feeling', 'The worry slip']) await member.page.getByText(title).first().waitFor();
}

function drawn(person) {
  return until(`${person.first} sees the page`, () => person.page.evaluate(() => {
    const canvas = document.querySelector('.sheet canvas');
    return canvas?.width > 200 && document.querySelector('.sheet [role=status]').textContent.length > 20;
  }));
}

const films = (person) => person.page.evaluate(() => document.querySelector('.film video')?.currentTime ?? 0);
