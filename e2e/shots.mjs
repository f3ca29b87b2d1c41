// The pictures of the README: the real demo, nothing arranged that a newcomer would not see.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Hearth } from './lib/hearth.mjs';
import { DESKTOP, Person, PHONE } from './lib/person.mjs';
import { slim } from './lib/png.mjs';
import { pause } from './lib/wait.mjs';

const OUT = fileURLToPath(new URL('../docs/shots', import.meta.url));
mkdirSync(OUT, { recursive: true });
const hearth = await Hearth.open();
const people = [];

async function arrive(name, given) {
  const person = await Person.arrive(hearth, name, given);
  people.push(person);
  return person;
}

async function shoot(person, name) {
  await person.page.evaluate(() => document.fonts.ready.then(() => undefined));
  await pause(600);
  writeFileSync(`${OUT}/${name}.png`, slim(await person.page.screenshot()));
  console.log(name);
}

try {
  const maya = await arrive('Maya Lindqvist', { size: PHONE, voice: 1 });
  await maya.signIn();
  await shoot(maya, 'today-member');
  await maya.go('/goals');
  await shoot(maya, 'goals');
  await maya.go('/messages');
  await maya.page.locator('main a', { hasText: 'Steady Ground' }).first().click();
  await maya.page.waitForURL('**/channels/*');
  await shoot(maya, 'messages');

  const lucia = await arrive('Lucía Fernández', { size: DESKTOP });
  await lucia.signIn();
  await shoot(lucia, 'today-spanish');
  await lucia.go('/library/naming-a-feeling');
  await shoot(lucia, 'library');
  await lucia.leave();

  const lead = await arrive('Dr. Amara Osei', { size: DESKTOP });
  await lead.go('/');
  await shoot(lead, 'start');
  await lead.go('/find?place=NY');
  await shoot(lead, 'find');
  await lead.signIn();
  await lead.go('/calendar');
  await shoot(lead, 'calendar');
  await lead.go('/today');
  await lead.page.emulateMedia({ colorScheme: 'dark' });
  await shoot(lead, 'today-dark');
  await lead.page.emulateMedia({ colorScheme: 'light' });
  await lead.page.locator('a[href$="/record"]').first().click();
  await shoot(lead, 'record');

  await lead.go('/');
  await lead.page.locator('form[action="/demo/rehearsal"] button').click();
  await lead.page.waitForURL('**/door');
  await lead.page.getByText('Your connection is good.').waitFor();
  await shoot(lead, 'door');
  // The test picture of this browser is no face: the facilitator comes without one.
  await lead.passDoor({ mic: false, camera: false });
  await lead.inRoom();
  await lead.sees('six at the door', (view) => view.lead.waiting.length === 6);
  await lead.press('Let everybody in');
  await lead.sees('six in the circle', (view) => Object.values(view.chairs).filter((chair) => chair.presence === 'here').length === 7);
  await lead.press('Begin the session');
  await lead.press('Go-round', lead.page.locator('.bring'));
  await lead.page.getByLabel('What everybody is asked').fill('What helped you this week, even a little?');
  await lead.press('Start the go-round');
  await lead.sees('the first turn', (view) => view.tools.go_round?.turn);
  if ((await lead.view()).tools.go_round.turn.seat === (await lead.view()).you.seat) await lead.press('Pass');
  await lead.sees('a second voice', (view) => view.tools.go_round?.had.filter((had) => had.spoke).length >= 2);
  await lead.page.mouse.move(5, 400);
  await shoot(lead, 'room');
  await maya.context.close();
  const noor = await arrive('Noor Haddad', { size: PHONE, voice: 1 });
  await noor.signIn();
  await noor.toDoor();
  await noor.passDoor({ mic: false, camera: false });
  await lead.press('Let in Noor');
  await noor.inRoom();
  await pause(2_000);
  await shoot(noor, 'room-member');
} finally {
  await Promise.all(people.map((person) => person.leave().catch(() => undefined)));
  await hearth.close();
}
