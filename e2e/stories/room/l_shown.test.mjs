// What a leader shows: a deck, a film, a screen. Kept in the library, seen by everybody at the same moment, found again in the recap.
import assert from 'node:assert/strict';
import { film } from '../../lib/film.mjs';
import { PHONE } from '../../lib/person.mjs';
import { story } from '../../lib/story.mjs';
import { pause, until } from '../../lib/wait.mjs';

/** The promise is 0.3 s between two screens; browsers on two busy cores may need a moment to get there. */
const APART = 0.3;

story('a deck, a film and a screen', async ({ arrive, step }) => {
  const lead = await arrive('Dr. Amara Osei', { voice: 0 });
  const maya = await arrive('Maya Lindqvist', { voice: 1, size: PHONE });
  const open = async (title) => {
    await lead.press('Reading', lead.page.locator('.bring'));
    await lead.press(`Show: ${title}`);
    await maya.page.getByRole('heading', { name: title }).waitFor();
  };
  const marked = (person, at) => until(`part ${at} is marked`, () => person.page.evaluate((part) => document.querySelectorAll('.reading .part')[part]?.matches('.here'), at));
  const tool = (name) => async (person) => (await person.view()).tools[name];

  await step('the library takes a film with captions and says no to what is none', async () => {
    await lead.signIn();
    await lead.go('/materials');
    await lead.page.locator('input[name=title]').fill('One slow breath');
    await lead.page.locator('input[name=file]').setInputFiles({ name: 'breath.webm', mimeType: 'video/webm', buffer: Buffer.from('<html>no film at all, only letters that go on and on</html>') });
    await lead.press('Add it');
    await lead.page.getByText('This is neither a PDF nor a film').waitFor();
    assert.equal(await lead.page.locator('input[name=title]').inputValue(), 'One slow breath');
    await lead.page.locator('input[name=file]').setInputFiles({ name: 'breath.webm', mimeType: 'video/webm', buffer: await film(lead.page) });
    await lead.press('Add it');
    await lead.page.getByRole('heading', { name: 'One slow breath' }).waitFor();
    const captions = 'WEBVTT\n\n00:00.000 --> 00:12.000\nBreathe in, and slowly out.';
    await lead.page.locator('input[name=captions]').setInputFiles({ name: 'breath.vtt', mimeType: 'text/vtt', buffer: Buffer.from(captions) });
    await lead.press('Keep the captions');
    await lead.page.getByText('Change the captions').waitFor();
    await lead.shot('materials-film');
    await lead.go('/materials');
    await lead.shot('materials');
  });

  await step('two are in the circle', async () => {
    await maya.signIn();
    await Promise.all([lead.toDoor(), maya.toDoor()]);
    await lead.passDoor();
    await lead.inRoom();
    await maya.passDoor();
    await lead.press('Let in Maya');
    await maya.inRoom();
    for (const person of [lead, maya]) person.seat = (await person.view()).you.seat;
    await lead.press('Begin the session');
    await lead.sees('it runs', (view) => view.begun_at > 0);
  });

  await step('a deck is opened with one press, drawn on both screens, and read aloud', async () => {
    await lead.press('Slides', lead.page.locator('.bring'));
    const row = lead.page.locator('.guide li', { hasText: 'How a wave of worry passes' });
    await row.getByRole('button', { name: 'Show' }).click();
    for (const person of [lead, maya]) await drawn(person, 'Twenty minutes to look at something that comes');
    await lead.page.getByText('Ask first: who has seen a wave this week?').waitFor();
    assert.equal(await maya.page.getByText('Ask first: who has seen a wave').count(), 0, 'notes are for leaders');
    await lead.page.keyboard.press('ArrowRight');
    for (const person of [lead, maya]) await drawn(person, 'Worry rises, reaches a top');
    await lead.shot('slides-lead');
    await maya.shot('slides-phone');
  });

  await step('a member looks back alone, and comes along again', async () => {
    await maya.press('Page before');
    await drawn(maya, 'Twenty minutes to look at something');
    assert.equal((await tool('slides')(lead)).page, 1, 'nobody else turned');
    await maya.press('Go to page 2, where the group is');
    await drawn(maya, 'Worry rises');
  });

  await step('the finger of whoever leads is seen', async () => {
    await lead.press('Point at something');
    const box = await lead.page.locator('.slides-pad canvas').boundingBox();
    await lead.page.mouse.move(box.x + box.width / 2, box.y + box.height / 4);
    await pause(300);
    await lead.page.mouse.move(box.x + box.width / 2 + 4, box.y + box.height / 4);
    await maya.page.locator('.spotlight').waitFor();
    await lead.press('Stop pointing');
    await maya.page.locator('.spotlight').waitFor({ state: 'detached' });
    await lead.press('Put the deck away');
    await maya.sees('no deck', (view) => !view.tools.slides);
  });

  await step('a film runs for both at the same moment, also after a jump', async () => {
    await lead.press('Film', lead.page.locator('.bring'));
    await lead.page.locator('.guide li', { hasText: 'One slow breath' }).getByRole('button', { name: 'Show' }).click();
    await maya.page.getByText('The film begins when the facilitator starts it').waitFor();
    await lead.press('Play for everybody');
    await together(lead, maya, 2);
    await lead.press('Pause for everybody');
    await until('both stand', async () => (await places(lead, maya)).every((one) => one.paused));
    const [one, other] = await places(lead, maya);
    assert.ok(Math.abs(one.at - other.at) <= APART, `they stand at ${one.at} and ${other.at}`);
    await lead.page.locator('.film input[type=range]').fill('8000');
    await lead.press('Play for everybody');
    await together(lead, maya, 8);
    assert.equal(await maya.page.evaluate(() => document.querySelector('.film video').textTracks[0].mode), 'showing');
    await lead.shot('film-lead');
    await maya.shot('film-phone');
    await lead.press('Put the film away');
  });

  await step('a screen takes the middle, and goes as it came', async () => {
    await lead.press('Screen', lead.page.locator('.bring'));
    await lead.press('Show my screen', lead.page.locator('.guide'));
    await maya.page.getByRole('heading', { name: 'The screen of Dr. Amara' }).waitFor();
    await until('it moves', () => maya.page.evaluate(() => {
      const video = document.querySelector('.screen video');
      return video && video.videoWidth > 400 && video.getVideoPlaybackQuality().totalVideoFrames > 5;
    }), { seen: () => maya.page.evaluate(() => { const v = document.querySelector('.screen video'); return v && `${v.videoWidth} ${v.getVideoPlaybackQuality().totalVideoFrames}`; }) });
    await maya.shot('screen-phone');
    await lead.press('Stop showing it');
    await maya.sees('nobody shows', (view) => typeof view.tools.share.seat !== 'number');
    await maya.receives([lead.seat]);
  });

  await step('everybody goes along in an article, until they look somewhere else', async () => {
    await open('Naming a feeling takes off some of its weight');
    await maya.page.locator('.reading .text p').first().waitFor();
    await lead.press('Next', lead.page.locator('.hearth'));
    await marked(maya, 1);
    await until('she was brought there', () => maya.page.evaluate(() => document.querySelector('.hearth').scrollTop > 40));
    await maya.page.locator('.reading .part').last().evaluate((one) => one.closest('.hearth').dispatchEvent(new WheelEvent('wheel')));
    await maya.page.locator('.hearth').evaluate((one) => one.scrollTo(0, 0));
    await lead.press('Next', lead.page.locator('.hearth'));
    await marked(maya, 2);
    await pause(600);
    assert.equal(await maya.page.evaluate(() => document.querySelector('.hearth').scrollTop), 0, 'she stays where she looks');
    await maya.shot('reading-phone-alone');
    await maya.press(/^Go to where the group is/);
    await until('she is there again', () => maya.page.evaluate(() => document.querySelector('.hearth').scrollTop > 40));
    assert.equal(await maya.page.evaluate(() => document.activeElement.matches('.part.here')), true, 'and reads on from there');
    await lead.shot('reading-lead');
    await maya.shot('reading-phone');
  });

  await step('a sheet that is put away keeps what was written, for whoever wrote it', async () => {
    await open('The worry slip');
    const half = () => maya.page.locator('.reading').getByLabel(/half hour/);
    await half().fill('canary-sheet at six');
    await maya.shot('sheet-phone');
    await lead.press('Put it away');
    await maya.page.getByText('is still here, and not kept yet').waitFor();
    await maya.shot('sheet-left-phone');
    await open('The worry slip');
    assert.equal(await half().inputValue(), 'canary-sheet at six');
    assert.equal(await maya.page.getByText('is still here, and not kept yet').count(), 0);
    assert.ok(!JSON.stringify(await lead.view()).includes('canary-sheet'));
  });

  await step('the recap has what was shown, for the group alone', async () => {
    const session = maya.session;
    await maya.press('Leave');
    await maya.page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
    await maya.page.getByText('is still here, and not kept yet').waitFor();
    await maya.shot('sheet-leaving-phone');
    await pause(500);
    assert.match(maya.page.url(), /\/room$/, 'nobody is led away from what they wrote');
    await maya.page.getByRole('button', { name: 'Keep this for yourself' }).click({ clickCount: 2, delay: 5 });
    await maya.page.waitForURL('**/goodbye');
    await maya.go(`/sessions/${session}/recap`);
    await maya.page.getByText('What we looked at').waitFor();
    await maya.page.getByRole('link', { name: /: Naming a feeling/ }).waitFor();
    assert.equal(await maya.page.getByText('How a wave of worry passes').count(), 1);
    const file = await maya.page.locator('a', { hasText: 'Save a copy' }).getAttribute('href');
    const status = (person) => person.page.evaluate((path) => fetch(path).then((answer) => answer.status), file);
    assert.equal(await status(maya), 200);
    const aisha = await arrive('Aisha Rahman');
    await aisha.signIn();
    assert.equal(await status(aisha), 404);
    await maya.shot('recap-shown');
    await maya.go('/homework');
    const kept = maya.page.locator('li', { hasText: 'The worry slip' });
    assert.equal(await kept.count(), 1, 'kept once');
    await kept.getByRole('link').click();
    assert.equal(await maya.page.locator('input[name=answer-0]').inputValue(), 'canary-sheet at six');
  });
});

function drawn(person, text) {
  return until(`${person.first} sees the page`, () => person.page.evaluate((wanted) => {
    const canvas = document.querySelector('.sheet canvas');
    return canvas?.width > 200 && document.querySelector('.sheet [role=status]').textContent.includes(wanted);
  }, text));
}

/** Where both players are; taken as close to each other as two browsers allow. */
async function places(...people) {
  const all = await Promise.all(people.map((person) => person.page.evaluate(() => {
    const video = document.querySelector('.film video');
    return { at: video.currentTime, paused: video.paused, when: Date.now() };
  })));
  const first = all[0].when;
  return all.map((one) => ({ ...one, at: one.paused ? one.at : one.at - (one.when - first) / 1_000 }));
}

function together(one, other, from) {
  return until(`both are at the same place after ${from} s`, async () => {
    const [a, b] = await places(one, other);
    return !a.paused && !b.paused && a.at > from && Math.abs(a.at - b.at) <= APART;
  }, { seen: async () => JSON.stringify(await places(one, other)) });
}
