// Small tables with three real members: everybody is moved and brought back over the same connection, and what is said at a table stays there.
import assert from 'node:assert/strict';
import { axe, overflow } from '../../lib/axe.mjs';
import { PHONE } from '../../lib/person.mjs';
import { story } from '../../lib/story.mjs';
import { pause } from '../../lib/wait.mjs';

/** Long enough for a packet that was on its way, and for several that must not come. */
const A_WHILE = 3_000;

const spot = (view, person) => view.tools.tables.spots[person.seat] ?? null;
const atTable = (view, person, table) => spot(view, person)?.at === 'table' && spot(view, person).of === table;

/** No picture and no sound of these seats comes any more. */
async function receivesNothingOf(person, seats) {
  await pause(A_WHILE);
  const before = await person.stats();
  await pause(A_WHILE);
  const now = await person.stats();
  for (const seat of seats) {
    assert.equal(now[seat]?.framesDecoded ?? 0, before[seat]?.framesDecoded ?? 0, `${person.first} still sees seat ${seat}`);
    assert.equal(now[seat]?.audioEnergy ?? 0, before[seat]?.audioEnergy ?? 0, `${person.first} still hears seat ${seat}`);
  }
}

story('small tables, a visit, an aside, and everybody back', async ({ hearth, arrive, step }) => {
  const lead = await arrive('Dr. Amara Osei', { voice: 0 });
  const maya = await arrive('Maya Lindqvist', { voice: 1, size: PHONE });
  const theo = await arrive('Theo Grant', { voice: 2 });
  const priya = await arrive('Priya Nair', { voice: 3 });
  const all = [lead, maya, theo, priya];
  const guide = lead.page.locator('.guide');
  const ice = (person) => person.page.evaluate(() => window.__hearth.connection());

  await step('four are in the circle', async () => {
    for (const person of all) await person.signIn();
    for (const person of all) {
      await person.toDoor();
      await person.passDoor();
      if (person !== lead) await lead.press(`Let in ${person.first}`);
      await person.inRoom();
      person.seat = (await person.view()).you.seat;
    }
    await lead.press('Begin the session', guide);
    await Promise.all([maya.receives([lead.seat, theo.seat, priya.seat]), lead.receives([maya.seat, theo.seat, priya.seat])]);
  });

  await step('tables are laid by hand, by keyboard alone, and nobody moves', async () => {
    await lead.button('Small tables', guide).focus();
    await lead.page.keyboard.press('Enter');
    await lead.page.getByLabel('You give each person a chair.').check();
    await lead.page.getByLabel('What they do there (may stay empty)').fill('Tell each other one thing that helped this week.');
    await lead.button('Lay the tables', guide).press('Enter');
    await lead.sees('laid tables', (view) => view.tools.tables.plan !== null);
    for (const person of [maya, theo]) await lead.page.getByLabel(`Where ${person.first} sits`).selectOption('0');
    await lead.sees('two at the first table', (view) => Object.values(view.tools.tables.plan.places).filter((table) => table === 0).length === 2);
    assert.equal((await maya.view()).tools.tables.plan, null);
    assert.deepEqual(await axe(lead.page), []);
  });

  await step('a table for one is refused in words, and nothing moves', async () => {
    await lead.page.getByLabel('Where Priya sits').selectOption('1');
    await lead.sees('Priya at the second', (view) => view.tools.tables.plan.places[priya.seat] === 1);
    await lead.press('Go to the tables', guide);
    await lead.page.getByText('Somebody would sit alone.').first().waitFor();
    assert.equal((await lead.view()).tools.tables.round, null);
    await lead.page.getByLabel('Where Priya sits').selectOption('');
  });

  await step('everybody is moved on the same connection, and hears those at their table only', async () => {
    await lead.press('Go to the tables', guide);
    const view = await maya.sees('her table', (now) => now.tools.tables.round?.mine?.table === 0);
    assert.equal(view.you.mic, true, 'a move keeps the microphone');
    assert.equal(await ice(maya), 'connected');
    await Promise.all([maya.receives([theo.seat]), theo.receives([maya.seat]), lead.receives([priya.seat]), priya.receives([lead.seat])]);
    await Promise.all([receivesNothingOf(maya, [lead.seat, priya.seat]), receivesNothingOf(lead, [maya.seat, theo.seat])]);
    await maya.page.getByText('Tell each other one thing that helped this week.').first().waitFor();
    assert.equal(await maya.page.locator('[data-seat]').count(), 2, 'round a table stand the chairs of the table');
    assert.deepEqual(await axe(maya.page), []);
    assert.equal(await overflow(maya.page), 0);
  });

  await step('a note is written by two, and what one keeps the other does not wipe out unseen', async () => {
    const note = (person) => person.page.getByLabel('What your table wants to bring back');
    await note(maya).fill('Walking with a neighbour.');
    await note(theo).fill('Saying no once.');
    await maya.press('Keep the note');
    await theo.page.getByText('Somebody at your table has just written: Walking with a neighbour.').waitFor();
    await note(theo).fill('Walking with a neighbour. Saying no once.');
    await theo.press('Keep the note');
    await maya.sees('the note of both', (view) => view.tools.tables.round.mine.note === 'Walking with a neighbour. Saying no once.');
    assert.ok(!JSON.stringify(await priya.view()).includes('neighbour'), 'the note is the table’s alone');
  });

  await step('the table calls, the visit is announced, and then she is there', async () => {
    await maya.press('Call a facilitator');
    await guide.locator('.calls').waitFor();
    await lead.press('Visit table 1', guide);
    await maya.page.getByText('is coming to your table.').first().waitFor();
    await lead.sees('herself at the table', (view) => atTable(view, lead, 0));
    await Promise.all([maya.receives([lead.seat, theo.seat]), lead.receives([maya.seat])]);
  });

  await step('the server is killed in the middle: everybody is at their table again', async () => {
    for (const person of all) person.isCutOff = true;
    await hearth.kill();
    await hearth.start();
    await Promise.all(all.map((person) => person.comesBack()));
    await maya.sees('her table', (view) => view.tools.tables.round?.mine?.note.startsWith('Walking'));
    await Promise.all([maya.receives([theo.seat]), theo.receives([maya.seat])]);
    for (const person of all) person.isCutOff = false;
  });

  await step('brought back without pressing anything, and the note comes along', async () => {
    await lead.press('Back in 30 seconds', guide);
    for (const person of all) await person.sees('the circle', (view) => !view.tools.tables.round && view.tools.tables.brought.length === 1, { patience: 60_000 });
    await priya.page.getByText('Walking with a neighbour. Saying no once.').waitFor();
    await Promise.all([maya.receives([lead.seat, priya.seat]), priya.receives([maya.seat, theo.seat])]);
    await lead.press('Put away');
    await priya.sees('nothing more of it', (view) => view.tools.tables.brought.length === 0);
  });

  await step('an aside for two: the others go on and hear nothing of it', async () => {
    await lead.page.getByRole('tab', { name: 'People' }).click();
    await lead.press('Talk apart with Priya');
    await priya.page.getByText('Nobody else hears or sees you two.').waitFor();
    await Promise.all([priya.receives([lead.seat]), maya.receives([theo.seat])]);
    await receivesNothingOf(maya, [lead.seat, priya.seat]);
    assert.ok(spot(await maya.view(), priya)?.at === 'aside', 'nobody is anywhere unseen');
    await priya.press('Back to the circle');
    await maya.sees('everybody in the circle', (view) => Object.keys(view.tools.tables.spots).length === 0);
    await maya.receives([lead.seat, priya.seat]);
  });

  await step('a gentle invitation, a pause for all, a moment marked by one key', async () => {
    await lead.press('Ask gently: Theo');
    await theo.page.getByText('Would you like to say something?').waitFor();
    assert.ok(!(await maya.view()).tools.invite.mine);
    await theo.press('Yes, in a moment');
    await lead.page.getByRole('tab', { name: 'Guide' }).click();
    await lead.page.getByText('would like to speak').first().waitFor();
    await lead.page.locator('body').press('3');
    await lead.sees('the moment', (view) => view.tools.markers.length === 1 && view.tools.markers[0].moment === 'cohesion');
    await lead.press('Pause', lead.page.locator('.bring'));
    await lead.press('Begin the pause', guide);
    await maya.page.getByText('There is nothing to get right.').waitFor();
    assert.deepEqual(await axe(maya.page), []);
    await maya.press('I have had enough');
    await maya.sees('no pause', (view) => !view.tools.calm.mine);
    assert.ok((await theo.view()).tools.calm.mine, 'the others go on');
    await lead.press('End the pause');
    await theo.sees('no pause', (view) => !view.tools.calm.mine);
  });

  await step('what happened stands in the record, and the moment in the note of the group', async () => {
    await lead.press('End the session', guide);
    await lead.press('End it now');
    await lead.page.waitForURL('**/goodbye');
    await lead.go(`/sessions/${lead.session}/record`);
    for (const line of ['Small tables', 'Everybody back from the tables', 'A leader talked apart with a member', 'A pause for everybody']) await lead.page.getByText(line).first().waitFor();
    await lead.go(`/sessions/${lead.session}/notes/0`);
    const note = await lead.page.locator('textarea[name=text]').inputValue();
    assert.match(note, /Cohesion/);
    assert.ok(!note.includes('Walking with a neighbour'), 'what a table wrote is not in the note');
  });
});
