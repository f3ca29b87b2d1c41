// The week between, on a phone: the workshop and the worked example of a goal, five days written down, a kind word, a safety plan that opens without a network.
import assert from 'node:assert/strict';
import { looksRight } from '../../lib/look.mjs';
import { DESKTOP, PHONE } from '../../lib/person.mjs';
import { story } from '../../lib/story.mjs';
import { until } from '../../lib/wait.mjs';

story('a week between two sessions', async ({ hearth, arrive, step }) => {
  const priya = await arrive('Priya Nair', { size: PHONE });
  const theo = await arrive('Theo Grant', { size: DESKTOP });
  const lead = await arrive('Dr. Amara Osei', { size: DESKTOP });
  let goal = '';

  const next = async (words) => {
    const before = priya.page.url();
    await priya.press(words);
    await priya.page.waitForURL((url) => url.href !== before);
  };

  await step('the workshop asks one thing at a time and may be passed', async () => {
    await priya.signIn();
    await priya.page.locator('nav a[href="/goals"]').click();
    await looksRight(priya, 'empty');
    await priya.page.getByRole('link', { name: 'Begin', exact: true }).click();
    for (const [at, text] of ['I lie awake.', 'Energy.', '', 'I laugh again.', 'Walking.', ''].entries()) {
      await priya.page.getByText(`${at + 1} of 7`).waitFor();
      await priya.page.locator('textarea').fill(text);
      if (at === 0) await looksRight(priya, 'question');
      await next(text ? 'Save and go on' : 'Pass for now');
    }
    await priya.page.getByText('I laugh again.').waitFor();
    await looksRight(priya, 'theme');
    await priya.page.locator('textarea').fill('Room for myself');
    await next('Save and go on');
    await priya.page.waitForURL('**/goals/new');
    await looksRight(priya, 'examples');
  });

  await step('leaving and coming back loses nothing', async () => {
    await priya.go('/goals');
    assert.ok(await priya.page.getByText('Room for myself').isVisible());
    await priya.go('/goals/workshop/hopes');
    assert.equal(await priya.page.locator('textarea').inputValue(), 'Energy.');
  });

  await step('a wish is told kindly what it lacks', async () => {
    await priya.go('/goals/new');
    await priya.page.locator('textarea[name=words]').fill('I want to feel better');
    await next('Save and go on');
    goal = new URL(priya.page.url()).pathname.split('/').slice(0, 3).join('/');
    await priya.go(`${goal}/plan/check`);
    assert.ok(await priya.page.getByText('This is a wish, and a good one.').isVisible());
    assert.equal(await priya.page.getByText('still open').count(), 5);
    await looksRight(priya, 'check');
  });

  await step('the worked example is entered part by part', async () => {
    const { page } = priya;
    await priya.go(`${goal}/plan/words`);
    await page.locator('textarea[name=words]').fill('In bed by 21:30 and up at 06:30 on weekdays, meditate the first 15 minutes');
    await next('Save and go on');
    await page.locator('textarea[name=why]').fill('Mornings that are mine');
    await looksRight(priya, 'why');
    await next('Save and go on');
    const rows = [['In bed', 'time', '9:30 pm'], ['Up', 'time', '06:30'], ['Meditated', 'done', ''], ['Nights up late', 'count', '1']];
    for (const [row, [words, kind, aim]] of rows.entries()) {
      await page.locator(`input[name=words-${row}]`).fill(words);
      await page.locator(`select[name=kind-${row}]`).selectOption(kind);
      await page.locator(`input[name=aim-${row}]`).fill(aim);
      if (row < rows.length - 1) {
        await priya.press('Save and add one');
        await page.locator(`input[name=words-${row + 1}]`).waitFor();
      }
    }
    await looksRight(priya, 'measures');
    await next('Save and go on');
    for (const day of [6, 7]) await page.locator(`input[name=day-${day}]`).uncheck();
    await page.locator('input[name=remind]').fill('23:30');
    await priya.press('Save and go on');
    await page.getByRole('alert').waitFor();
    assert.equal(await page.locator('input[name=remind]').inputValue(), '23:30');
    await looksRight(priya, 'days');
    await page.locator('input[name=remind]').fill('21:00');
    await next('Save and go on');
    await looksRight(priya, 'until');
    await next('Save and go on');
    await page.locator('input[name=sure][value="8"]').check();
    await looksRight(priya, 'sure');
    await next('Save and go on');
    await page.locator('textarea[name=milestones]').fill('One whole week\nA month');
    await next('Save and go on');
    assert.equal(await page.getByText('clear', { exact: true }).count(), 5);
    await looksRight(priya, 'clear');
    await next('Begin with this goal');
  });

  await step('five days are written down and become a picture', async () => {
    const { page } = priya;
    for (let back = 4; back >= 0; back -= 1) {
      await page.locator('select[name=day]').selectOption({ index: back });
      await page.locator('input[name=value-1]').fill(back === 2 ? '00:20' : '21:15');
      await page.locator('input[name=value-2]').fill('06:25');
      await page.locator('input[name=value-3][value="1"]').check();
      await page.locator('textarea[name=note]').fill(`canary-note ${back}`);
      // The form is sent by its script and the page opened anew after the answer.
      await Promise.all([page.waitForEvent('framenavigated'), priya.press('Save the day')]);
      await page.waitForLoadState();
      await page.getByRole('heading', { name: 'The last four weeks' }).waitFor();
      await priya.go(goal);
    }
    await page.getByText('As you wanted on 4 of the 5 days you wrote down.').waitFor();
    assert.equal(await page.locator('svg[role=img]').count(), 4);
    await looksRight(priya, 'goal');
    await page.emulateMedia({ colorScheme: 'dark' });
    await looksRight(priya, 'goal-dark');
    await page.emulateMedia({ colorScheme: 'light' });
  });

  await step('the group sees what it is shown, and sends a kind word', async () => {
    await priya.page.locator('input[name=group]').last().check();
    await priya.page.locator('input[name=therapist]').check();
    await priya.press('Save', priya.page.locator('form[action$="/sharing"]'));
    await theo.signIn();
    await theo.go('/goals/shared');
    await looksRight(theo, 'shared');
    await theo.page.locator(`a[href="/goals/shared/${goal.split('/')[2]}"]`).first().click();
    await theo.page.getByRole('heading', { name: 'In bed by 21:30' }).waitFor();
    assert.ok(!(await theo.page.content()).includes('canary-note'));
    await theo.page.locator('input[name=phrase][value=one-step]').check();
    await theo.page.locator('input[name=note]').fill('Sleep well');
    await theo.press('Send');
    await theo.page.getByRole('status').waitFor();
    await looksRight(theo, 'theirs');
    await priya.go(goal);
    await priya.page.getByText('Sleep well').waitFor();
  });

  await step('the therapist agrees on levels, in words', async () => {
    await lead.signIn();
    await lead.go('/groups');
    await lead.page.getByRole('link', { name: 'Steady Ground' }).first().click();
    await lead.page.getByRole('link', { name: 'Goals of the group' }).click();
    await looksRight(lead, 'of-group');
    await lead.page.locator(`a[href$="${goal}"]`).click();
    for (const [at, words] of ['No night', 'One', 'Three', 'Four', 'Five'].entries()) {
      await lead.page.locator(`input[name=level-${at + 1}]`).fill(words);
    }
    await lead.press('Save the levels');
    await lead.page.locator('input[name=level][value="1"]').check();
    await lead.press('Save', lead.page.locator('form[action$="/rating"]'));
    await looksRight(lead, 'of-member');
    await priya.go(goal);
    await priya.page.getByText('More than expected').waitFor();
  });

  await step('a safety plan is written and can be called from', async () => {
    await priya.page.locator('footer a[href="/safety-plan"]').click();
    await looksRight(priya, 'no-plan');
    await priya.page.getByRole('link', { name: 'Write my plan' }).click();
    await priya.page.locator('textarea[name=signs]').fill('I stop answering');
    await priya.page.locator('input[name=people-name-0]').fill('Nina');
    await priya.page.locator('input[name=people-phone-0]').fill('call me');
    await priya.press('Save the plan');
    await priya.page.getByRole('alert').waitFor();
    assert.equal(await priya.page.locator('textarea[name=signs]').inputValue(), 'I stop answering');
    await looksRight(priya, 'plan-form');
    await priya.page.locator('input[name=people-phone-0]').fill('555 010 0142');
    await priya.press('Save the plan');
    await priya.page.locator('a[href="tel:5550100142"]').waitFor();
    await looksRight(priya, 'plan');
  });

  await step('kept on the phone, it opens without a network, and so does a page that says so', async () => {
    await priya.press('Keep it on this device');
    await priya.page.getByText('Kept on this device', { exact: true }).waitFor();
    await priya.go('/account/phone');
    await looksRight(priya, 'phone');
    await priya.press('Keep it on this device');
    await priya.page.getByText('Kept on this device', { exact: true }).waitFor();
    priya.isCutOff = true;
    // The whole practice out of reach: setOffline would not hold a service worker's own requests.
    await hearth.kill();
    await priya.go('/safety-plan');
    assert.ok(await priya.page.locator('a[href="tel:5550100142"]').isVisible());
    assert.ok(await priya.page.locator('main a[href="tel:988"]').isVisible());
    await looksRight(priya, 'plan-offline');
    for (const path of ['/homework', '/calendar']) {
      await priya.go(path);
      assert.notEqual(await priya.page.locator('main h1').innerText(), 'No connection right now', path);
    }
    await priya.go('/today');
    await priya.page.getByRole('heading', { name: 'No connection right now' }).waitFor();
    await looksRight(priya, 'offline');
    await hearth.start();
    priya.isCutOff = false;
  });

  await step('signing out takes it off the phone again', async () => {
    await priya.go('/account');
    await priya.page.locator('form[action="/sign-out"] button').click();
    await until('nothing is kept', () => priya.page.evaluate(async () => !(await caches.has('safety-plan'))));
  });

  await step('the same in Spanish, at a desk', async () => {
    await theo.go('/goals');
    await theo.page.locator('form[action="/language"] button').click();
    for (const path of ['/goals', '/goals/workshop/brought', '/goals/new', '/goals/shared', '/goals/patterns', '/safety-plan', '/safety-plan/edit', '/account/phone', '/letters', '/offline']) {
      await theo.go(path);
      assert.equal(await theo.page.locator('html').getAttribute('lang'), 'es');
      await looksRight(theo, `es${path.replaceAll('/', '-')}`);
    }
  });
});
