import { Hearth } from './lib/hearth.mjs';
import { Person } from './lib/person.mjs';
const hearth = await Hearth.open();
try {
  const lead = await Person.arrive(hearth, 'Dr. Amara Osei', { voice: 0 });
  process.env.CHROMIUM = '/tmp/tcpchrome';
  const maya = await Person.arrive(hearth, 'Maya Lindqvist', { voice: 1 });
  for (const p of [lead, maya]) await p.signIn();
  await lead.toDoor(); await lead.passDoor(); await lead.inRoom();
  await maya.page.addInitScript(() => { const o = RTCPeerConnection; window.__pcs = []; window.RTCPeerConnection = function (...a) { const pc = new o(...a); window.__pcs.push(pc); return pc; }; window.RTCPeerConnection.prototype = o.prototype; });
  await maya.toDoor();
  await new Promise(d => setTimeout(d, 4000));
  console.log('door says', await maya.page.locator('#device-check').innerText());
  await maya.passDoor();
  await lead.press('Let in Maya');
  await maya.inRoom();
  for (const person of [lead, maya]) person.seat = (await person.view()).you.seat;
  const t = Date.now();
  await maya.receives([lead.seat]); await lead.receives([maya.seat]);
  console.log('flows after', Date.now() - t, await maya.stats());
  const pairs = await maya.page.evaluate(async () => { const out = []; for (const pc of window.__pcs) { const r = await pc.getStats(); const c = {}; r.forEach(e => { if (e.type.endsWith('candidate')) c[e.id] = e; }); r.forEach(e => { if (e.type === 'candidate-pair') out.push([e.state, e.nominated, c[e.localCandidateId]?.protocol, c[e.remoteCandidateId]?.protocol, c[e.remoteCandidateId]?.port, e.bytesReceived]); }); } return out; });
  console.log(pairs);
  console.log(lead.troubles, maya.troubles);
  await maya.shot('tcp');
  await lead.leave(); await maya.leave();
} finally { await hearth.close(); }
