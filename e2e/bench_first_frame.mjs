// From click to first picture, in a real browser on loopback: `cargo xtask bench`, or HEARTH_BIN=… node bench_first_frame.mjs [tries].
import { loadavg } from 'node:os';
import { Hearth } from './lib/hearth.mjs';
import { Person } from './lib/person.mjs';
import { until } from './lib/wait.mjs';

const TRIES = Number(process.argv[2] ?? 12);

/** In the page: when the door's form was sent, and when the first picture of somebody else was on the screen. */
function watchPictures() {
  addEventListener('submit', () => sessionStorage.setItem('sent', String(Date.now())), true);
  const remote = new Set();
  const accept = RTCPeerConnection.prototype.setRemoteDescription;
  RTCPeerConnection.prototype.setRemoteDescription = function (answer) {
    for (const receiver of this.getReceivers()) remote.add(receiver.track);
    return accept.call(this, answer);
  };
  const shown = new WeakSet();
  setInterval(() => {
    for (const video of document.querySelectorAll('video')) {
      if (shown.has(video) || !video.srcObject?.getTracks().some((track) => remote.has(track))) continue;
      shown.add(video);
      video.requestVideoFrameCallback(() => (window.__pictureAt ??= Date.now()));
    }
  }, 4);
}

const picture = (person) => until('the first picture', () => person.page.evaluate(() => window.__pictureAt ?? 0).catch(() => 0));
const opened = (person) => person.page.evaluate(() => performance.timeOrigin);

/** The facilitator's click until the member, who waits at the door, sees somebody. */
async function letIn(lead, member) {
  if (new URL(member.page.url()).pathname.endsWith('/room')) {
    await lead.press('To the door: Maya');
    await member.page.waitForURL(/\/(door|waiting)$/);
    if (member.page.url().endsWith('/door')) await member.passDoor();
  }
  const button = lead.button('Let in Maya');
  await button.waitFor();
  const clicked = Date.now();
  await button.click();
  await member.page.waitForURL('**/room');
  return (await picture(member)) - clicked;
}

/** A reload, as after a crash of the tab: from the beginning of the navigation. */
async function reload(_, member) {
  await member.page.reload();
  return (await picture(member)) - (await opened(member));
}

/** Back through the door by somebody who is in the circle already: from Enter. */
async function throughDoor(_, member) {
  await member.go(`/sessions/${member.session}/door`);
  await member.passDoor();
  await member.page.waitForURL('**/room');
  const first = await picture(member);
  return first - Number(await member.page.evaluate(() => sessionStorage.getItem('sent')));
}

function row(what, lengths) {
  const sorted = lengths.toSorted((a, b) => a - b);
  const at = (share) => `${Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)])} ms`.padStart(9);
  console.log(`${what.padEnd(58)} ${String(sorted.length).padStart(5)} ${at(0.5)} ${at(0.95)} ${at(1)}`);
}

const hearth = await Hearth.open();
const people = [];
try {
  const lead = await Person.arrive(hearth, 'Dr. Amara Osei', { voice: 0 });
  people.push(lead);
  const member = await Person.arrive(hearth, 'Maya Lindqvist', { voice: 1 });
  people.push(member);
  await member.context.addInitScript(watchPictures);
  for (const person of people) {
    await person.signIn();
    await person.toDoor();
    await person.passDoor();
  }
  await lead.inRoom();
  await lead.page.getByRole('tab', { name: 'People' }).click();
  console.log(`${'to the first picture on the screen'.padEnd(58)} tries       p50       p95      most`);
  const ways = [
    ['the facilitator lets somebody in', letIn],
    ['the page of the room is opened', reload],
    ['Enter at the door, by somebody who is in the circle', throughDoor],
  ];
  for (const [what, way] of ways) {
    const lengths = [];
    while (lengths.length < TRIES) lengths.push(await way(lead, member));
    row(what, lengths);
  }
  console.log(`load average ${loadavg().map((load) => load.toFixed(1)).join(' ')}`);
} finally {
  await Promise.all(people.map((person) => person.leave().catch(() => undefined)));
  await hearth.close();
}
