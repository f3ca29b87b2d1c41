// Every tool in one session once more, with twelve: a leader and one member on a phone are real, ten are played, with voices and faces. The server
// is killed while they sit at small tables; the played ones come back as people would.
import assert from 'node:assert/strict';
import { backFromTables, evening, hasRecap, SECRETS, SHARED, toTables } from '../../lib/evening.mjs';
import { film } from '../../lib/film.mjs';
import { PHONE } from '../../lib/person.mjs';
import { story } from '../../lib/story.mjs';

const PLAYED = 10;

story('every tool with twelve', async ({ hearth, arrive, step }) => {
  const lead = await arrive('Dr. Amara Osei', { voice: 0 });
  const owen = await arrive('Owen Price', { voice: 1, size: PHONE });
  const parts = evening({ lead, member: owen, others: [] });
  const use = (...names) => async () => {
    for (const name of names) await parts[Object.keys(parts).find((one) => one.startsWith(name))]();
  };
  const here = (view) => Object.values(view.chairs).filter((chair) => chair.presence === 'here').length;
  /** The played members come to the door, as often as it takes. */
  const played = () => fetch(`${hearth.base}/demo/rehearsal?members=${PLAYED}`, { method: 'POST', redirect: 'manual' }).then((answer) => assert.ok(answer.status < 400, `${answer.status}`));

  await step('three more get a seat, and a film lies in the library', async () => {
    await owen.becomes('Carol Whitfield');
    await owen.go('/groups');
    await owen.page.getByRole('link', { name: 'Steady Ground' }).first().click();
    await owen.page.waitForURL(/groups\/-?\d+$/);
    const composition = `${new URL(owen.page.url()).pathname}/composition`;
    await owen.go(composition);
    await owen.page.locator('input[name=capacity]').fill('12');
    await Promise.all([owen.page.waitForEvent('load'), owen.page.locator('form[action$="/admission"] button').click()]);
    const seats = composition.replace('composition', 'seats');
    for (const name of ['grace.liu', 'tomas.rivera', 'owen.price']) {
      await owen.go(seats);
      await owen.page.locator('input[name=email]').fill(`${name}@example.org`);
      await owen.page.locator('select[name=residence]').selectOption('NY');
      await Promise.all([owen.page.waitForEvent('load'), owen.page.locator('form[action$="/seats"] button').click()]);
    }
    await lead.signIn();
    await lead.go('/materials');
    await lead.page.locator('input[name=title]').fill('One slow breath');
    await lead.page.locator('input[name=file]').setInputFiles({ name: 'breath.webm', mimeType: 'video/webm', buffer: await film(lead.page) });
    await lead.press('Add it');
    await lead.page.getByRole('heading', { name: 'One slow breath' }).waitFor();
  });

  await step('twelve sit in the circle', async () => {
    await played();
    await lead.toDoor();
    await lead.passDoor();
    await lead.inRoom();
    await owen.becomes('Owen Price');
    owen.session = lead.session;
    await owen.go(`/sessions/${lead.session}/door`);
    await owen.passDoor();
    await lead.sees('eleven at the door', (view) => view.lead.waiting.filter((one) => one.here).length === PLAYED + 1);
    await lead.press('Let everybody in');
    await owen.inRoom();
    for (const person of [lead, owen]) person.seat = (await person.view()).you.seat;
    await lead.sees('twelve', (view) => here(view) === PLAYED + 2);
    await lead.press('Begin the session');
    await owen.receives([lead.seat]);
  });

  await step('check-in, prompt, hand, chat', use('check-in', 'a prompt'));
  await step('deck, reading, film, screen, whiteboard', use('a deck', 'a reading', 'a film', 'a screen', 'a whiteboard'));
  await step('poll, quiz, journal, role-play', use('a poll', 'a page', 'a scene'));

  await step('small tables for twelve, the server dies, and everybody is at their table again', async () => {
    await toTables(lead, owen);
    await owen.page.getByLabel('What your table wants to bring back').fill(SHARED.table);
    await owen.press('Keep the note');
    await owen.sees('the note', (view) => view.tools.tables.round.mine.note === SHARED.table);
    for (const person of [lead, owen]) person.isCutOff = true;
    await hearth.kill();
    await hearth.start();
    await played();
    await Promise.all([lead, owen].map((person) => person.comesBack()));
    await owen.sees('his table and all of it', (view) => view.tools.tables.round?.mine?.note === SHARED.table && here(view) === PLAYED + 2, { patience: 90_000 });
    for (const person of [lead, owen]) person.isCutOff = false;
    await backFromTables(lead, [owen]);
    await owen.page.getByText(SHARED.table).first().waitFor();
    await owen.receives([lead.seat]);
    await lead.press('Put away');
  });

  await step('tables once more, and an aside', async () => {
    await toTables(lead, owen);
    await backFromTables(lead, [owen]);
    await lead.page.getByRole('tab', { name: 'People' }).click();
    await lead.press('Talk apart with Owen');
    await owen.receives([lead.seat]);
    await owen.press('Back to the circle');
    await owen.sees('the circle', (view) => Object.keys(view.tools.tables.spots).length === 0);
  });

  await step('invitation, pauses, mark, go-round, closing', use('an invitation', 'a go-round', 'closing'));

  await step('the recap has what was promised, and one’s own page is not in it for others', async () => {
    await lead.press('End the session');
    await lead.press('End it now');
    await owen.page.waitForURL('**/goodbye');
    await hasRecap(owen, owen.session);
    await lead.page.waitForURL('**/goodbye');
    await lead.go(`/sessions/${lead.session}/notes/0`);
    const note = await lead.page.locator('textarea[name=text]').inputValue();
    for (const secret of [SECRETS.page, SECRETS.note, SHARED.table]) assert.ok(!note.includes(secret), `the group's note has ${secret}`);
  });
});
