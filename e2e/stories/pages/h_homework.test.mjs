// Homework on a telephone whose net comes and goes: what was typed stays on it until it is sent, says so, and is counted once.
import assert from 'node:assert/strict';
import { faults } from '../../lib/axe.mjs';
import { DESKTOP, PHONE } from '../../lib/person.mjs';
import { story } from '../../lib/story.mjs';
import { until } from '../../lib/wait.mjs';

const UNSENT = 'Kept on this device, not sent yet';

story('homework is kept on the device until it is sent', async ({ arrive, step }) => {
  const maya = await arrive('Maya Lindqvist', { size: PHONE });
  const amara = await arrive('Dr. Amara Osei', { size: DESKTOP });
  let card = '';

  await step('the card of today', async () => {
    await maya.signIn();
    await maya.go('/homework');
    card = await maya.page.locator('li', { hasText: 'Diary card' }).locator('a').first().getAttribute('href');
    await maya.go(card);
    assert.deepEqual(await faults(maya), []);
    await fits(maya);
  });

  await step('without a net it is kept here, and says so', async () => {
    await maya.page.locator('textarea[name=note]').fill('First words');
    await pick(maya, 'feeling-fear', 3);
    maya.isCutOff = true;
    await maya.context.setOffline(true);
    await maya.press('Keep');
    await maya.page.getByText(UNSENT).waitFor();
    assert.equal(await stored(maya), 1);
    assert.deepEqual(await faults(maya), []);
  });

  await step('with a net it goes by itself, and leaves the device', async () => {
    await maya.context.setOffline(false);
    await maya.page.waitForURL('**kept=1');
    maya.isCutOff = false;
    assert.equal(await stored(maya), 0);
    assert.equal(await maya.page.locator('textarea[name=note]').inputValue(), 'First words');
  });

  await step('an answer that got lost counts once', async () => {
    maya.isCutOff = true;
    await maya.page.route('**/entries', async (route) => {
      await route.fetch({ maxRedirects: 0 });
      await route.abort('connectionreset');
    }, { times: 1 });
    await maya.page.locator('textarea[name=note]').fill('Second words');
    await maya.press('Keep');
    await maya.page.getByText(UNSENT).waitFor();
    await Promise.all([maya.page.waitForEvent('framenavigated'), maya.press('Try again now')]);
    await until('it has left the device', () => stored(maya).then((many) => many === 0, () => false));
    maya.isCutOff = false;
    await maya.go(card);
    assert.equal(await maya.page.locator('textarea[name=note]').inputValue(), 'Second words');
    assert.equal(await stored(maya), 0);
  });

  await step('what was typed and not kept is there again', async () => {
    await maya.page.locator('textarea[name=note]').fill('Third words');
    await maya.go('/today');
    await maya.go(card);
    assert.equal(await maya.page.locator('textarea[name=note]').inputValue(), 'Third words');
    await maya.page.getByText('not kept it yet').waitFor();
    await maya.press('Remove it from this device');
    await until('the form is as it was kept', () => maya.page.locator('textarea[name=note]').inputValue().then((words) => words === 'Second words', () => false));
    assert.equal(await stored(maya), 0);
  });

  await step('the lines to call are shown by the script, too', async () => {
    await pick(maya, 'urge-suicide', 5);
    await maya.press('Keep');
    await maya.page.getByRole('alert').getByRole('link', { name: /988/ }).waitFor();
    assert.equal(await stored(maya), 0);
    assert.deepEqual(await faults(maya), []);
  });

  await step('signing out clears the device', async () => {
    await maya.go(card);
    await maya.page.locator('textarea[name=note]').fill('Left behind');
    assert.equal(await stored(maya), 1);
    await maya.go('/account');
    await maya.page.locator('form[action="/sign-out"] button').click();
    await maya.page.waitForURL((url) => !url.pathname.startsWith('/account'));
    assert.equal(await stored(maya), 0);
  });

  await step('whoever leads reads it, and gives more', async () => {
    await amara.signIn();
    await amara.go('/groups');
    await amara.page.getByRole('link', { name: /Steady Ground/ }).first().click();
    await amara.page.getByRole('link', { name: 'Homework of the group' }).click();
    assert.deepEqual(await faults(amara), []);
    const group = new URL(amara.page.url()).pathname;
    await amara.page.getByRole('link', { name: /One card a day/ }).click();
    await amara.page.getByText('Second words').waitFor();
    assert.deepEqual(await faults(amara), []);
    for (const kind of ['', '?kind=diary-card', '?kind=ladder', '?kind=worksheet', '?kind=reading']) {
      await amara.go(`${group}/new${kind}`);
      assert.deepEqual(await faults(amara), [], kind);
      await fits(amara);
    }
  });
});

const pick = (person, name, value) => person.page.locator('label', { has: person.page.locator(`input[name=${name}][value="${value}"]`) }).click();
const stored = (person) => person.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('hearth-form:')).length);

async function fits(person) {
  const wide = await person.page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  assert.equal(wide, false, 'something sticks out');
}
