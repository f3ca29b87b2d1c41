// The network of one person goes dark, for a moment, for a while and for long; everybody sees the truth meanwhile, and nothing is lost.
import assert from 'node:assert/strict';
import { axe, overflow } from '../../lib/axe.mjs';
import { PHONE } from '../../lib/person.mjs';
import { Relay } from '../../lib/relay.mjs';
import { story } from '../../lib/story.mjs';
import { pause, until } from '../../lib/wait.mjs';

const SHORT = 3_000;
const LONGER = 20_000;
const LONG = 90_000;
/** A browser calls a path failed after half a minute or so. */
const FAILS = 120_000;

story('the network goes dark and comes back', async ({ hearth, arrive, step }) => {
  const lead = await arrive('Dr. Amara Osei', { voice: 0 });
  const network = await Relay.open(hearth.port);
  const maya = await arrive('Maya Lindqvist', { voice: 1, size: PHONE, relay: network });
  let wentDark = 0;
  const cut = (what) => {
    maya.isCutOff = true;
    wentDark = Date.now();
    network.cut(what);
  };
  const darkFor = (length) => pause(wentDark + length - Date.now());
  /** In the same seat, with sound and pictures both ways, and without another look at the door. */
  const back = async () => {
    const mended = Date.now();
    await until('Maya is connected', async () => (await maya.connection()) === 'connected', { seen: () => maya.connection() });
    console.log(`      connected ${((Date.now() - mended) / 1_000).toFixed(1)} s after the network was back`);
    assert.match(maya.page.url(), /\/room$/);
    assert.equal((await maya.view()).you.seat, maya.seat);
    await lead.sees('Maya here', (view) => view.chairs[maya.seat].presence === 'here' && view.lead.drops.length === 0);
    await Promise.all([maya.receives([lead.seat]), lead.receives([maya.seat])]);
    maya.isCutOff = false;
  };
  /** What she reads while she is away, and that it is for everybody. */
  const calm = async () => {
    await maya.page.getByText('Your seat and your words are kept.').waitFor();
    await maya.page.getByRole('button', { name: 'Crisis help' }).filter({ visible: true }).first().waitFor();
    assert.deepEqual(await axe(maya.page), []);
    assert.equal(await overflow(maya.page), 0);
  };

  await step('two are in the room', async () => {
    for (const person of [lead, maya]) await person.signIn();
    await lead.toDoor();
    await lead.passDoor();
    await lead.inRoom();
    await maya.toDoor();
    await maya.passDoor();
    await lead.press('Let in Maya');
    await maya.inRoom();
    for (const person of [lead, maya]) person.seat = (await person.view()).you.seat;
    await Promise.all([maya.receives([lead.seat]), lead.receives([maya.seat])]);
    await maya.press(/^Chat/);
  });

  await step('three seconds: a line sent meanwhile arrives once, and nobody was gone', async () => {
    cut();
    await write(maya, 'Can you hear me?');
    await maya.press('Send');
    await darkFor(SHORT);
    network.mend();
    await lead.sees('the line', (view) => lines(view, 'Can you hear me?') === 1);
    await back();
    assert.equal(lines(await lead.view(), 'Can you hear me?'), 1);
  });

  await step('twenty seconds: she is told, sends nothing, and keeps her words', async () => {
    cut();
    await maya.fallsSilent();
    await write(maya, 'I was saying something.');
    await maya.press('Send');
    await maya.page.getByText('What you wrote is still here.').first().waitFor();
    await calm();
    await lead.sees('Maya reconnecting', (view) => view.chairs[maya.seat].presence === 'reconnecting');
    await darkFor(LONGER);
    network.mend();
    await back();
    assert.equal(await maya.page.locator('#chat-text').inputValue(), 'I was saying something.');
    await maya.press('Send');
    await lead.sees('her words', (view) => lines(view, 'I was saying something.') === 1);
  });

  await step('ninety seconds: no ghost, a number to call, and the chair is kept', async () => {
    cut();
    await lead.sees('Maya reconnecting', (view) => view.chairs[maya.seat].presence === 'reconnecting');
    const noticed = Date.now() - wentDark;
    await lead.sees('an empty chair', (view) => view.chairs[maya.seat].presence === 'empty' && view.chairs[maya.seat].name === 'Maya');
    console.log(`      "reconnecting" ${(noticed / 1_000).toFixed(1)} s after the cut, an empty chair after ${((Date.now() - wentDark) / 1_000).toFixed(1)} s`);
    const alert = lead.page.locator('.alert.drop');
    await alert.getByText('Maya dropped out').waitFor();
    for (const known of ['518 555 0142', "Maya's kitchen, Albany", 'Somebody Close', '518 555 0143']) await alert.getByText(known).first().waitFor();
    const clock = () => alert.locator('.digits').innerText();
    const first = await clock();
    await until('the clock of the drop runs', async () => (await clock()) !== first);
    assert.deepEqual(await axe(lead.page), []);
    await maya.fallsSilent();
    await calm();
    await write(maya, 'Still here.');
    await darkFor(LONG);
    network.mend();
    await back();
    assert.equal(await maya.page.locator('#chat-text').inputValue(), 'Still here.');
  });

  await step('media alone is gone until ICE fails: sound and pictures recover without anybody doing anything', async () => {
    await maya.page.evaluate(() => (window.__paths = []));
    cut({ tcp: false });
    await until('ICE has failed', () => maya.page.evaluate(() => window.__paths.includes('failed')), {
      patience: FAILS,
      seen: () => maya.page.evaluate(() => window.__paths.join(' ')),
    });
    console.log(`      failed ${((Date.now() - wentDark) / 1_000).toFixed(1)} s after the cut`);
    assert.equal((await lead.view()).chairs[maya.seat].presence, 'here');
    network.mend();
    await back();
  });
});

async function write(person, text) {
  await person.page.locator('#chat-text').fill(text);
}

function lines(view, text) {
  return JSON.stringify(view.tools.chat).split(text).length - 1;
}
