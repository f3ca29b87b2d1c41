// From "I need help" to a seat: a visitor on a phone in Spanish, a facilitator and an office at their desks.
import assert from 'node:assert/strict';
import { settled } from '../../lib/axe.mjs';
import { looksRight } from '../../lib/look.mjs';
import { asksForSeat, mailed, makesAccount, risk, tells } from '../../lib/newcomer.mjs';
import { DESKTOP, PHONE } from '../../lib/person.mjs';
import { story } from '../../lib/story.mjs';

const ADA = { name: 'Ada Nowak', email: 'ada.nowak@example.org', password: 'four calm green lamps' };

const pathOf = (person) => new URL(person.page.url()).pathname;

story('from a search at night to a seat', async ({ arrive, step }) => {
  const ada = await arrive(ADA.name, { email: ADA.email, size: PHONE, context: { locale: 'es-US' } });
  const amara = await arrive('Dr. Amara Osei', { size: DESKTOP, voice: 1 });
  const carol = await arrive('Carol Whitfield', { size: DESKTOP, voice: 2 });
  let group;

  await step('where she lives first, the law says no, and the class is open', async () => {
    await ada.go('/find?place=CA&topic=anxiety');
    await ada.page.locator('.group-card a.button').first().click();
    group = pathOf(ada).split('/').pop();
    await ada.go(`/find/${group}/seat?place=CA`);
    await asksForSeat(ada, ADA, 'CA');
    await ada.page.waitForSelector('h1');
    assert.ok((await ada.page.content()).includes('Skills for Hard Days'));
    await looksRight(ada, 'refused');
  });

  await step('in New York she asks for a seat and goes on by the mail', async () => {
    await ada.go(`/find/${group}`);
    await ada.page.locator(`a[href^="/find/${group}/seat"]`).click();
    await looksRight(ada, 'seat');
    await asksForSeat(ada, ADA, 'NY');
    await looksRight(ada, 'sent');
    await makesAccount(ada, ADA, await mailed(carol, '/welcome/'));
    await ada.page.locator('a[href="/applications"]').first().waitFor();
    await looksRight(ada, 'today');
    await ada.page.locator('a[href="/applications"]').first().click();
    await looksRight(ada, 'mine');
    await ada.page.locator('form[action$="/seat"] button').click();
    await ada.page.waitForURL('**/screening');
  });

  await step('a yes shows the lines at once', async () => {
    const { page } = ada;
    await looksRight(ada, 'screening');
    await tells(ada, 'No duermo, y todo me preocupa.');
    await risk(ada, [3]);
    await page.locator('form[action$="/screening"] button').click();
    await page.getByRole('alert').first().waitFor();
    assert.equal(await page.locator('textarea[name=brings]').inputValue(), 'No duermo, y todo me preocupa.');
    assert.ok(await page.locator('main a[href="tel:988"]').isVisible());
    await looksRight(ada, 'signal');
    await page.locator('input[name=asq-now][value=no]').check();
    await page.locator('form[action$="/screening"] button').click();
    await page.locator('a[href="/applications"]').waitFor();
    assert.ok(await page.locator('main a[href="tel:988"]').isVisible());
    await looksRight(ada, 'crisis');
  });

  await step('a time for a call', async () => {
    await amara.signIn();
    await amara.go('/calls');
    const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    await amara.page.locator('input[name=day]').fill(day);
    await amara.page.locator('input[name=time]').fill('09:30');
    await amara.page.locator('input[name=count]').fill('3');
    await amara.page.locator('form[action="/calls"] button').click();
    await amara.page.locator('form[action$="/removal"]').first().waitFor();
    await looksRight(amara, 'calls');
    await ada.go('/applications');
    await looksRight(ada, 'choose');
    await ada.page.locator('input[name=slot]').first().check();
    await ada.page.locator('form[action$="/call"] button').click();
    await ada.page.locator('.steps [aria-current=step]').waitFor();
    await looksRight(ada, 'talk');
  });

  await step('the board, what she told, and yes', async () => {
    await amara.go('/applicants');
    await looksRight(amara, 'board');
    await amara.page.getByRole('link', { name: ADA.name }).first().click();
    await looksRight(amara, 'applicant');
    await amara.page.locator('input[name=outcome][value=accept]').check();
    await amara.page.locator('form[action$="/decision"] button').click();
    await amara.page.waitForURL('**/applicants');
    await ada.go('/applications');
    await looksRight(ada, 'seated');
    await ada.page.locator(`a[href="/groups/${group}"]`).click();
    await looksRight(ada, 'group');
    await ada.go(`/groups/${group}/leaving`);
    await looksRight(ada, 'leaving');
  });

  await step('what the office sees', async () => {
    await carol.signIn();
    for (const path of ['/applicants', '/applicants/suggestions', '/import', `/groups/${group}/composition`]) {
      await carol.go(path);
      await looksRight(carol, path.split('/').pop());
    }
    await carol.go('/import');
    await carol.page.locator('textarea[name=list]').fill('name,email,group\nBo Berg,bo@example.org,Steady Ground,en,NY\nEve,nowhere,Steady Ground');
    await carol.page.locator('form[action="/import/preview"] button').click();
    await carol.page.locator('form[action="/import"] button').waitFor();
    await looksRight(carol, 'preview');
  });

  await step('what comes after the yes, on her phone and in her language', async () => {
    for (const path of ['/calendar', '/account/reminders', '/account/availability', '/today']) {
      await ada.go(path);
      await looksRight(ada, `after-${path.split('/').pop()}`);
    }
    assert.equal(await ada.page.locator('html').getAttribute('lang'), 'es');
  });

  await step('the office on a phone, in Spanish, makes a group and starts it', async () => {
    const phone = await arrive('Carol Whitfield', { size: PHONE, context: { locale: 'es-US' } });
    await phone.signIn();
    // Signing in brings the language that somebody chose for themselves.
    await phone.page.locator('form[action="/language"] button').click();
    await settled(phone);
    for (const path of ['/applicants', '/applicants/suggestions', `/groups/${group}/composition`, '/groups/new']) {
      await phone.go(path);
      await looksRight(phone, `phone-${path.split('/').pop()}`);
    }
    await phone.page.locator('input[name=name]').fill('Mañanas tranquilas');
    await phone.page.locator('input[name=time]').fill('09:30');
    await phone.page.locator('input[name=start]').check();
    await phone.page.locator('form[action="/groups"] button').click();
    await phone.page.waitForURL(/groups\/\d+/);
    await looksRight(phone, 'made');
    await phone.go('/groups');
    await phone.page.getByText('Mañanas tranquilas').first().waitFor();
    assert.equal(await phone.page.locator('html').getAttribute('lang'), 'es');
  });
});
