// Notices on a device: chosen by a button, shown by the worker without a name, with the number on the icon; and ended again.
import assert from 'node:assert/strict';
import { looksRight } from '../../lib/look.mjs';
import { DESKTOP, PHONE } from '../../lib/person.mjs';
import { story } from '../../lib/story.mjs';
import { until } from '../../lib/wait.mjs';

// No push service answers a browser of a test: the page gets an address as that one would give it. Everything behind it is real.
function withAddresses() {
  let given = null;
  const address = () => given && { endpoint: given, unsubscribe: async () => ((given = null), sessionStorage.removeItem('given'), true) };
  given = sessionStorage.getItem('given');
  PushManager.prototype.getSubscription = async () => address();
  PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
    if (!userVisibleOnly || applicationServerKey.length !== 65 || applicationServerKey[0] !== 4) throw new Error('no key of ours');
    given = `https://fcm.googleapis.com/fcm/send/${Math.random().toString(36).slice(2)}`;
    sessionStorage.setItem('given', given);
    return address();
  };
  navigator.setAppBadge = async (count) => void (window.shownBadge = count ?? 'dot');
  navigator.clearAppBadge = async () => void (window.shownBadge = 0);
}

/** The worker hears a push, as from the push service. */
async function push(person) {
  const debug = await person.context.newCDPSession(person.page);
  const found = new Promise((done) => {
    debug.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => registrations.length > 0 && done(registrations[0].registrationId));
  });
  await debug.send('ServiceWorker.enable');
  await debug.send('ServiceWorker.deliverPushMessage', { origin: person.base, registrationId: await found, data: '' });
  await debug.detach();
}

/** What stands on the screen, once there is something. */
async function notice(person, test = () => true) {
  return until('a notice', async () => {
    const all = await person.page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      return (await registration.getNotifications()).map(({ title, body, lang, tag }) => ({ title, body, lang, tag }));
    });
    return all.find(test) ?? null;
  });
}

story('a device is chosen, says that something waits and nothing else, and is ended', async ({ hearth, arrive, step }) => {
  const maya = await arrive('Maya Lindqvist', { size: PHONE, context: { permissions: ['notifications'] } });
  await maya.context.addInitScript(withAddresses);
  const theo = await arrive('Theo Grant', { size: DESKTOP });
  const block = maya.page.locator('[data-push]');
  const shown = (state) => block.locator(`[data-when=${state}]:not([hidden])`).waitFor();

  await step('a device is silent until its person presses the button', async () => {
    await maya.signIn();
    await maya.go('/account/reminders');
    await shown('off');
    await maya.page.locator('#channels form').waitFor();
    await looksRight(maya, 'devices off');
    await maya.press('Tell me on this device');
    await shown('on');
    await block.getByText('This device', { exact: true }).waitFor();
    await looksRight(maya, 'devices on');
  });

  await step('a push without a word becomes one neutral sentence', async () => {
    await theo.signIn();
    await theo.go('/messages');
    await theo.page.getByRole('link', { name: 'Steady Ground' }).click();
    await theo.page.locator('textarea[name=text]').fill('The canary sings at noon, Maya.');
    await theo.page.locator('textarea[name=text]').locator('xpath=ancestor::form').locator('button').first().click();
    await theo.page.getByText('The canary sings').first().waitFor();
    await push(maya);
    const said = await notice(maya);
    assert.deepEqual(said, { title: await maya.page.locator('a.mark').innerText(), body: 'Something is waiting for you.', lang: 'en', tag: 'waiting' });
  });

  await step('the number on the icon is the number in the menu', async () => {
    await maya.go('/today');
    const count = Number(await maya.page.locator('nav .count').first().evaluate((one) => one.firstChild.textContent));
    assert.ok(count > 0);
    await until('the number', async () => (await maya.page.evaluate(() => window.shownBadge)) === count);
  });

  await step('in Spanish; and signed out it is the general sentence in the language that was spoken last', async () => {
    await maya.page.locator('form[action="/language"] button').click();
    await maya.page.waitForLoadState();
    await push(maya);
    await notice(maya, (one) => one.lang === 'es' && one.body === 'Algo te espera.');
    await maya.go('/account/reminders');
    await shown('on');
    await maya.page.emulateMedia({ colorScheme: 'dark' });
    await looksRight(maya, 'devices dark spanish');
    await maya.page.emulateMedia({ colorScheme: 'light' });
    await maya.go('/messages/notices');
    await looksRight(maya, 'channels spanish');
    const cookies = await maya.context.cookies();
    await maya.context.clearCookies();
    await maya.page.evaluate(async () => {
      for (const one of await (await navigator.serviceWorker.getRegistration()).getNotifications()) one.close();
    });
    await push(maya);
    const said = await notice(maya);
    assert.deepEqual([said.body, said.lang], ['Algo te espera.', 'es']);
    assert.ok(!JSON.stringify(said).match(/maya|theo|steady|canary/i));
    await maya.context.addCookies(cookies);
  });

  await step('with the keyboard it is ended, and the page says so', async () => {
    await maya.go('/account/reminders');
    await shown('on');
    await block.locator('[data-when=on] button').focus();
    await maya.page.keyboard.press('Enter');
    await shown('off');
    assert.equal(await block.locator('ul.list').count(), 0);
    await looksRight(maya, 'devices ended');
  });

  await step('pages that are taken off the device leave the worker of the notices, and the other way round', async () => {
    await maya.press('Avísenme en este aparato');
    await shown('on');
    await maya.go('/account/phone');
    await maya.page.locator('[data-does=keep]').click();
    await maya.page.locator('[data-does=forget]').click();
    await maya.page.locator('[data-does=keep]').waitFor();
    assert.ok(await maya.page.evaluate(async () => Boolean(await navigator.serviceWorker.getRegistration())));
    await maya.go('/account/reminders');
    await shown('on');
  });

  await step('after a sign-in that ran out it goes on, and it is still this device', async () => {
    await maya.context.clearCookies();
    await maya.signIn();
    await maya.go('/account/reminders');
    await shown('on');
    assert.equal(await block.locator('ul.list li').count(), 1);
  });

  await step('somebody else at the same browser is told nothing of it', async () => {
    await maya.becomes('Theo Grant');
    await until('no address', async () => (await maya.page.evaluate(() => sessionStorage.getItem('given'))) === null);
    await maya.go('/account/reminders');
    await shown('off');
    assert.equal(await block.locator('ul.list').count(), 0);
    await maya.becomes('Maya Lindqvist');
    await maya.go('/account/reminders');
    await shown('off');
    await block.locator('[data-does=begin] button').click();
    await shown('on');
  });

  await step('signing out ends it', async () => {
    await maya.go('/account');
    await maya.page.locator('form[action="/sign-out"] button').click();
    await maya.page.waitForURL('**/');
    await until('nothing on the icon', async () => (await maya.page.evaluate(() => window.shownBadge)) === 0);
    await maya.signIn();
    await maya.go('/account/reminders');
    await shown('off');
  });
});

story('a browser that may not, or cannot, is told so kindly', async ({ arrive, step }) => {
  await step('blocked by its person, in both widths', async () => {
    const ben = await arrive('Ben Adler', { size: DESKTOP });
    await ben.context.addInitScript(() => Object.defineProperty(Notification, 'permission', { get: () => 'denied' }));
    await ben.signIn();
    await ben.go('/account/reminders');
    await ben.page.locator('[data-when=blocked]:not([hidden])').waitFor();
    await ben.page.locator('#channels form').waitFor();
    await looksRight(ben, 'devices blocked');
  });

  await step('an iPhone is shown the way to the home screen', async () => {
    const userAgent = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';
    const noor = await arrive('Noor Haddad', { size: PHONE, context: { userAgent } });
    await noor.context.addInitScript(() => delete window.PushManager);
    await noor.signIn();
    await noor.go('/account/reminders');
    await noor.page.locator('[data-when=apple]:not([hidden]) a[href="/account/phone"]').waitFor();
    await looksRight(noor, 'devices iphone');
  });

  await step('without scripts there is a sentence, and each channel can be chosen on its own page', async () => {
    const priya = await arrive('Priya Nair', { size: PHONE });
    await priya.signIn();
    const plain = await priya.browser.newContext({ ...PHONE, javaScriptEnabled: false });
    await plain.addCookies(await priya.context.cookies());
    const page = await plain.newPage();
    await page.goto(`${priya.base}/account/reminders`);
    await page.locator('[data-push] noscript p').waitFor();
    await page.locator('#channels a').click();
    await page.locator('main select').first().selectOption('no');
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.getByRole('status').waitFor();
    assert.equal(await page.locator('main select').first().inputValue(), 'no');
  });
});
