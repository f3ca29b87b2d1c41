// A member, on a phone in Spanish, asks somebody to support her; they come to a family session, two at one camera, and are stopped everywhere else.
import assert from 'node:assert/strict';
import { looksRight } from '../../lib/look.mjs';
import { PHONE } from '../../lib/person.mjs';
import { story } from '../../lib/story.mjs';

const SPANISH = { locale: 'es-MX' };
const NOTE = 'Siéntate conmigo y espera.';

story('a supporter comes to a family session', async ({ hearth, arrive, step }) => {
  const lead = await arrive('Dr. Amara Osei', { voice: 0 });
  const maya = await arrive('Maya Lindqvist', { voice: 1, size: PHONE, context: SPANISH });
  const rosa = await arrive('Rosa Lindqvist', { voice: 2, size: PHONE });
  const group = async () => {
    await lead.go('/groups');
    return new URL(await lead.page.getByRole('link', { name: 'Steady Ground' }).first().getAttribute('href'), hearth.base).pathname;
  };
  let therapy;

  await step('she says what is open, and what to do in a crisis', async () => {
    await maya.signIn();
    if (await maya.page.locator('button[lang=es]').count()) await maya.page.locator('button[lang=es]').click();
    await maya.go('/account');
    await maya.page.getByRole('link', { name: 'Abrir', exact: true }).first().click();
    await maya.page.waitForURL('**/supporters');
    await looksRight(maya, 'supporters-before');
    // Whoever supports her in the demo is let go first, and asked anew.
    for (const end = maya.page.locator('button[formaction$="/end"]'); await end.count(); ) {
      await Promise.all([maya.page.waitForEvent('load'), end.first().click()]);
    }
    await looksRight(maya, 'supporters-empty');
    await maya.page.locator('textarea[name=text]').fill(NOTE);
    await maya.page.locator('form[action="/supporters/note"] button').click();
    await maya.page.waitForLoadState();
    await maya.page.locator('input[name=name]').fill('Mamá');
    await maya.page.locator('input[name=email]').fill('maya.lindqvist@example.org');
    await maya.page.locator('form[action="/supporters"] button').click();
    await maya.page.getByText('Esta es tu propia dirección').waitFor();
    assert.equal(await maya.page.locator('input[name=name]').inputValue(), 'Mamá', 'what was typed is kept');
    await maya.page.locator('input[name=email]').fill('rosa.lindqvist@example.org');
    for (const part of ['reminders', 'crisis']) await maya.page.locator(`form[action="/supporters"] input[name=${part}]`).check();
    await maya.page.locator('form[action="/supporters"] button').click();
    await maya.page.getByRole('heading', { name: 'Mamá' }).waitFor();
    await looksRight(maya, 'supporters');
  });

  await step('the supporter says yes, and reads what is hers to read', async () => {
    await rosa.signIn();
    await rosa.go('/supporters');
    await looksRight(rosa, 'supporting-asked');
    await rosa.press('Yes, I will');
    await rosa.page.getByText(NOTE).waitFor();
    await looksRight(rosa, 'supporting');
    await lead.signIn();
    therapy = await group();
    for (const path of [therapy, `${therapy}/watching`, '/materials', '/people']) {
      rosa.isCutOff = true;
      const answer = await rosa.go(path);
      assert.ok([404, 403].includes(answer.status()) || !answer.url().endsWith(path), `${path} ${answer.status()}`);
      rosa.isCutOff = false;
    }
    for (const path of ['/today', '/calendar', '/supporters', '/groups', '/homework']) {
      await rosa.go(path);
      const page = await rosa.page.content();
      for (const word of ['Steady Ground', 'Theo', 'Priya']) assert.ok(!page.includes(word), `${path} tells ${word}`);
    }
  });

  await step('the leader plans a session for the two', async () => {
    await lead.go(therapy);
    await lead.page.locator('li', { hasText: 'Maya' }).getByRole('link', { name: 'Family sessions' }).click();
    await lead.page.getByText('Rosa Lindqvist').waitFor();
    // A minute that is not far away on the leader's own clock.
    const [date, time] = await lead.page.evaluate(() => {
      const soon = new Date(Date.now() + 20 * 60_000);
      const parts = Object.fromEntries(new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(soon).map((part) => [part.type, part.value]));
      return [`${parts.year}-${parts.month}-${parts.day}`, `${parts.hour}:${parts.minute}`];
    });
    await lead.page.locator('input[name=date]').fill(date);
    await lead.page.locator('input[name=time]').fill(time);
    await looksRight(lead, 'family-plan');
    await lead.press('Plan a family session');
    await lead.page.waitForLoadState();
    if (await lead.page.locator('input[name=anyway]').count()) {
      await lead.page.locator('input[name=anyway]').check();
      await lead.press('Plan a family session');
    }
    await lead.page.getByRole('link', { name: 'Change or call off' }).waitFor();
    await looksRight(lead, 'family-planned');
  });

  await step('everybody signs and comes; who sits beside her is read by all', async () => {
    const session = (await lead.page.getByRole('link', { name: 'Change or call off' }).first().getAttribute('href')).split('/')[2];
    for (const person of [lead, maya, rosa]) {
      if (person !== lead) {
        await person.go('/documents/family');
        await person.page.locator('input[name=name]').fill(person.name);
        await person.page.locator('input[name=agree]').check();
        await person.page.locator('form[action="/documents/family"] button').click();
        await person.page.waitForURL('**/documents');
      }
      person.session = session;
      await person.go(`/sessions/${session}/door`);
      if (person === rosa) await person.page.locator('input[name=beside]').fill('Erik');
      if (person === rosa) await looksRight(rosa, 'family-door');
      await person.passDoor();
      if (person !== lead) await lead.press(`Let in ${person.first}`);
      await person.inRoom();
      person.seat = (await person.view()).you.seat;
    }
    await maya.page.locator('.chair .beside', { hasText: 'Erik' }).waitFor();
    await Promise.all([maya.receives([lead.seat, rosa.seat]), rosa.receives([lead.seat, maya.seat])]);
    await maya.shot('family-room');
  });

  await step('she ends it on a page, and the chair is empty at once', async () => {
    const other = await maya.context.newPage();
    maya.watch(other);
    await other.goto(`${maya.base}/supporters`);
    await other.locator('button[formaction$="/end"]').first().click();
    await other.waitForLoadState();
    await rosa.page.waitForURL(/goodbye|today|door/);
    await maya.sees('an empty chair', (view) => view.chairs[rosa.seat].presence === 'empty');
    await other.close();
  });
});
