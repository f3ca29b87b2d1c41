// Messages out: a visitor asks for the Monday mail and leaves again; a member chooses how to be reminded.
import assert from 'node:assert/strict';
import { axe, overflow } from '../lib/axe.mjs';
import { DESKTOP, PHONE } from '../lib/person.mjs';
import { story } from '../lib/story.mjs';
import { until } from '../lib/wait.mjs';

story('the Monday mail begins and ends, and reminders are chosen', async ({ arrive, step }) => {
  const visitor = await arrive('Ida Brandt', { size: PHONE, context: { locale: 'es-ES' } });
  const maya = await arrive('Maya Lindqvist', { size: DESKTOP });

  const good = async (person) => assert.deepEqual([...(await axe(person.page)), await overflow(person.page)], [0]);

  /** The newest message of the outbox in which a path begins like this. */
  const mailed = (person, begins) => until(`a mail with ${begins}`, async () => {
    await person.go('/demo/outbox');
    const text = await person.page.locator('main').innerText();
    return text.match(new RegExp(`${begins}[^\\s]+`))?.[0];
  });

  await step('from the catalogue to the form', async () => {
    await visitor.go('/find?topic=grief');
    await visitor.page.locator('a[href^="/digest"]').click();
    assert.equal(await visitor.page.locator('select[name=topic]').inputValue(), 'grief');
    assert.equal(await visitor.page.locator('select[name=language]').inputValue(), 'es');
    await good(visitor);
  });

  await step('the mail comes, and only its button begins anything', async () => {
    await visitor.page.locator('input[name=email]').fill('ida.brandt@example.org');
    await visitor.page.locator('form[action="/digest"] button').click();
    await visitor.page.getByRole('heading', { name: 'Mira tu correo' }).waitFor();
    await good(visitor);
    await visitor.go(await mailed(visitor, '/digest/confirm/'));
    await good(visitor);
    await visitor.press('Sí, escríbanme');
    await visitor.page.getByRole('heading', { name: 'Tendrás noticias nuestras' }).waitFor();
    await good(visitor);
  });

  await step('and ends again', async () => {
    await visitor.page.locator('a[href^="/digest/leave/"]').click();
    await good(visitor);
    await visitor.press('Sí, olviden mi dirección');
    await visitor.page.getByRole('heading', { name: 'No llegarán más correos' }).waitFor();
    await good(visitor);
  });

  await step('a number that is none is said kindly, and nothing is lost', async () => {
    await maya.signIn();
    await maya.go('/account');
    await maya.page.locator('a[href="/account/reminders"]').click();
    await good(maya);
    await maya.page.locator('input[name=texts]').check();
    await maya.page.locator('input[name=consent]').check();
    await maya.page.locator('input[name=phone]').fill('call me');
    await maya.page.locator('input[name=quiet_from]').fill('21:30');
    await maya.press('Save');
    await maya.page.getByRole('alert').waitFor();
    assert.equal(await maya.page.locator('input[name=phone]').inputValue(), 'call me');
    assert.equal(await maya.page.locator('input[name=quiet_from]').inputValue(), '21:30');
    await good(maya);
  });

  await step('the choice is kept', async () => {
    await maya.page.locator('input[name=phone]').fill('555 010 0142');
    await maya.press('Save');
    await maya.page.getByRole('status').waitFor();
    assert.equal(await maya.page.locator('input[name=phone]').inputValue(), '+15550100142');
    assert.ok(await maya.page.getByText('You agreed on').isVisible());
    await good(maya);
  });
});
