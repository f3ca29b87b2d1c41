// The week between, with the keyboard alone: workshop, goal, homework, questionnaire and safety plan by Tab, Space, Enter and letters.
import assert from 'node:assert/strict';
import { settled } from '../../lib/axe.mjs';
import { KeyboardPerson } from '../../lib/keyboard.mjs';
import { looksRight } from '../../lib/look.mjs';
import { PHONE } from '../../lib/person.mjs';
import { story } from '../../lib/story.mjs';

// No page of a member has more places to stop at; more means that Tab goes in a circle.
const MOST = 250;

story('the forms between sessions are filled in without a mouse', async ({ arrive, step }) => {
  const maya = await arrive('Maya Lindqvist', { as: KeyboardPerson });

  await step('everything that can be pressed or written in is reached by Tab', async () => {
    await maya.signIn();
    const homework = await first(maya, '/homework', 'main a[href^="/homework/"]');
    const measure = await first(maya, '/measures', 'main a[href^="/measures/"]');
    for (const path of ['/goals/workshop/brought', '/goals/new', '/homework', homework, measure, '/safety-plan/edit', '/safety-plan']) {
      await maya.go(path);
      assert.deepEqual(await unreached(maya), [], path);
    }
  });

  await step('a goal is begun from words of one\'s own', async () => {
    await maya.go('/goals/new');
    await reach(maya, 'textarea[name=words]');
    await maya.page.keyboard.type('Walk to the river on Sundays');
    await reach(maya, 'main form.card button');
    await maya.page.keyboard.press('Enter');
    await maya.page.waitForURL('**/plan/words');
  });

  await step('a questionnaire is answered and sent', async () => {
    await maya.go(await first(maya, '/measures', 'main a[href^="/measures/"]'));
    const many = await maya.page.locator('fieldset.asked').count();
    for (let number = 1; number <= many; number += 1) {
      await reach(maya, `#q${number} input`);
      await maya.page.keyboard.press('Space');
      assert.equal(await maya.page.locator(`#q${number} input:checked`).count(), 1, `question ${number}`);
    }
    await reach(maya, 'button[value=send]');
    const before = maya.page.url();
    await Promise.all([maya.page.waitForEvent('load'), maya.page.keyboard.press('Enter')]);
    assert.equal(maya.page.url(), before);
    assert.equal(await maya.page.locator('button[value=send]').count(), 0, 'it is sent');
  });

  await step('a safety plan is written and kept', async () => {
    await maya.go('/safety-plan/edit');
    await reach(maya, 'main textarea');
    await maya.page.keyboard.press('Control+End');
    await maya.page.keyboard.type('\nI stop answering my phone');
    await reach(maya, 'main form .button:not(.calm)');
    await maya.page.keyboard.press('Enter');
    await maya.page.waitForURL('**/safety-plan*');
    await maya.page.getByText('I stop answering my phone').first().waitFor();
  });

  // A telephone with a keyboard, in Spanish.
  const lucia = await arrive('Lucía Fernández', { as: KeyboardPerson, size: PHONE });
  let group;

  await step('what lies between two sessions is reached by Tab, each place has its words, in Spanish', async () => {
    await lucia.signIn();
    group = await first(lucia, '/groups', 'main a[href^="/groups/"]');
    assert.equal(await lucia.page.locator('html').getAttribute('lang'), 'es');
    const here = ['messages', 'circles', 'what-helped', 'what-helped/new', 'question', 'moments'].map((page) => `${group}/${page}`);
    for (const path of [...here, '/messages', '/inbox', '/library', '/letters', '/supporters', '/alumni', '/account/reminders']) {
      await lucia.go(path);
      await settled(lucia);
      assert.deepEqual(await unreached(lucia), [], path);
      assert.deepEqual(await lucia.nameless(), [], path);
      await looksRight(lucia, `es-${path.replaceAll('/', '-').replace(/\d+/, 'g')}`);
    }
  });

  await step('a message and a letter are written', async () => {
    await lucia.go(`${group}/messages`);
    await reach(lucia, '#write textarea[name=text]');
    await lucia.page.keyboard.type('Hoy salí a caminar.');
    await reach(lucia, '#write form button');
    await Promise.all([lucia.page.waitForEvent('load'), lucia.page.keyboard.press('Enter')]);
    await lucia.page.locator('.message', { hasText: 'Hoy salí a caminar.' }).waitFor();
    await lucia.go('/letters');
    await reach(lucia, 'form[action="/letters"] textarea');
    await lucia.page.keyboard.type('Querida yo, ha pasado.');
    await reach(lucia, 'form[action="/letters"] button');
    await Promise.all([lucia.page.waitForEvent('load'), lucia.page.keyboard.press('Enter')]);
    await lucia.page.locator('form[action$="/removal"]').waitFor({ state: 'attached' });
  });
});

async function first(person, page, selector) {
  await person.go(page);
  return person.page.locator(selector).first().getAttribute('href');
}

const reach = (person, selector) => person.reach(person.page.locator(selector).first());

/** What is in sight and can be used, and that Tab never comes to. Of radio buttons of one name one is enough: arrows lead to the others. */
async function unreached(person) {
  await person.page.evaluate(() => {
    const mark = (element) => {
      const group = element.type === 'radio' ? `radio ${element.form?.action} ${element.name}` : '';
      element.dataset.stop = group || `${element.tagName} ${element.name ?? ''} ${(element.textContent ?? '').trim().slice(0, 30)}`;
    };
    const all = document.querySelectorAll('main :is(a[href], button, input:not([type=hidden]), textarea, select, summary)');
    [...all].filter((one) => !one.disabled && one.checkVisibility()).forEach(mark);
    document.activeElement?.blur();
  });
  const wanted = await person.page.evaluate(() => [...document.querySelectorAll('[data-stop]')].map((one) => one.dataset.stop));
  const found = new Set();
  for (let pressed = 0; pressed < MOST; pressed += 1) {
    await person.page.keyboard.press('Tab');
    const at = await person.page.evaluate(() => ({ stop: document.activeElement?.dataset.stop, seen: document.activeElement && getComputedStyle(document.activeElement).outlineStyle !== 'none' }));
    if (at.stop) {
      assert.ok(at.seen, `${at.stop}: where one is can be seen`);
      found.add(at.stop);
    }
    if (found.size === new Set(wanted).size) break;
  }
  return [...new Set(wanted)].filter((one) => !found.has(one));
}
