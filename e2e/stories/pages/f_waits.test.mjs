// Two who wait for a seat in a full group, one on a phone in Spanish and one at a desk in English: offered, passed on, offered again,
// signed, reminded, and at the door. The practice's clock is moved on between the steps, as days would.
import assert from 'node:assert/strict';
import { looksRight } from '../../lib/look.mjs';
import { asksForSeat, mailed, makesAccount, risk, tells } from '../../lib/newcomer.mjs';
import { DESKTOP, PHONE } from '../../lib/person.mjs';
import { story } from '../../lib/story.mjs';
import { until } from '../../lib/wait.mjs';

const ADA = { name: 'Ada Nowak', email: 'ada.nowak@example.org', password: 'four calm green lamps' };
const BEN = { name: 'Ben Ortega', email: 'ben.ortega@example.org', password: 'six small warm rooms' };
const SEATED = ['felix.braun@example.org', 'clara.jensen@example.org'];
const ZONE = 'America/New_York';
const MINUTE = 60_000;
/** Minutes: an offer stands for two days. */
const OFFER_LASTS = 49 * 60;
const SUBJECT = {
  offer: { en: 'Hearth: please answer within two days', es: 'Hearth: responde en dos días, por favor' },
  session: { en: 'Your appointment at Hearth', es: 'Tu cita en Hearth' },
};

story('two who wait for a seat', async ({ hearth, arrive, people, step }) => {
  const local = { timezoneId: ZONE };
  const ada = await arrive(ADA.name, { ...ADA, size: PHONE, context: { locale: 'es-US', ...local } });
  const ben = await arrive(BEN.name, { ...BEN, size: DESKTOP, context: local, voice: 1 });
  const staff = await arrive('Carol Whitfield', { size: DESKTOP, context: local });
  const { start, weekday } = inSixDays();
  const isAt = async (person, words) => {
    await until(`${person.first} reads "${words}"`, async () => {
      await person.go('/applications');
      return person.page.getByText(words).first().isVisible();
    });
    await looksRight(person, `${person.first}: ${words}`);
  };
  /** Goes on to so many minutes from now, as the practice's clock goes. */
  const later = async (minutes) => {
    people.forEach((person) => Object.assign(person, { isCutOff: true }));
    await hearth.later(minutes);
    people.forEach((person) => Object.assign(person, { isCutOff: false }));
    // Nobody stays signed in for days.
    for (const person of [ada, ben]) await person.signIn();
  };
  const before = (minutes) => later((start - Date.now()) / MINUTE - minutes);
  const leaves = async (first) => {
    await staff.becomes('Carol Whitfield');
    await staff.go(`/groups/${group}/seats`);
    await staff.page.getByRole('link', { name: first }).click();
    await staff.page.locator('form[action$="/removal"] button').click();
    await staff.page.waitForURL('**/seats');
  };
  const isTold = (subject) => until(`a letter "${subject}"`, async () => {
    await staff.go('/demo/outbox');
    return (await staff.page.locator('main h2').allInnerTexts()).includes(subject);
  }, { seen: () => staff.page.locator('main').innerText() });
  let group;

  await step('a small group that is full', async () => {
    await staff.signIn();
    await staff.go('/groups/new');
    const { page } = staff;
    await page.locator('input[name=name]').fill('Quiet Harbour');
    await page.locator('select[name=weekday]').selectOption(weekday);
    await page.locator('input[name=time]').fill('18:30');
    await page.locator('input[name=capacity]').fill('2');
    await page.locator('input[name=start]').check();
    await page.locator('form[action="/groups"] button').click();
    await page.waitForURL('**/seats');
    group = new URL(page.url()).pathname.split('/')[2];
    await takesSeat(staff, 'amara.osei@example.org', 'facilitator');
    for (const email of SEATED) await takesSeat(staff, email, 'member');
    await staff.go(`/groups/${group}/listing`);
    await page.locator('input[name=shown]').check();
    await page.locator('textarea[name=about_en]').fill('A small group that meets in the evening.');
    await page.locator('form[action$="/listing"] button').click();
  });

  await step('the practice publishes what everybody signs', async () => {
    await staff.becomes('Anders Holm');
    await staff.go('/practice/documents/telehealth');
    await staff.press('Publish');
    await staff.page.waitForURL('**/practice/documents');
  });

  await step('both ask, tell, and wait', async () => {
    for (const [person, who, brings] of [[ada, ADA, 'No duermo bien.'], [ben, BEN, 'I keep worrying.']]) {
      await person.go(`/find/${group}`);
      await looksRight(person, 'the group\'s page');
      await person.page.locator(`a[href^="/find/${group}/seat"]`).first().click();
      await asksForSeat(person, who, 'NY');
      await makesAccount(person, who, await mailed(staff, '/welcome/'));
      await person.page.locator('a[href="/applications"]').first().click();
      await person.page.locator('form[action$="/seat"] button').click();
      await person.page.waitForURL('**/screening');
      await tells(person, brings);
      await risk(person);
      await person.page.locator('form[action$="/screening"] button').click();
      await person.page.waitForURL('**/applications');
      await looksRight(person, 'waits');
    }
  });

  await step('a clinician says yes to both', async () => {
    await staff.becomes('Dr. Amara Osei');
    for (const { name } of [ADA, BEN]) {
      await staff.go('/applicants');
      await staff.page.getByRole('link', { name }).first().click();
      await staff.page.locator('input[name=outcome][value=accept]').check();
      await staff.page.locator('form[action$="/decision"] button').click();
      await staff.page.waitForURL('**/applicants');
    }
    await isAt(ada, 'Eres la siguiente persona de la lista');
    await isAt(ben, 'People before you in the line: 1');
  });

  await step('a seat is free: the first is offered it, lets it pass, and stays in the line', async () => {
    await leaves('Felix');
    await isTold(SUBJECT.offer.es);
    await isAt(ada, 'Hay un lugar para ti');
    await later(OFFER_LASTS);
    await isAt(ben, 'There is a seat for you');
    await isTold(SUBJECT.offer.en);
    await isAt(ada, 'Te aceptamos. En cuanto haya un lugar');
  });

  await step('passed on once more, it comes back to the first, who says yes', async () => {
    await later(2 * OFFER_LASTS);
    await isAt(ada, 'Hay un lugar para ti');
    await isAt(ben, 'As soon as a seat is free');
    await saysYes(ada);
    await leaves('Clara');
    await isAt(ben, 'There is a seat for you');
    await saysYes(ben);
  });

  await step('both sign what is asked before the first session', async () => {
    for (const [person, who] of [[ada, ADA], [ben, BEN]]) {
      await person.go('/today');
      await looksRight(person, 'today, with something to sign');
      await person.page.locator('main a[href="/documents/telehealth"]').first().click();
      await looksRight(person, 'the document');
      await person.page.locator('form.card input[name=name]').fill(who.name);
      await person.page.locator('input[name=agree]').check();
      await person.page.locator('form[action="/documents/telehealth"] button').click();
      await person.page.waitForURL('**/documents');
      await looksRight(person, 'signed');
    }
  });

  await step('reminded the day before and the hour before, each in their language', async () => {
    await before(23.5 * 60);
    await isTold(SUBJECT.session.es);
    await isTold(SUBJECT.session.en);
    await before(55);
    await isTold(SUBJECT.session.es);
    await isTold(SUBJECT.session.en);
  });

  await step('the calendar shows the evening, and the door is open', async () => {
    await before(5);
    for (const person of [ada, ben]) {
      await person.go('/calendar');
      await person.page.locator('.day.today', { hasText: 'Quiet Harbour' }).waitFor();
      await looksRight(person, 'calendar');
      await person.toDoor();
      await looksRight(person, 'door');
      await person.passDoor();
      await person.page.waitForURL('**/waiting');
      await looksRight(person, 'waiting');
    }
    assert.equal(await ada.page.locator('html').getAttribute('lang'), 'es');
    assert.equal(await ben.page.locator('html').getAttribute('lang'), 'en');
  });
});

/** The evening in six days, half past six in New York. */
function inSixDays() {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE }).format(Date.now() + 6 * 1_440 * MINUTE);
  const guess = Date.parse(`${day}T18:30Z`);
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short', timeStyle: 'short' }).format(guess);
  return { start: 2 * guess - Date.parse(`${shown.replace(' ', 'T')}Z`), weekday: String(new Date(`${day}T12:00Z`).getUTCDay() || 7) };
}

async function saysYes({ page }) {
  await page.locator('form[action$="/answer"] button[value=yes]').click();
  await page.waitForURL(/groups\/\d+$/);
}

async function takesSeat(office, email, part) {
  const { page } = office;
  await page.locator('input[name=email]').fill(email);
  await page.locator('select[name=part]').selectOption(part);
  if (part === 'member') await page.locator('select[name=residence]').selectOption('NY');
  await page.locator('form[action$="/seats"] button').click();
  await page.waitForURL('**/seats');
}
