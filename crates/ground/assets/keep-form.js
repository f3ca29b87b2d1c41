// What was typed stays on this device until it has been sent: any <form data-keep-form>. Without script the form works as it is.
// The form's own token goes with it: whoever sends it twice is counted once. Signing out clears the device (Clear-Site-Data).
const PREFIX = 'hearth-form:';
const TIMEOUT = 15_000;
const AGAIN = 20_000;
const state = { sending: false };

const keyOf = (form) => `${PREFIX}${new URL(form.action).pathname} ${form.dataset.keepForm}`;
const kept = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

// A full or forbidden store is no reason to stop anybody from typing.
function write(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

function token() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const fieldsOf = (form, button) => [...new FormData(form, button ?? undefined)].map(([name, value]) => [name, String(value)]);

function fill(form, fields) {
  const all = new Map();
  for (const [name, value] of fields) all.set(name, [...(all.get(name) ?? []), value]);
  for (const input of form.elements) {
    if (!input.name || input.type === 'submit') continue;
    const values = all.get(input.name) ?? [];
    if (input.type === 'checkbox' || input.type === 'radio') input.checked = values.includes(input.value);
    else if (values.length > 0) input.value = values[0];
  }
}

function note(form, words, buttons = []) {
  let place = form.querySelector('.kept-here');
  if (!place) {
    place = document.createElement('div');
    place.className = 'notice kept-here';
    place.setAttribute('role', 'status');
    form.append(place);
  }
  place.replaceChildren();
  place.hidden = words === '';
  const text = document.createElement('p');
  text.textContent = words;
  place.append(text);
  for (const [label, act] of buttons) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button calm';
    button.textContent = label;
    button.addEventListener('click', act);
    place.append(button);
  }
}

const formOf = (key) => [...document.querySelectorAll('form[data-keep-form]')].find((form) => keyOf(form) === key);

function unsent(key) {
  const form = formOf(key);
  if (!form) return;
  const words = form.dataset;
  note(form, words.unsent, [[words.again, () => send(key)], [words.forget, () => forget(key)]]);
}

function forget(key) {
  localStorage.removeItem(key);
  location.reload();
}

// Whatever the house answers is shown whole: it may be the lines to call.
function show(html) {
  const next = new DOMParser().parseFromString(html, 'text/html');
  document.querySelector('main').replaceWith(next.querySelector('main'));
  document.title = next.title;
  document.querySelector('main').focus();
  scrollTo(0, 0);
  begin();
}

async function post(draft) {
  const body = new URLSearchParams(draft.fields);
  return fetch(draft.action, { method: 'POST', body, credentials: 'same-origin', signal: AbortSignal.timeout(TIMEOUT) });
}

async function send(key) {
  const draft = read(key);
  if (!draft || state.sending) return;
  state.sending = true;
  const form = formOf(key);
  if (form) note(form, form.dataset.sending);
  try {
    const response = await post(draft);
    const html = await response.text();
    // Nobody is signed in any more, or the house is not well: it waits.
    if (response.status === 401 || response.status === 403 || response.status >= 500) throw new Error('not taken');
    localStorage.removeItem(key);
    if (response.redirected) {
      if (form) location.assign(response.url);
    } else if (response.status !== 404) show(html);
  } catch {
    unsent(key);
  } finally {
    state.sending = false;
  }
}

async function sendAll() {
  for (const key of kept()) if (read(key)?.pending) await send(key);
}

function draftOf(form, pending, button) {
  return { action: new URL(form.action).pathname, fields: fieldsOf(form, button), pending, at: Date.now() };
}

function typed(form) {
  const key = keyOf(form);
  // What was sent may have arrived although nobody heard so; what is typed after it is another form.
  if (read(key)?.pending && form.elements.once) form.elements.once.value = token();
  write(key, draftOf(form, false));
}

function submitted(event) {
  const form = event.target;
  if (!form.matches?.('form[data-keep-form]')) return;
  const key = keyOf(form);
  if (!write(key, draftOf(form, true, event.submitter))) return;
  event.preventDefault();
  send(key);
}

function begin() {
  for (const form of document.querySelectorAll('form[data-keep-form]')) {
    const key = keyOf(form);
    const draft = read(key);
    form.addEventListener('input', () => typed(form));
    if (!draft) continue;
    fill(form, draft.fields);
    if (draft.pending) unsent(key);
    else note(form, form.dataset.found, [[form.dataset.forget, () => forget(key)]]);
  }
}

document.addEventListener('submit', submitted);
addEventListener('online', sendAll);
setInterval(sendAll, AGAIN);
begin();
sendAll();
