// Messages out: a visitor asks for the Monday mail and leaves again; a member chooses how to be reminded.
import assert from 'node:assert/strict';
import { looksRight } from '../../lib/look.mjs';
import { mailed } from '../../lib/newcomer.mjs';
import { DESKTOP, PHONE } from '../../lib/person.mjs';
import { story } from '../../lib/story.mjs';

story('the Monday mail begins and ends, and reminders are chosen', async ({ arrive, step }) => {
  const visitor = await arrive('Ida Brandt', { size: PHONE, context: { locale: 'es-ES' } });
  const maya = await arrive('Maya Lindqvist', { size: DESKTOP });

  await step('from the catalogue to the form', async () => {
    await visitor.go('/find?topic=grief');
    await visitor.page.locator('a[href^="/digest"]').click();
    assert.equal(await visitor.page.locator('select[name=topic]').inputValue(), 'grief');
    assert.equal(await visitor.page.locator('select[name=language]').inputValue(), 'es');
    await looksRight(visitor);
  });

  await step('the mail comes, and only its button begins anything', async () => {
    await visitor.page.locator('input[name=email]').fill('ida.brandt@example.org');
    await visitor.page.locator('form[action="/digest"] button').click();
    await visitor.page.getByRole('heading', { name: 'Mira tu correo' }).waitFor();
    await looksRight(visitor);
    await visitor.go(await mailed(visitor, '/digest/confirm/'));
    await looksRight(visitor);
    await visitor.press('Sí, escríbanme');
    await visitor.page.getByRole('heading', { name: 'Tendrás noticias nuestras' }).waitFor();
    await looksRight(visitor);
  });

  await step('and ends again', async () => {
    await visitor.page.locator('a[href^="/digest/leave/"]').click();
    await looksRight(visitor);
    await visitor.press('Sí, olviden mi dirección');
    await visitor.page.getByRole('heading', { name: 'No llegarán más correos' }).waitFor();
    await looksRight(visitor);
  });

  await step('a number that is none is said kindly, and nothing is lost', async () => {
    await maya.signIn();
    await maya.go('/account');
    await maya.page.locator('a[href="/account/reminders"]').click();
    await looksRight(maya);
    await maya.page.locator('input[name=texts]').check();
    await maya.page.locator('input[name=consent]').check();
    await maya.page.locator('input[name=phone]').fill('call me');
    await maya.page.locator('input[name=quiet_from]').fill('21:30');
    await maya.press('Save');
    await maya.page.getByRole('alert').waitFor();
    assert.equal(await maya.page.locator('input[name=phone]').inputValue(), 'call me');
    assert.equal(await maya.page.locator('input[name=quiet_from]').inputValue(), '21:30');
    await looksRight(maya);
  });

  await step('the choice is kept', async () => {
    await maya.page.locator('input[name=phone]').fill('555 010 0142');
    await maya.press('Save');
    await maya.page.getByRole('status').waitFor();
    assert.equal(await maya.page.locator('input[name=phone]').inputValue(), '+15550100142');
    assert.ok(await maya.page.getByText('You agreed on').isVisible());
    await looksRight(maya);
  });
});
