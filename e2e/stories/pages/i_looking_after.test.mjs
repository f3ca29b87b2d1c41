// Looking after people: the ninth answer is heard at once and the loop is closed; the office says who is on call, which lines stand, what is asked; somebody wants to go.
import assert from 'node:assert/strict';
import { looksRight } from '../../lib/look.mjs';
import { DESKTOP, PHONE } from '../../lib/person.mjs';
import { story } from '../../lib/story.mjs';
import { until } from '../../lib/wait.mjs';

story('people are looked after', async ({ hearth, arrive, step }) => {
  const maya = await arrive('Maya Lindqvist', { size: PHONE });
  const lead = await arrive('Dr. Amara Osei', { size: DESKTOP });
  const anders = await arrive('Anders Holm', { size: DESKTOP });

  let form = '';

  await step('a questionnaire waits on Today and is answered on a phone', async () => {
    await maya.signIn();
    const link = maya.page.locator('main a[href^="/measures/"]').first();
    await link.waitFor();
    await maya.go('/measures');
    const paths = await maya.page.locator('main a[href^="/measures/"]').evaluateAll((links) => links.map((one) => one.getAttribute('href')));
    for (const path of paths) {
      await maya.go(path);
      form = path;
      if (await maya.page.getByText('Feeling down, depressed, or hopeless').count()) break;
    }
    await looksRight(maya, 'form');
    for (let question = 1; question <= 8; question += 1) {
      await maya.page.locator(`input[name=q-${question}][value="1"]`).check();
    }
  });

  await step('stopping half way keeps every tap', async () => {
    await maya.press('Save and go on later');
    await maya.page.waitForURL((url) => !/measures\/\d+$/.test(url.pathname));
    await maya.go(form);
    assert.ok(await maya.page.locator('input[name=q-8][value="1"]').isChecked());
    assert.equal(await maya.page.locator('input[name=q-9]:checked').count(), 0);
  });

  await step('the ninth answer is heard before anything is sent', async () => {
    await maya.page.locator('input[name=q-9][value="1"]').check();
    await maya.page.locator('#measure-lines a[href="tel:988"]').waitFor();
    await looksRight(maya, 'heard');
  });

  await step('and after sending the lines come first', async () => {
    if (await maya.page.locator('input[name=q-10]').count()) await maya.page.locator('input[name=q-10][value=pass]').check();
    await maya.page.locator('button[name=action][value=send]').click();
    await maya.page.locator('main a[href="tel:988"]').first().waitFor();
    const order = await maya.page.evaluate(() => {
      const main = document.querySelector('main');
      const line = main.querySelector('a[href="tel:988"]');
      return Boolean(line.compareDocumentPosition(main.querySelector('h1')) & Node.DOCUMENT_POSITION_FOLLOWING);
    });
    assert.ok(order, 'the lines stand above everything else');
    await looksRight(maya, 'crisis');
  });

  await step('whoever leads finds the task, reads the answer, and closes it with a note', async () => {
    await lead.signIn();
    const task = lead.page.locator('main a[href^="/risk-tasks/"]').first();
    await until('the task is there', async () => {
      await lead.go('/risk-tasks');
      return task.isVisible();
    });
    await task.click();
    await looksRight(lead, 'task');
    await lead.press('Close the task');
    await lead.page.locator('textarea[name=note]').fill('Called her at seven. She is safe tonight; plan looked at together.');
    const open = lead.page.url();
    await lead.press('Close the task');
    await lead.page.waitForURL((url) => url.href !== open);
    await lead.page.goto(open);
    await lead.page.getByText('She is safe tonight').waitFor();
    await looksRight(lead, 'closed');
  });

  await step('scores and change with their rule, for those who lead', async () => {
    await lead.go('/groups');
    await lead.page.getByRole('link', { name: 'Steady Ground' }).first().click();
    await lead.go(`${new URL(lead.page.url()).pathname}/measures`);
    await looksRight(lead, 'schedule');
    await lead.page.locator('aside a[href$="/measures"]').first().click();
    await lead.page.locator('svg').first().waitFor();
    await looksRight(lead, 'person');
  });

  await step('the office says who is on call, and members read it honestly', async () => {
    await anders.signIn();
    await anders.go('/practice/on-call');
    await looksRight(anders, 'on call, empty');
    await anders.page.locator('select[name=person]').selectOption({ label: 'Dr. Amara Osei' });
    for (let day = 1; day <= 7; day += 1) await anders.page.locator(`input[name=day-${day}]`).check();
    await anders.press('Add');
    await anders.page.getByRole('alert').waitFor();
    assert.equal(await anders.page.locator('input[type=checkbox]:checked').count(), 7, 'what was ticked is kept');
    await anders.page.locator('input[name=from]').fill('00:00');
    await anders.page.locator('input[name=to]').fill('00:00');
    await anders.press('Add');
    await anders.page.getByText('Somebody reads what you send now.').waitFor();
    await looksRight(anders, 'on call');
    await maya.go('/help');
    await maya.page.getByText('Somebody reads what you send now.').waitFor();
    await looksRight(maya, 'help');
  });

  await step('the crisis lines of the practice stand on every page at once', async () => {
    await anders.go('/practice/crisis');
    await looksRight(anders, 'crisis lines');
    await anders.go('/practice/crisis?country=CA');
    await anders.page.locator('input[name=number-0]').fill('555 0199');
    await anders.page.locator('input[name=name_en-0]').fill('A made-up line');
    await anders.page.locator('input[name=name_es-0]').fill('Una línea inventada');
    await anders.page.locator('form[action="/practice/crisis/CA"] button').click();
    await anders.page.getByRole('alert').waitFor();
    assert.equal(await anders.page.locator('input[name=name_en-0]').inputValue(), 'A made-up line', 'a line without its source is not taken, and not lost');
    await looksRight(anders, 'without a source');
    await anders.page.locator('input[name=source-0]').fill('the test of this page');
    await anders.page.locator('input[name=read_on-0]').fill('2026-11-01');
    await anders.page.locator('form[action="/practice/crisis/CA"] button').click();
    await anders.page.getByRole('status').waitFor();
    await anders.page.locator('form[action="/practice/crisis"][method=post] select').selectOption('CA');
    await anders.press('Show these lines');
    await maya.go('/goals');
    await maya.page.locator('footer').getByText('A made-up line').waitFor();
    await maya.go('/not-a-page');
    await maya.page.locator('footer').getByText('A made-up line').waitFor();
  });

  await step('the questions of the workshop are the practice\'s own', async () => {
    await anders.go('/practice/questions');
    await looksRight(anders, 'questions');
    const rows = await anders.page.locator('input[name^="en-"]').count();
    await anders.page.locator(`input[name=en-${rows - 1}]`).fill('Who stands by you?');
    await anders.press('Save the questions');
    await anders.page.getByRole('alert').waitFor();
    await anders.page.locator(`input[name=es-${rows - 1}]`).fill('¿Quién te apoya?');
    await anders.press('Save the questions');
    await until('it is kept', async () => (await anders.page.locator('input[value="Who stands by you?"]').count()) === 1);
  });

  await step('everything that is kept of somebody is theirs to read and to take along', async () => {
    await maya.go('/account');
    await maya.page.locator('a[href="/account/data"]').click();
    await maya.page.locator('summary').first().click();
    await looksRight(maya, 'my data');
    const [download] = await Promise.all([maya.page.waitForEvent('download'), maya.page.locator('a[href="/account/data.json"]').click()]);
    assert.equal(download.suggestedFilename(), 'my-data.json');
    const stream = await download.createReadStream();
    let text = '';
    for await (const chunk of stream) text += chunk;
    const data = JSON.parse(text);
    assert.equal(data.person[0].name, 'Maya Lindqvist');
    assert.ok(data.goals.length >= 1 && data.sessions.length >= 5);
    assert.ok(!/Theo|Priya|Amara/.test(JSON.stringify(data)), 'nobody else is in it');
  });

  await step('a wish to be deleted is weighed in words', async () => {
    await maya.page.locator('input[name=sure]').check();
    await maya.press('Ask for deletion');
    await maya.page.getByText('You have asked for your data to be deleted.').waitFor();
    await anders.go('/people');
    await anders.page.locator('a[href="/deletions"]').click();
    await looksRight(anders, 'deletions');
    await anders.page.getByRole('link', { name: 'Maya Lindqvist' }).click();
    await anders.page.getByText('This person still sits in a group.').waitFor();
    await looksRight(anders, 'deletion');
    await maya.press('Take it back');
    await maya.page.locator('input[name=sure]').waitFor();
  });

  await step('the new pages in Spanish', async () => {
    await anders.page.locator('form[action="/language"] button').click();
    for (const path of ['/practice/on-call', '/practice/crisis', '/practice/questions', '/instruments', '/instruments/import', '/deletions']) {
      await anders.go(path);
      assert.equal(await anders.page.locator('html').getAttribute('lang'), 'es', path);
      await looksRight(anders, path);
    }
    assert.ok(hearth.base.startsWith('http://127.0.0.1'), 'nothing but this machine');
  });
});
