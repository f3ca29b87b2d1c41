// A whiteboard between two real browsers and a third that comes late: what is drawn here stands there, word for word, and in the recap.
import assert from 'node:assert/strict';
import { PHONE } from '../../lib/person.mjs';
import { story } from '../../lib/story.mjs';
import { until } from '../../lib/wait.mjs';

story('a whiteboard for all', async ({ arrive, hearth, step }) => {
  const lead = await arrive('Dr. Amara Osei', { voice: 0 });
  const maya = await arrive('Maya Lindqvist', { voice: 1 });
  const theo = await arrive('Theo Grant', { voice: 2, size: PHONE });

  await step('two are in the circle', async () => {
    await Promise.all([lead.signIn(), maya.signIn(), theo.signIn()]);
    await Promise.all([lead.toDoor(), maya.toDoor()]);
    await lead.passDoor({ camera: false });
    await lead.inRoom();
    await maya.passDoor({ camera: false });
    await lead.press('Let in Maya');
    await maya.inRoom();
    await lead.press('Begin the session');
    await lead.sees('it runs', (view) => view.begun_at > 0);
  });

  await step('a sheet of our own is laid in the middle, and drawn on', async () => {
    await lead.press('Whiteboard', lead.page.locator('.bring'));
    await lead.page.getByLabel('What is on it').selectOption('control');
    await lead.page.locator('.bring-form button[type=submit]').click();
    for (const person of [lead, maya]) await person.page.locator('.drawing canvas').first().waitFor();
    await draws(maya, 0.3, 0.55);
    await until('the leader has the stroke', async () => (await strokes(lead)) >= 1, { seen: () => strokes(lead) });
    await draws(lead, 0.6, 0.6);
    await until('the member has both', async () => (await strokes(maya)) >= 2, { seen: () => strokes(maya) });
    await lead.shot('board-lead');
  });

  await step('words are written, and read by who cannot see the drawing', async () => {
    const board = await box(maya);
    await maya.page.mouse.click(board.x + board.width * 0.5, board.y + board.height * 0.5);
    await maya.page.keyboard.press('t');
    await maya.page.mouse.click(board.x + board.width * 0.7, board.y + board.height * 0.75);
    await maya.page.keyboard.type('what I can do today', { delay: 20 });
    await maya.page.mouse.click(board.x + board.width * 0.2, board.y + board.height * 0.85);
    await lead.page.locator('.texts li', { hasText: 'what I can do today' }).waitFor({ state: 'attached' });
    assert.equal((await maya.view()).you.mic, true, 'letters typed on the board mute nobody');
  });

  await step('the server is killed: the board is there again, and whoever comes late has all of it', async () => {
    for (const person of [lead, maya]) person.isCutOff = true;
    await hearth.kill();
    await hearth.start();
    await Promise.all([lead, maya].map((person) => person.inRoom()));
    for (const person of [lead, maya]) person.isCutOff = false;
    await theo.toDoor();
    await theo.passDoor({ camera: false });
    await lead.press('Let in Theo');
    await theo.inRoom();
    await until('the late one has both strokes', async () => (await strokes(theo)) >= 2, { seen: () => strokes(theo) });
    await theo.page.locator('.texts li', { hasText: 'what I can do today' }).waitFor({ state: 'attached' });
    await theo.page.locator('.drawing canvas').first().waitFor();
    await theo.shot('board-phone');
  });

  await step('the session ends, and the recap has the board for those who were there', async () => {
    await lead.press('End the session');
    await lead.page.getByRole('dialog').getByRole('button', { name: 'End' }).click();
    await maya.page.waitForURL('**/goodbye');
    await maya.go(`/sessions/${maya.session}/recap`);
    await maya.page.getByText('what I can do today').first().waitFor();
    await maya.shot('board-recap');
  });
});

const box = (person) => person.page.locator('.drawing canvas').last().boundingBox();

/** One stroke of the pen, by hand. */
async function draws(person, x, y) {
  const board = await box(person);
  const at = (dx, dy) => [board.x + board.width * (x + dx), board.y + board.height * (y + dy)];
  await person.page.mouse.click(...at(0, 0));
  await person.page.keyboard.press('p');
  await person.page.mouse.move(...at(0, 0));
  await person.page.mouse.down();
  for (let step = 1; step <= 12; step += 1) await person.page.mouse.move(...at(step * 0.012, Math.sin(step / 2) * 0.03));
  await person.page.mouse.up();
}

/** Strokes of a pen in the store of this browser. */
function strokes(person) {
  return person.page.evaluate(() => window.__hearth.board().filter((element) => element.kind === 'freedraw' && !element.gone).length);
}
