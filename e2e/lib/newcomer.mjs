// The way of somebody new, from the form for a seat to the end of the screening. In the language of whoever's browser it is.
import { settled } from './axe.mjs';
import { until } from './wait.mjs';

/** Asks for a seat as `who` ({ name, email }), who lives in `place`. */
export async function asksForSeat({ page, ...person }, who, place) {
  await page.locator('input[name=name]').fill(who.name);
  await page.locator('input[name=email]').fill(who.email);
  await page.locator('select[name=residence]').selectOption(place);
  await page.locator('input[name=adult][value=on]').check();
  await page.locator('form[action$="/seat"] button').click();
  await settled({ page, ...person });
}

/** The newest message of the demo's outbox in which a path begins like this, as `reader` sees it. */
export function mailed(reader, begins) {
  return until(`a mail with ${begins}`, async () => {
    await reader.go('/demo/outbox');
    const text = await reader.page.locator('main').innerText();
    return text.match(new RegExp(`${begins}[A-Za-z0-9_-]+`))?.[0];
  });
}

/** Follows the link of the welcome mail, chooses a password and signs in with it. */
export async function makesAccount(person, who, link) {
  const { page } = person;
  await person.go(link);
  await page.locator('input[name=password]').fill(who.password);
  await page.locator('input[name=again]').fill(who.password);
  await page.locator('form[action^="/welcome/"] button').click();
  await page.waitForURL('**/sign-in**');
  await page.locator('input[name=email]').fill(who.email);
  await page.locator('input[name=password]').fill(who.password);
  await page.locator('form[action="/sign-in"] button').click();
  await page.waitForURL('**/today');
}

/** Everything of the screening but the four questions of the ASQ that `risk` answers. */
export async function tells({ page }, brings) {
  await page.locator('textarea[name=brings]').fill(brings);
  await page.locator('input[name=condition-anxiety]').check();
  await page.locator('input[name=aim-calm]').check();
  await page.locator('input[name=free-2-evening]').check();
}

/** The four questions, with `yes` to those numbers. */
export async function risk({ page }, yes = []) {
  for (const number of [1, 2, 3, 4]) await page.locator(`input[name=asq-${number}][value=${yes.includes(number) ? 'yes' : 'no'}]`).check();
}
