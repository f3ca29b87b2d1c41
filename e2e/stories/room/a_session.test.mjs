// One whole session with four real browsers: from the sign-in page to the notes.
import assert from 'node:assert/strict';
import { axe } from '../../lib/axe.mjs';
import { Relay } from '../../lib/relay.mjs';
import { story } from '../../lib/story.mjs';
import { until } from '../../lib/wait.mjs';

const PRIVATE = 'My landlord wants us out by May';
const SHARED = 'Sleep, again';
const HOMEWORK = 'Walk once around the block before dinner.';
const TAKEAWAYS = ['A wave passes if I stay with it.', 'Asking is allowed.'];
const PHASES = ['Learn', 'Practise', 'Discuss', 'Close'];

story('a facilitator and three members live a whole session', async ({ hearth, arrive, step }) => {
  const lead = await arrive('Dr. Amara Osei', { voice: 0 });
  const maya = await arrive('Maya Lindqvist', { voice: 1 });
  const theo = await arrive('Theo Grant', { voice: 2, relay: await Relay.open(hearth.port) });
  const priya = await arrive('Priya Nair', { voice: 3 });
  const members = [maya, theo, priya];
  const all = [lead, ...members];
  const others = (person) => all.filter((one) => one !== person).map((one) => one.seat);

  await step('everybody signs in with a password', () => Promise.all(all.map((person) => person.signIn())));

  await step('the facilitator is in first', async () => {
    await lead.toDoor();
    await lead.passDoor();
    await lead.inRoom();
    lead.seat = (await lead.view()).you.seat;
  });

  await step('each arrival is announced, and the waiting room says nothing about others', async () => {
    for (const [index, member] of members.entries()) {
      await member.toDoor();
      await member.passDoor();
      assert.match(member.page.url(), /\/waiting$/);
      await lead.sees(`${index + 1} at the door`, (view) => view.lead.waiting.length === index + 1);
      await lead.page.getByText(member.first, { exact: true }).first().waitFor();
    }
    const text = await maya.page.locator('main').innerText();
    for (const other of ['Theo', 'Priya', 'Amara', 'Grant', 'Osei', '3']) assert.ok(!text.includes(other), `the waiting room says ${other}`);
  });

  await step('one is let in, then all', async () => {
    await lead.press('Let in Maya');
    await maya.inRoom();
    assert.match(theo.page.url(), /\/waiting$/);
    await lead.press('Let everybody in');
    for (const member of members) {
      await member.inRoom();
      member.seat = (await member.view()).you.seat;
    }
    assert.equal(new Set(all.map((person) => person.seat)).size, 4);
  });

  await step('all see and hear each other', () => Promise.all(all.map((person) => person.receives(others(person)))));

  await step('the session begins with the check-in', async () => {
    await lead.press('Begin the session');
    await maya.sees('the first phase', (view) => view.running?.index === 0 && view.phases[0].kind === 'check_in');
    if (!(await lead.view()).tools.check_in?.open) {
      await lead.press('Check-in', lead.page.locator('.bring'));
      await lead.press('Open the check-in');
    }
    await checkIn(maya, { mood: 6, word: 'lighter', concern: SHARED, to: 'The group' });
    await checkIn(theo, { mood: 3, word: 'cornered', concern: PRIVATE, to: 'Facilitators only' });
    await press(priya, 'Pass');
    await lead.sees('three answers', (view) => view.tools.check_in.done >= 3);
  });

  await step('what is private reaches facilitators only', async () => {
    await lead.page.getByText(PRIVATE).first().waitFor();
    await maya.page.getByText(SHARED).first().waitFor();
    await priya.page.getByText(SHARED).first().waitFor();
    for (const member of [maya, priya]) {
      const known = JSON.stringify(await member.view()) + (await member.page.content());
      for (const secret of [PRIVATE, 'cornered']) assert.ok(!known.includes(secret), `${member.first} knows ${secret}`);
    }
    await lead.press('Close the check-in');
    await lead.sees('the check-in closed', (view) => !view.tools.check_in?.open);
  });

  await step('learn, then practise with a go-round', async () => {
    await nextPhase(lead, all, 0);
    await nextPhase(lead, all, 1);
    await lead.press('Go-round', lead.page.locator('.bring'));
    await lead.page.getByLabel('What everybody is asked').fill('What helped you this week?');
    await lead.press('Start the go-round');
    await maya.sees('the go-round', (view) => view.tools.go_round?.prompt === 'What helped you this week?');
    if ((await lead.view()).tools.go_round.turn.seat === lead.seat) await lead.press('I am done');
    await turnOf(maya);
    await press(maya, 'Pass');
    await turnOf(theo);
    await press(theo, 'Come back to me');
    await turnOf(priya);
    const round = (await priya.view()).tools.go_round;
    assert.deepEqual(round.waiting, [theo.seat]);
    assert.deepEqual(round.had.find((had) => had.seat === maya.seat), { seat: maya.seat, spoke: false });
  });

  await step('chat: to the circle, and a note to facilitators', async () => {
    await say(maya, 'Good to see you all.');
    await say(theo, 'I may have to leave early.', 'Facilitators only');
    await priya.sees('the line', (view) => JSON.stringify(view.tools.chat).includes('Good to see you all.'));
    await lead.sees('the note', (view) => JSON.stringify(view.tools.chat).includes('leave early'));
    assert.ok(!JSON.stringify(await maya.view()).includes('leave early'));
  });

  await step('somebody drops out, the facilitator has the phone number, and the seat is kept', async () => {
    await maya.page.close();
    await lead.sees('the drop', (view) => view.lead.drops.some((drop) => drop.seat === maya.seat && drop.card.callback.includes('555')));
    await lead.page.getByText('Maya dropped out').first().waitFor();
    await maya.openPage();
    await maya.go('/today');
    await maya.toDoor();
    await maya.passDoor();
    await maya.inRoom();
    assert.equal((await maya.view()).you.seat, maya.seat);
    await lead.sees('nobody missing', (view) => view.lead.drops.length === 0);
    await Promise.all([maya.receives(others(maya)), lead.receives(others(lead))]);
  });

  await step('kill -9 in the middle: everybody is back where they were', async () => {
    const before = await Promise.all(all.map((person) => person.view()));
    all.forEach((person) => (person.isCutOff = true));
    await hearth.kill();
    for (const person of all) await until(`${person.first} is told`, async () => (await person.connection()) !== 'connected');
    await theo.fallsSilent();
    await hearth.start();
    const up = Date.now();
    for (const person of all) await until(`${person.first} is back`, async () => (await person.connection()) === 'connected');
    console.log(`      everybody was back ${((Date.now() - up) / 1_000).toFixed(1)} s after the server`);
    for (const [index, person] of all.entries()) {
      const view = await person.sees('everybody here', (now) => all.every((one) => now.chairs[one.seat]?.presence === 'here'));
      for (const part of ['seat', 'part', 'stance']) assert.equal(view.you[part], before[index].you[part]);
      assert.equal(view.running.index, before[index].running.index);
      assert.equal(view.running.since, before[index].running.since);
      assert.deepEqual(view.tools.go_round.waiting, before[index].tools.go_round.waiting);
      assert.equal(view.tools.go_round.turn.seat, before[index].tools.go_round.turn.seat);
      assert.deepEqual(view.tools.chat, before[index].tools.chat);
    }
    await Promise.all(all.map((person) => person.receives(others(person))));
    all.forEach((person) => (person.isCutOff = false));
  });

  await step('the go-round comes back to whoever asked', async () => {
    await press(priya, 'I am done');
    await turnOf(theo);
    await press(theo, 'I am done');
    await lead.sees('everybody had a turn', (view) => !view.tools.go_round?.turn);
    await press(lead, 'End the go-round');
    await lead.sees('the end of the go-round', (view) => !view.tools.go_round);
  });

  await step('closing: takeaways, homework and the card', async () => {
    await nextPhase(lead, all, 2);
    await nextPhase(lead, all, 3);
    if (!(await lead.view()).tools.closing?.open) {
      await lead.press('Closing', lead.page.locator('.bring'));
      await lead.press('Open the closing');
    }
    for (const [index, person] of [lead, maya].entries()) {
      await person.page.getByLabel('I take with me').fill(TAKEAWAYS[index]);
      await press(person, 'Add');
    }
    await priya.sees('both takeaways', (view) => view.tools.closing?.takeaways.length === 2);
    await lead.page.getByLabel('What to try').fill(HOMEWORK);
    await lead.press('Give it');
    await maya.sees('homework', (view) => view.tools.closing.my_homework.some((one) => one.text === HOMEWORK));
    await maya.press('How it was');
    for (const question of ['My mood now', 'I felt heard', 'I felt safe']) await score(maya, question, 8);
    await maya.press('Send');
    await lead.sees('one card', (view) => view.tools.closing.answered === 1);
  });

  await step('the end leads everybody to the goodbye page', async () => {
    await lead.press('End the session');
    await lead.press('End it now');
    for (const person of all) {
      await person.page.waitForURL('**/goodbye');
      await person.page.getByText('Thank you for being here').first().waitFor();
    }
    assert.deepEqual(await axe(maya.page), []);
  });

  await step('the recap shows takeaways, moods and homework', async () => {
    await maya.page.getByRole('link', { name: 'See what you take with you' }).click();
    for (const text of TAKEAWAYS) await maya.page.getByText(text).waitFor();
    await maya.page.getByText('At the end: 8 of 10').waitFor();
    assert.deepEqual(await axe(maya.page), []);
    await until('the homework is there', async () => {
      await maya.go('/homework');
      return maya.page.getByText(HOMEWORK).first().isVisible();
    });
  });

  await step('the record has everybody, and the note names nobody else', async () => {
    await lead.go(`/sessions/${lead.session}/record`);
    assert.deepEqual(await axe(lead.page), []);
    const record = await lead.page.locator('main').innerText();
    for (const member of members) assert.ok(record.includes(member.first), `${member.first} is missing in the record`);
    await lead.page.locator('tr', { hasText: 'Maya' }).getByRole('link', { name: 'Note' }).first().click();
    const note = await lead.page.locator('textarea[name=text]').inputValue();
    assert.ok(note.includes(SHARED), `the note of Maya does not say what she said:\n${note}`);
    for (const other of ['Theo', 'Priya', 'Grant', 'Nair', PRIVATE]) assert.ok(!note.includes(other), `the note of Maya names ${other}`);
    await lead.page.locator('textarea[name=text]').fill(`${note}\nShe was warm and present.`);
    await lead.press('Sign and lock');
    await lead.page.getByText('Signed by').waitFor();
    assert.equal(await lead.page.locator('form[action$="/addenda"]').count(), 1);
    assert.equal(await lead.page.getByRole('button', { name: 'Sign and lock' }).count(), 0);
    assert.deepEqual(await axe(lead.page), []);
    await lead.page.reload();
    await lead.page.getByText('She was warm and present.').waitFor();
  });
});

const press = (person, name) => person.press(name);

async function checkIn(person, { mood, word, concern, to }) {
  await score(person, 'My mood', mood);
  await person.page.getByLabel('One word for it').fill(word);
  await person.page.getByLabel('Something on my mind').fill(concern);
  await person.page.getByRole('radio', { name: to }).check();
  await person.press('Check in');
  await person.sees('the own check-in', (view) => view.tools.check_in?.mine?.mood === mood);
}

function score(person, question, value) {
  return person.page.getByRole('group', { name: question }).getByRole('radio', { name: String(value), exact: true }).check();
}

async function nextPhase(lead, all, index) {
  await lead.press(`Go on to ${PHASES[index]}`);
  for (const person of all) await person.sees(`phase ${PHASES[index]}`, (view) => view.running?.index === index + 1);
}

function turnOf(person) {
  return person.sees('the own turn', (view) => view.tools.go_round?.turn?.seat === person.seat);
}

async function say(person, text, to = 'The circle') {
  if (!(await person.page.locator('#chat-text').isVisible())) await person.press(/^Chat/);
  await person.page.locator('.say').getByRole('radio', { name: to }).check();
  await person.page.locator('#chat-text').fill(text);
  await person.press('Send');
  await person.sees('the own line', (view) => JSON.stringify(view.tools.chat).includes(text));
}
