// Every tool in one session, with four real people: a leader, two members, and a fourth who watches and later interprets. All but one use the
// keyboard alone and hear what a screen reader says. The server is killed while people sit at small tables; media flows before and after; nothing
// private reaches anybody it was not meant for. The same evening by mouse and on a phone is told in `n_twelve`.
import assert from 'node:assert/strict';
import { backFromTables, evening, hasRecap, knowsNoSecret, SECRETS, SHARED, toTables } from '../../lib/evening.mjs';
import { film } from '../../lib/film.mjs';
import { KeyboardPerson } from '../../lib/keyboard.mjs';
import { story } from '../../lib/story.mjs';
import { until } from '../../lib/wait.mjs';

const MEMBERS = ['Maya Lindqvist', 'Theo Grant', 'Priya Nair', 'Jonas Weber', 'Lucía Fernández', 'Sam Okoro', 'Noor Haddad', 'Elif Demir'];

/** Of each tool that begins something a member hears it without seeing it. */
const HEARD = [
  'The check-in is open', 'In the hearth: What would you say', 'Slides: How a wave', 'opened “Naming a feeling', 'opened “The worry slip”', '“The worry slip” has been put away', 'A film: One slow breath', 'The screen of', 'A whiteboard is open',
  'The group is asked: What helped?', 'A quiz has begun', 'Rui Alves interprets into Português', 'Rui Alves types captions', 'You are at table', 'You are back in the circle',
  'You are apart from the circle', 'It is time to write in quiet', 'The quiet is over', 'A scene is set up', 'The scene is on', 'asks you, quietly', 'A pause for all of us',
  'A moment for you', 'A go-round: What do you take', 'The closing is open',
];

story('every tool in one evening', async ({ hearth, arrive, step }) => {
  const lead = await arrive('Dr. Amara Osei', { voice: 0, as: KeyboardPerson });
  const maya = await arrive('Maya Lindqvist', { voice: 1, as: KeyboardPerson });
  const theo = await arrive('Theo Grant', { voice: 2 });
  const fourth = await arrive('Nadia Okafor', { voice: 3, as: KeyboardPerson });
  const parts = evening({ lead, member: maya, others: [theo] });
  let group;
  const use = (...names) => async () => {
    for (const name of names) await parts[Object.keys(parts).find((one) => one.startsWith(name))]();
    await knowsNoSecret(theo);
  };

  await step('a film is laid into the library, and somebody is given the interpreter’s seat', async () => {
    await lead.signIn();
    await lead.go('/materials');
    await lead.page.locator('input[name=title]').fill('One slow breath');
    await lead.page.locator('input[name=file]').setInputFiles({ name: 'breath.webm', mimeType: 'video/webm', buffer: await film(lead.page) });
    await lead.press('Add it');
    await lead.page.getByRole('heading', { name: 'One slow breath' }).waitFor();
    await fourth.becomes('Carol Whitfield');
    await fourth.go('/groups');
    await fourth.page.getByRole('link', { name: 'Steady Ground' }).first().click();
    await fourth.page.waitForURL(/groups\/-?\d+$/);
    group = new URL(fourth.page.url()).pathname.split('/')[2];
    await fourth.go(`/groups/${group}/seats`);
    await fourth.page.locator('input[name=email]').fill('rui.alves@example.org');
    await fourth.page.locator('select[name=part]').selectOption('interpreter');
    await fourth.page.locator('form[action$="/seats"] button').click();
    await fourth.page.locator('li', { hasText: 'Rui' }).waitFor();
  });

  await step('who would watch is refused, until everybody has said yes', async () => {
    await fourth.becomes('Nadia Okafor');
    await fourth.toDoor();
    await fourth.knock();
    await fourth.page.getByText('This group has not agreed to being watched').first().waitFor();
    for (const name of MEMBERS) {
      await fourth.becomes(name);
      await fourth.go(`/groups/${group}/watching`);
      // Whoever sits down next must not take the answer away before it has arrived.
      await Promise.all([fourth.page.waitForEvent('load'), fourth.page.locator('button[value=yes]').first().click()]);
    }
    await fourth.becomes('Nadia Okafor');
    await Promise.all([lead, maya, theo].map((person) => (person === lead ? null : person.signIn())));
    for (const person of [lead, maya, theo, fourth]) {
      await person.toDoor();
      await person.passDoor();
      if (person !== lead) await lead.press(`Let in ${person.first}`);
      await person.inRoom();
      person.seat = (await person.view()).you.seat;
    }
    await lead.press('Begin the session');
    await Promise.all([maya.receives([lead.seat, theo.seat]), fourth.receives([maya.seat])]);
  });

  await step('check-in, prompt, hand, chat', use('check-in', 'a prompt'));
  await step('deck, reading, film, screen', use('a deck', 'a reading', 'a film', 'a screen'));
  await step('whiteboard, poll, quiz', use('a whiteboard', 'a poll'));

  await step('a no in the room, and the observer is gone at once', async () => {
    await maya.press('More');
    await maya.press('I would rather not be watched');
    await fourth.page.waitForURL(/goodbye|today/);
    await lead.sees('an empty chair', (view) => Object.values(view.chairs).every((chair) => chair.part !== 'observer' || chair.presence === 'empty'));
    await maya.page.keyboard.press('Escape');
  });

  await step('an interpreter on a channel of their own, and captions', async () => {
    await fourth.becomes('Rui Alves');
    await fourth.toDoor();
    await fourth.passDoor();
    await lead.press(/^Let in Rui/);
    await fourth.inRoom();
    fourth.seat = (await fourth.view()).you.seat;
    await Promise.all([maya.receives([], { sound: [fourth.seat] }), theo.receives([fourth.seat])]);
    await fourth.fill('The language you speak', 'Português');
    await fourth.press('Begin interpreting');
    await maya.press('Listen in Português');
    await maya.page.getByRole('radio', { name: 'Quiet' }).waitFor();
    // The strip below takes room: on a telephone the interpreter's tile may be out of sight, and nothing is sent that nobody sees.
    await maya.receives([], { sound: [fourth.seat, lead.seat] });
    await silent(theo, fourth.seat);
    assert.equal((await fourth.view()).tools.interpreting.listeners, 1);
    assert.equal(await maya.page.evaluate(() => [...document.querySelectorAll('audio')].filter((one) => one.volume < 1).length) > 2, true, 'the group is turned down for her');
    await fourth.press('Type captions');
    await fourth.fill('What is said now', 'Good evening, all of you');
    await theo.press('Show captions');
    await theo.page.locator('.captions .lines', { hasText: 'Good evening' }).waitFor();
    await fourth.page.keyboard.press('Enter');
    await maya.press('Stop listening');
    await fourth.press('Stop interpreting');
    await theo.receives([fourth.seat]);
    await fourth.press('Stop captions');
  });

  await step('small tables, and the server dies in the middle', async () => {
    await toTables(lead, maya, [maya, theo]);
    await maya.fill('What your table wants to bring back', SHARED.table);
    await maya.press('Keep the note');
    await maya.sees('the note', (view) => view.tools.tables.round.mine.note === SHARED.table);
    const all = [lead, maya, theo, fourth];
    for (const person of all) person.isCutOff = true;
    await hearth.kill();
    await hearth.start();
    await Promise.all(all.map((person) => person.comesBack()));
    await maya.sees('her table', (view) => view.tools.tables.round?.mine?.note === SHARED.table);
    for (const person of all) person.isCutOff = false;
    await backFromTables(lead, [maya, theo]);
    await theo.page.getByText(SHARED.table).first().waitFor();
    await maya.receives([lead.seat, theo.seat]);
    await lead.press('Put away');
  });

  await step('an aside, and small tables once more', async () => {
    await lead.tab('People');
    await lead.press('Talk apart with Maya');
    await maya.receives([lead.seat]);
    await silent(theo, maya.seat);
    await maya.press('Back to the circle');
    await theo.receives([maya.seat, lead.seat]);
    await toTables(lead, maya, [maya, theo]);
    await backFromTables(lead, [maya, theo]);
    await maya.receives([lead.seat, theo.seat]);
  });

  await step('journal, role-play', use('a page', 'a scene'));
  await step('invitation, pauses, mark, go-round, closing', use('an invitation', 'a go-round', 'closing'));

  await step('what a screen reader said', () => {
    for (const person of [lead, maya, fourth]) person.keepWhatWasHeard('evening');
    for (const line of HEARD) assert.ok(maya.heard.some((one) => one.includes(line)), `Maya was not told: ${line}`);
  });

  await step('the recap has what was promised, the notes what is for staff, and nobody anything else', async () => {
    await lead.press('End the session');
    await lead.press('End it now');
    for (const person of [maya, theo]) await person.page.waitForURL('**/goodbye');
    await hasRecap(maya, maya.session);
    await hasRecap(theo, theo.session);
    for (const secret of Object.values(SECRETS)) assert.ok(!(await theo.page.content()).includes(secret), `Theo's recap has ${secret}`);
    await lead.page.waitForURL('**/goodbye');
    await lead.go(`/sessions/${lead.session}/record`);
    for (const line of ['Small tables', 'A leader talked apart', 'A pause for everybody', 'An interpreter spoke', 'Captions were typed', 'Slides were shown', 'Something was read together', 'A screen was shared']) await lead.page.getByText(line).first().waitFor();
    await lead.go(`/sessions/${lead.session}/notes/0`);
    const note = await lead.page.locator('textarea[name=text]').inputValue();
    assert.match(note, /Cohesion/);
    for (const secret of [SECRETS.page, SECRETS.note, SHARED.table, 'Good evening, all']) assert.ok(!note.includes(secret), `the group's note has ${secret}`);
  });
});

/** No sound of this seat comes, for longer than a word takes. */
async function silent(person, seat) {
  const energy = async () => (await person.stats())[seat]?.audioEnergy ?? 0;
  await until(`${person.first} hears nothing of seat ${seat}`, async () => {
    const before = await energy();
    await person.page.waitForTimeout(2_000);
    return (await energy()) === before;
  });
}
