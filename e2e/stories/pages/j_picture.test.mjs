// Did it help: a member's own picture in words, the group for whoever leads, the practice's figure with all that belongs to it; and what waits for nobody's eyes.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { troubles } from '../../lib/fhir.mjs';
import { looksRight } from '../../lib/look.mjs';
import { DESKTOP, PHONE } from '../../lib/person.mjs';
import { story } from '../../lib/story.mjs';

/** The same page in the dark, since half of all people read at night. */
async function alsoDark(person, name) {
  await looksRight(person, name);
  await person.page.emulateMedia({ colorScheme: 'dark' });
  await looksRight(person, `${name}, dark`);
  await person.page.emulateMedia({ colorScheme: 'light' });
}

story('did it help', async ({ arrive, step }) => {
  const maya = await arrive('Maya Lindqvist', { size: PHONE });
  const priya = await arrive('Priya Nair', { size: PHONE });
  const lead = await arrive('Dr. Amara Osei', { size: DESKTOP });
  const carol = await arrive('Carol Whitfield', { size: DESKTOP });
  let group = '';

  await step('my picture speaks in words first', async () => {
    await maya.signIn();
    await maya.page.locator('main a[href="/my-picture"]').first().click();
    await maya.page.waitForURL('**/my-picture');
    const text = await maya.page.locator('main').innerText();
    assert.match(text, /\d+ (of|out of) (the )?\d+|\d+/, 'how often she came, as a sentence');
    assert.ok(!/recovered|severe|Theo|Priya/i.test(text), 'no verdict, and nobody else');
    await alsoDark(maya, 'my picture');
  });

  await step('what belongs to her can be taken along for another practice', async () => {
    const answer = await maya.page.evaluate(async () => {
      const response = await fetch('/my-picture/fhir.json');
      return { status: response.status, text: await response.text() };
    });
    assert.equal(answer.status, 200);
    const bundle = JSON.parse(answer.text);
    assert.equal(bundle.resourceType, 'Bundle');
    const kinds = new Set(bundle.entry.map((entry) => entry.resource.resourceType));
    assert.ok(kinds.has('QuestionnaireResponse') && kinds.has('Observation'), [...kinds].join());
    assert.ok(!/Theo|Priya|Amara/.test(answer.text), 'nobody else is in it');
    for (const kind of ['Patient', 'Questionnaire', 'Goal']) assert.ok(kinds.has(kind), kind);
    assert.deepEqual(troubles(bundle), [], 'every resource is as the published schema of R4 has it');
  });

  await step('her questions and answers also go out as open scales', async () => {
    await maya.go('/my-picture');
    for (const [end, first] of [['/scale.osd', '{'], ['/answers.csv', 'subnum,timestamp,time,q1']]) {
      const link = maya.page.locator(`main a[href$="${end}"]`).first();
      const [file] = await Promise.all([maya.page.waitForEvent('download'), link.click()]);
      assert.ok(end.endsWith(file.suggestedFilename()), 'no file tells which questions they are');
      assert.ok((await readFile(await file.path(), 'utf8')).startsWith(first), end);
    }
  });

  await step('whoever leads sees each member and why somebody may slip away', async () => {
    await lead.signIn();
    await lead.go('/groups');
    await lead.page.getByRole('link', { name: 'Steady Ground' }).first().click();
    group = new URL(lead.page.url()).pathname;
    await lead.page.locator(`a[href="${group}/outcomes"]`).first().click();
    await lead.page.waitForURL('**/outcomes');
    assert.ok((await lead.page.locator('main svg').count()) > 3, 'small multiples');
    await alsoDark(lead, 'the group');
  });

  await step('a member of the group does not', async () => {
    await priya.signIn();
    const answer = await priya.go(`${group}/outcomes`);
    assert.equal(answer.status(), 404);
    await priya.go('/my-picture');
    assert.ok(!(await priya.page.locator('main').innerText()).includes('Maya'));
    await looksRight(priya, 'her own');
  });

  await step('the practice reads its figure with its definition, and no figure where there are too few', async () => {
    await carol.signIn();
    await carol.go('/practice/outcomes');
    const text = await carol.page.locator('main').innerText();
    assert.ok(!/\d+ ?%/.test(text) || /95/.test(text), 'never a bare percentage');
    assert.ok(!/Maya|Theo|Priya/.test(text), 'counts without persons');
    await alsoDark(carol, 'the practice');
  });

  await step('a group\'s questionnaires, homework and goals stand one tap away', async () => {
    for (const page of ['measures', 'homework', 'goals', 'outcomes']) {
      await lead.go(`${group}/${page}`);
      assert.ok(await lead.page.locator('h1').isVisible(), page);
      await looksRight(lead, page);
    }
  });

  await step('the same in Spanish', async () => {
    for (const [person, paths] of [
      [maya, ['/my-picture', '/goals', '/homework', '/measures', '/account/data']],
      [lead, [`${group}/outcomes`, `${group}/homework`, `${group}/goals`]],
      [carol, ['/practice/outcomes', '/people']],
    ]) {
      await person.go('/account');
      await person.page.locator('form[action="/language"] button').click();
      for (const path of paths) {
        await person.go(path);
        assert.equal(await person.page.locator('html').getAttribute('lang'), 'es', path);
        await looksRight(person, path);
      }
    }
  });
});
