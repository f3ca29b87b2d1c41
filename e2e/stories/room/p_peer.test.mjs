// Members meet without staff: one hosts on a phone in Spanish, the other, by a dark screen, asks for staff; their leader comes in by a link.
import assert from 'node:assert/strict';
import { looksRight } from '../../lib/look.mjs';
import { PHONE } from '../../lib/person.mjs';
import { story } from '../../lib/story.mjs';

story('a check-in among members', async ({ arrive, step }) => {
  const amara = await arrive('Dr. Amara Osei', { voice: 0 });
  const maya = await arrive('Maya Lindqvist', { voice: 1, size: PHONE, context: { locale: 'es-MX' } });
  const theo = await arrive('Theo Grant', { voice: 2, context: { colorScheme: 'dark' } });
  let path;

  await step('the leader opens contact outside of the group', async () => {
    await amara.signIn();
    await amara.go('/groups');
    const group = await amara.page.getByRole('link', { name: 'Steady Ground' }).first().getAttribute('href');
    path = `${group}/peer-check-ins`;
    await maya.signIn();
    if (await maya.page.locator('button[lang=es]').count()) await maya.page.locator('button[lang=es]').click();
    await maya.go(path);
    await maya.page.getByText('los encuentros entre miembros no están abiertos aquí').waitFor();
    await looksRight(maya, 'peer-closed');
    await amara.go(`${group}/circles`);
    await amara.press('Open contact among members');
    await amara.page.waitForLoadState();
    await amara.go(path);
    await looksRight(amara, 'peer-leader');
  });

  await step('a member plans one that begins in a moment', async () => {
    await maya.go(path);
    const [date, time] = await maya.page.evaluate(() => {
      const soon = new Date(Date.now() + 120_000);
      const parts = Object.fromEntries(new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(soon).map((part) => [part.type, part.value]));
      return [`${parts.year}-${parts.month}-${parts.day}`, `${parts.hour}:${parts.minute}`];
    });
    await maya.page.locator('input[name=date]').fill(date);
    await maya.page.locator('input[name=time]').fill(time);
    await maya.press('Planear un encuentro');
    await maya.page.getByText('Conduces tú').waitFor();
    await looksRight(maya, 'peer-planned');
    await theo.signIn();
    await theo.page.getByRole('heading', { name: 'Check-ins among members' }).waitFor();
    await looksRight(theo, 'peer-today');
    await theo.go(path);
    await looksRight(theo, 'peer-planned');
  });

  await step('both come straight in, and it begins by itself', async () => {
    for (const person of [theo, maya]) {
      await person.go(path);
      await person.page.locator('a[href$="/door"]').first().click();
      await person.page.waitForURL('**/door');
      person.session = new URL(person.page.url()).pathname.split('/')[2];
      await looksRight(person, 'peer-door');
      await person.passDoor();
      await person.inRoom();
      person.seat = (await person.view()).you.seat;
    }
    await Promise.all([maya.receives([theo.seat]), theo.receives([maya.seat])]);
    await maya.sees('that it has begun', (view) => view.begun_at !== null, { patience: 150_000 });
    await theo.sees('who hosts', (view) => view.tools.hosting.host === maya.seat);
    await maya.press(/^Seguir: Lo que vale aquí/);
    await theo.sees('the next step', (view) => view.tools.hosting.step === 1);
    await looksRight(maya, 'peer-host');
    await looksRight(theo, 'peer-room');
  });

  await step('one asks for staff, and their leader comes in, seen by all', async () => {
    await theo.press('Bring staff in');
    await looksRight(theo, 'peer-bring');
    await theo.press('Call them');
    await maya.page.getByText('Se llamó al personal.').first().waitFor();
    for (let tries = 0; ; tries += 1) {
      await amara.go('/risk-tasks');
      const task = amara.page.getByRole('link', { name: 'Theo Grant' }).first();
      if (await task.count()) {
        await task.click();
        break;
      }
      assert.ok(tries < 40, 'the task is there');
      await amara.page.waitForTimeout(500);
    }
    await amara.page.waitForURL(/risk-tasks\/\d+/);
    await looksRight(amara, 'peer-task');
    await amara.page.locator('a[href$="/staff"]').click();
    await amara.page.waitForURL('**/staff');
    await looksRight(amara, 'peer-staff');
    await amara.press('Come into the room');
    await amara.inRoom();
    const seat = (await amara.view()).you.seat;
    await maya.page.getByText('Del personal está Dr. Amara Osei.').first().waitFor();
    // Whoever comes in at once opens microphone and camera there.
    await amara.press('Unmute');
    await amara.press('Camera on');
    await Promise.all([maya.receives([theo.seat, seat]), amara.receives([maya.seat, theo.seat])]);
    await looksRight(maya, 'peer-with-staff');
  });

  await step('the host ends it, and the leader finds that it was, and no more', async () => {
    await maya.page.locator('.host-more summary').click();
    await maya.press('Terminar para todos');
    await maya.press('Sí, terminar para todos');
    for (const person of [maya, theo, amara]) await person.page.waitForURL('**/goodbye');
    await looksRight(maya, 'peer-goodbye');
    await amara.go(path);
    await amara.page.getByText('2 were there').waitFor();
    await looksRight(amara, 'peer-held');
  });
});
