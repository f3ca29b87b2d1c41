// What must hold when the network, the person or a second tab does something else.
import assert from 'node:assert/strict';
import { axe } from '../../lib/axe.mjs';
import { Relay } from '../../lib/relay.mjs';
import { story } from '../../lib/story.mjs';
import { pause, until } from '../../lib/wait.mjs';

/** While `person.away` nothing of theirs reaches the server: sockets break and requests fail. */
async function wire(person) {
  const open = new Set();
  await person.context.routeWebSocket(/\/(room|door)\/socket$/, (socket) => {
    if (person.away) return socket.close();
    const server = socket.connectToServer();
    open.add(socket);
    server.onClose((code, reason) => socket.close({ code: code >= 3_000 || code === 1_000 ? code : 1_000, reason }));
    return undefined;
  });
  await person.context.route(/\/ticket$/, (route) => (person.away ? route.abort() : route.continue()));
  person.cut = async () => {
    person.away = true;
    person.isCutOff = true;
    await Promise.all([...open].map((socket) => socket.close({ code: 3_000, reason: 'gone' })));
    open.clear();
  };
}

story('network, tabs and doors hold', async ({ hearth, arrive, step }) => {
  const lead = await arrive('Dr. Amara Osei', { voice: 0 });
  // By way of a relay that counts what is sent.
  const maya = await arrive('Maya Lindqvist', { voice: 1, relay: await Relay.open(hearth.port) });

  await step('two are in the room', async () => {
    await wire(maya);
    for (const person of [lead, maya]) await person.signIn();
    await lead.toDoor();
    await lead.passDoor();
    await lead.inRoom();
    await maya.toDoor();
    await maya.passDoor();
    await lead.press('Let in Maya');
    await maya.inRoom();
    for (const person of [lead, maya]) person.seat = (await person.view()).you.seat;
    await maya.receives([lead.seat]);
    await lead.receives([maya.seat]);
  });

  await step('the network is gone for three seconds: nothing is sent, then all is back', async () => {
    await maya.cut();
    await until('Maya reads that she is reconnecting', async () => (await maya.connection()) === 'reconnecting');
    await maya.page.getByText('Reconnecting').first().waitFor();
    await maya.fallsSilent();
    maya.away = false;
    await until('Maya is back', async () => (await maya.connection()) === 'connected');
    maya.isCutOff = false;
    assert.equal((await maya.view()).you.seat, maya.seat);
    await lead.receives([maya.seat]);
    await maya.receives([lead.seat]);
  });

  await step('a socket that is quiet is noticed, and no ghost stays', async () => {
    await maya.cut();
    await lead.sees('Maya reconnecting', (view) => view.chairs[maya.seat].presence === 'reconnecting');
    await lead.sees('the drop', (view) => view.lead.drops.some((drop) => drop.seat === maya.seat));
    maya.away = false;
    await lead.sees('Maya back', (view) => view.chairs[maya.seat].presence === 'here' && view.lead.drops.length === 0);
    maya.isCutOff = false;
  });

  await step('a second tab takes the seat over, and the first says so calmly', async () => {
    const first = maya.page;
    await maya.openPage();
    await maya.go(`/sessions/${maya.session}/room`);
    await maya.inRoom();
    assert.equal((await maya.view()).you.seat, maya.seat);
    await first.getByText('You are here in another window').waitFor();
    // What is on is chosen in each tab anew: nobody is heard from a window that opened by itself.
    await maya.press('Unmute');
    await maya.press('Camera on');
    await lead.receives([maya.seat]);
    await first.getByRole('button', { name: 'Take my seat back' }).click();
    await maya.page.getByText('You are here in another window').waitFor();
    await maya.page.close();
    maya.page = first;
    await maya.inRoom();
    await maya.receives([lead.seat]);
  });

  await step('sent back to the door, and let in again', async () => {
    await lead.page.getByRole('tab', { name: 'People' }).click();
    await lead.press('To the door: Maya');
    await maya.page.waitForURL(/\/(door|waiting)$/);
    if (maya.page.url().endsWith('/door')) await maya.passDoor();
    await lead.press('Let in Maya');
    await maya.inRoom();
  });

  await step('removed: only the door is open', async () => {
    await lead.press('Remove Maya');
    await lead.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await maya.page.waitForURL('**/goodbye?asked-out=yes');
    assert.deepEqual(await axe(maya.page), []);
    await maya.go(`/sessions/${maya.session}/room`);
    assert.match(maya.page.url(), /\/door$/);
    const ticket = await maya.page.evaluate(async (session) => {
      const answer = await fetch(`/sessions/${session}/room/ticket`, { method: 'POST' });
      if (!answer.ok) return answer.status;
      const socket = new WebSocket(`/sessions/${session}/room/socket`.replace(/^/, `ws://${location.host}`));
      const { ticket } = await answer.json();
      return new Promise((done) => {
        socket.onopen = () => socket.send(JSON.stringify({ is: 'hello', ticket, since: null }));
        socket.onmessage = (message) => done(JSON.parse(message.data));
        socket.onclose = () => done('closed');
      });
    }, maya.session);
    assert.ok(ticket === 'closed' || ticket >= 400 || ticket.is === 'bye', `a removed member got ${JSON.stringify(ticket)}`);
    await lead.sees('an empty chair', (view) => view.chairs[maya.seat].presence === 'empty');
  });

  await step('a member cannot lead by asking nicely', async () => {
    await maya.passDoor();
    await lead.press('Let in Maya');
    await maya.inRoom();
    assert.equal((await maya.view()).lead, null);
    assert.equal(await maya.page.getByRole('button', { name: 'Begin the session' }).count(), 0);
    const answer = await maya.go(`/sessions/${maya.session}/record`);
    assert.ok(answer.status() >= 400);
    await pause(200);
  });
});
