// The days between two sessions, as somebody new would live them: a member on a phone in Spanish, one at a desk, and whoever leads them.
import assert from 'node:assert/strict';
import { looksRight } from '../../lib/look.mjs';
import { PHONE } from '../../lib/person.mjs';
import { story } from '../../lib/story.mjs';

story('the days between', async ({ arrive, step }) => {
  const maya = await arrive('Maya Lindqvist', { size: PHONE, context: { locale: 'es-MX' } });
  const theo = await arrive('Theo Grant');
  const lead = await arrive('Dr. Amara Osei');
  let group;
  const sends = async (person, text) => {
    await person.page.locator('#write textarea[name=text]').fill(text);
    await person.page.locator('#write form button').first().click();
  };

  await step('one writes to the group, and the other reads it at once, answers, and is read', async () => {
    for (const person of [maya, theo, lead]) await person.signIn();
    if (await maya.page.locator('button[lang=es]').count()) await maya.page.locator('button[lang=es]').click();
    await theo.go('/groups');
    await theo.page.getByRole('link', { name: 'Steady Ground' }).first().click();
    await theo.page.waitForURL(/groups\/-?\d+$/);
    group = new URL(theo.page.url()).pathname;
    for (const person of [theo, maya]) await person.go(`${group}/messages`);
    await sends(maya, 'Hoy llamé a mi hermana. <b>Tres minutos</b>');
    await theo.page.locator('.message', { hasText: 'Hoy llamé a mi hermana. <b>Tres minutos</b>' }).waitFor();
    await sends(theo, 'That was brave.');
    await maya.page.locator('.message', { hasText: 'That was brave.' }).waitFor();
    await looksRight(maya, 'messages-es');
    await looksRight(theo, 'messages');
  });

  await step('the connection is gone for a while: nothing typed is lost, nothing missed, nothing doubled', async () => {
    maya.isCutOff = true;
    await maya.context.setOffline(true);
    for (const text of ['The first of three.', 'The second of three.', 'The third of three.']) {
      await sends(theo, text);
      await theo.page.locator('.message', { hasText: text }).waitFor();
    }
    await sends(maya, 'Yo también.');
    await maya.page.locator('[data-offline]').waitFor();
    assert.equal(await maya.page.locator('#write textarea[name=text]').inputValue(), 'Yo también.');
    await looksRight(maya, 'messages-offline-es');
    await maya.context.setOffline(false);
    await maya.page.locator('.message', { hasText: 'The third of three.' }).waitFor();
    await maya.page.locator('[data-offline]').waitFor({ state: 'hidden' });
    await maya.page.locator('#write form button').first().click();
    await theo.page.locator('.message', { hasText: 'Yo también.' }).waitFor();
    for (const person of [maya, theo]) {
      for (const text of ['The first of three.', 'The second of three.', 'The third of three.', 'Yo también.']) {
        assert.equal(await person.page.locator('.message', { hasText: text }).count(), 1, `${person.first} has "${text}" once`);
      }
    }
    maya.isCutOff = false;
  });

  await step('a word that signals danger brings the lines at once, and a task to whoever looks after her', async () => {
    await maya.go('/messages');
    await looksRight(maya, 'channels');
    await maya.go(`${group}/messages`);
    await sends(maya, 'Ya no quiero vivir');
    await maya.page.locator('main a[href="tel:988"]').first().waitFor();
    await looksRight(maya, 'danger');
    await lead.go('/risk-tasks');
    await lead.page.getByText('Maya').first().waitFor();
  });

  await step('something is reported', async () => {
    await theo.go(`${group}/messages`);
    const message = theo.page.locator('.message', { hasText: 'Hoy llamé' });
    await message.locator('summary').click();
    await message.locator('a[href$="/report"]').click();
    await theo.page.waitForURL('**/report');
    await looksRight(theo, 'report');
  });

  await step('what helped is written down without a name, found, and tried too', async () => {
    await theo.go(`${group}/what-helped/new`);
    await theo.page.locator('input[name=situation]').fill('Awake at three');
    await theo.page.locator('textarea[name=tried]').fill('Got up and read ten pages in another room.');
    await theo.page.locator('input[name=went]').first().check();
    await theo.page.locator('input[name=named][value=""]').check();
    await theo.page.locator('form.card button.button').first().click();
    await theo.page.waitForURL(/what-helped/);
    await maya.go(`${group}/what-helped?q=pages`);
    if ((await maya.page.getByText('Awake at three').count()) === 0) {
      await lead.go(`${group}/what-helped`);
      await lead.page.getByText('Awake at three').first().click();
      await lead.page.locator('main form button').first().click();
      await maya.go(`${group}/what-helped?q=pages`);
    }
    await maya.page.getByText('Awake at three').first().waitFor();
    assert.ok(!(await maya.page.locator('main').innerText()).includes('Theo'), 'without a name is without a name');
    await looksRight(maya, 'what-helped');
  });

  await step('there is something to read, and to print', async () => {
    await maya.go('/library');
    await looksRight(maya, 'library-es');
    await maya.page.locator('main a[href^="/library/"]').first().click();
    await maya.page.waitForURL('**/library/**');
    await looksRight(maya, 'article-es');
    await theo.go('/library');
    await looksRight(theo, 'library');
  });

  await step('a letter to oneself is closed until its day', async () => {
    await theo.go('/letters');
    await theo.page.locator('textarea[name=text]').fill('Dear me, it passed.');
    await theo.page.locator('form[action="/letters"] button').click();
    await theo.page.locator('form[action$="/removal"]').waitFor({ state: 'attached' });
    assert.ok(!(await theo.page.content()).includes('it passed'));
    await looksRight(theo, 'letters');
  });
});
