// Every page, in both languages, narrow and wide: axe finds nothing, nothing sticks out, nothing comes from elsewhere.
import assert from 'node:assert/strict';
import { faults, settled } from '../../lib/axe.mjs';
import { DESKTOP, PHONE } from '../../lib/person.mjs';
import { story } from '../../lib/story.mjs';
import { until } from '../../lib/wait.mjs';

const LANGUAGES = ['en', 'es'];
const STAFF = ['Dr. Amara Osei', 'Ben Adler', 'Rui Alves', 'Nadia Okafor', 'Carol Whitfield', 'Anders Holm', 'Rosa Lindqvist'];

story('every page is for everybody', async ({ arrive, step }) => {
  const wide = await arrive('Dr. Amara Osei', { size: DESKTOP });
  const phone = await arrive('Maya Lindqvist', { size: PHONE, voice: 1 });
  const both = [wide, phone];

  await step('before signing in', async () => {
    for (const person of both) {
      const found = (await linksFrom(person, ['/find?place=CA'])).filter((path) => path.startsWith('/find/'));
      assert.ok(found.length > 0, 'the catalogue is empty');
      await inBoth(person, ['/', '/find', '/find?topic=couples', found[0], '/how-it-works', '/therapists', '/contact', '/embed', '/sign-in', '/forgotten', '/digest?topic=grief', '/digest/confirm/no', '/not-a-page', '/demo/outbox']);
    }
  });

  await step('a wrong password says so calmly', async () => {
    await phone.go('/sign-in');
    await phone.page.locator('input[name=email]').fill(phone.email);
    await phone.page.locator('input[name=password]').fill('not it');
    await phone.page.locator('form[action="/sign-in"] button').click();
    await phone.page.getByRole('alert').waitFor();
    assert.deepEqual(await faults(phone), []);
  });

  await step('signing in and passing the door with the keyboard alone', () => byKeyboard(phone));

  await step('waiting', async () => {
    await phone.page.waitForURL('**/waiting');
    assert.deepEqual(await faults(phone), []);
  });

  await step('what a member reads', async () => {
    const paths = await linksFrom(phone, ['/today', '/groups']);
    assert.ok(paths.some((path) => path.endsWith('/recap')) && paths.some((path) => /^\/groups\/-?\d+$/.test(path)));
    await inBoth(phone, [...paths, '/help', '/account', '/account/reminders', '/calendar', '/account/calendar', '/account/availability', '/documents', '/homework', '/homework/new', '/goals', '/goals/patterns', '/measures', '/safety-plan', '/account/data', `/sessions/${phone.session}/door`, `/sessions/${phone.session}/goodbye`]);
  });

  await step('what a facilitator reads', async () => {
    await wide.signIn();
    await wide.toDoor();
    const paths = await linksFrom(wide, ['/today', '/groups']);
    const record = paths.find((path) => path.endsWith('/record'));
    const deeper = await linksFrom(wide, [record]);
    assert.ok(deeper.some((path) => path.includes('/notes/')) && paths.some((path) => path.endsWith('/before')));
    const calendar = ['/calendar', '/outreach', '/appointments/new', `/sessions/${wide.session}/change`];
    await inBoth(wide, [...paths, ...deeper, ...calendar, '/risk-tasks', '/account', `/sessions/${wide.session}/door`]);
  });

  await step('a call for help and its task', async () => {
    await phone.go('/help');
    await phone.page.locator('textarea[name=text]').fill('I cannot settle tonight.');
    await phone.page.locator('button[name=kind][value=help]').click();
    await phone.page.getByRole('status').first().waitFor();
    assert.deepEqual(await faults(phone), []);
    // The task is made by the job worker, a moment later.
    const task = wide.page.getByRole('link', { name: 'Maya' }).first();
    await until('the task is there', async () => {
      await wide.go('/risk-tasks');
      return task.isVisible();
    });
    await task.click();
    await wide.page.waitForURL(/risk-tasks\/-?\d+$/);
    await inBoth(wide, [new URL(wide.page.url()).pathname]);
  });

  await step('the room, as facilitator and on a phone', async () => {
    await wide.go(`/sessions/${wide.session}/door`);
    await wide.passDoor();
    await wide.inRoom();
    await phone.go(`/sessions/${phone.session}/waiting`);
    await wide.press('Let in Maya');
    await phone.inRoom();
    for (const person of both) assert.deepEqual(await faults(person), []);
    await wide.press('Begin the session');
    await phone.sees('the check-in', (view) => view.tools.check_in?.open || view.running);
    for (const person of both) assert.deepEqual(await faults(person), []);
    for (const tab of ['People', 'Chat']) {
      await wide.page.getByRole('tab', { name: tab }).click();
      assert.deepEqual(await faults(wide), []);
    }
    await phone.press('Crisis help');
    await phone.page.getByRole('dialog').waitFor();
    assert.deepEqual(await faults(phone), []);
  });

  await step('Today for every role', async () => {
    const look = async (name) => {
      const size = STAFF.indexOf(name) % 2 ? PHONE : DESKTOP;
      const page = await wide.browser.newContext({ ...size, locale: 'en-US' }).then((context) => context.newPage());
      wide.watch(page);
      const person = Object.assign(Object.create(wide), { page, first: name, email: mailOf(name) });
      await person.signIn();
      await inBoth(person, ['/today', '/calendar', '/groups', '/account']);
      await page.context().close();
    };
    // Two at a time, one for each core.
    await Promise.all([0, 1].map(async (half) => {
      for (const name of STAFF.filter((_, index) => index % 2 === half)) await look(name);
    }));
  });
});

/** Looks at each path in both languages, and leaves the page in English. */
async function inBoth(person, paths) {
  const found = [];
  for (const language of LANGUAGES) {
    await person.go('/account').catch(() => undefined);
    await speak(person, language);
    for (const path of new Set(paths)) {
      await person.go(path);
      await settled(person);
      assert.equal(await person.page.getAttribute('html', 'lang'), language, `${path} does not speak ${language}`);
      found.push(...(await faults(person)).map((fault) => `${path} in ${language}: ${fault}`));
    }
  }
  await speak(person, 'en');
  assert.deepEqual(found, []);
}

async function speak(person, language) {
  if ((await person.page.getAttribute('html', 'lang')) === language) return;
  await person.page.locator('form[action="/language"] button').click();
  await until(`the page speaks ${language}`, async () => (await person.page.getAttribute('html', 'lang').catch(() => '')) === language);
}

/** Every page of ours that these pages link to, one of each kind. */
async function linksFrom(person, paths) {
  const kinds = new Map();
  for (const path of paths) {
    await person.go(path);
    await settled(person);
    const links = await person.page.locator('main a[href^="/"]').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    for (const link of [path, ...links]) kinds.set(link.replace(/-?\d{2,}/g, 'N').replace(/notes\/0$/, 'notes/group'), link);
  }
  return [...kinds.values()];
}

/** Only keys: the door must open for whoever cannot use a pointer. */
async function byKeyboard(person) {
  const { page } = person;
  const type = async (text) => page.keyboard.type(text);
  const to = async (selector) => {
    for (let pressed = 0; pressed < 120; pressed += 1) {
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard does not reach ${selector} on ${page.url()}`);
  };
  await person.go('/sign-in');
  await to('input[name=email]');
  await type(person.email);
  await to('input[name=password]');
  await type('a quiet place to try');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/today');
  await to('main a[href$="/door"]');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/door');
  person.session = new URL(page.url()).pathname.split('/')[2];
  await page.getByRole('switch').first().waitFor();
  await to('select[name=jurisdiction]');
  await type('New York');
  for (const [name, text] of [['location', 'Home, Albany'], ['callback', '518 555 0142'], ['contact_name', 'Somebody'], ['contact_phone', '518 555 0143']]) {
    await to(`input[name=${name}]`);
    await type(text);
  }
  await to('input[name=alone]');
  await page.keyboard.press('Space');
  await to('input[name=stance]');
  await page.keyboard.press('ArrowDown');
  await to('input[name=signed_name]');
  await type(person.name);
  await to('input[name=agree]');
  await page.keyboard.press('Space');
  await to('form[action$="/door"] button');
  await page.keyboard.press('Enter');
}

function mailOf(name) {
  return `${name.replace('Dr. ', '').toLowerCase().replaceAll(' ', '.')}@example.org`;
}
