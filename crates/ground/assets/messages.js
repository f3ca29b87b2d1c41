// What others write appears while the page is open; without this script it appears when the page is loaded again.
// The page says how far it is, so that a phone that slept gets what it missed, once.
const list = document.querySelector('[data-live]');
const box = document.querySelector('textarea[data-most]');
const AGAIN = 30_000;
const state = { source: null, last: Number(list?.dataset.change ?? 0), timer: 0 };

function place(html) {
  const lines = document.createElement('template');
  lines.innerHTML = html;
  const atEnd = innerHeight + scrollY > document.body.scrollHeight - 500;
  let added = null;
  for (const line of [...lines.content.querySelectorAll('li[data-number]')]) {
    const known = document.getElementById(line.id);
    if (known) known.replaceWith(line);
    // What stands further up than this page begins is found there.
    else if (Number(line.dataset.number) > Number(list.lastElementChild?.dataset.number ?? 0)) {
      list.append(line);
      added = line;
    }
  }
  if (!added) return;
  document.querySelector('[data-none]')?.remove();
  if (atEnd && document.activeElement !== box) added.scrollIntoView({ block: 'nearest' });
  const body = new URLSearchParams({ number: added.dataset.number });
  fetch(`${list.dataset.live}/read`, { method: 'POST', body, credentials: 'same-origin' }).catch(() => {});
}

function close() {
  state.source?.close();
  state.source = null;
  clearTimeout(state.timer);
}

// A page that nobody looks at holds no line open; it asks from where it was as soon as somebody does.
function open() {
  close();
  if (document.hidden) return;
  state.source = new EventSource(`${list.dataset.live}/live?after=${state.last}`);
  state.source.addEventListener('lines', (event) => {
    if (Number(event.lastEventId) <= state.last) return;
    state.last = Number(event.lastEventId);
    place(event.data);
  });
  state.source.addEventListener('error', () => {
    // Refused for good: signed out, or too many pages are open. Anything else the browser tries again itself.
    if (state.source?.readyState === EventSource.CLOSED) state.timer = setTimeout(open, AGAIN);
  });
}

if (list) {
  document.addEventListener('visibilitychange', open);
  addEventListener('pagehide', close);
  open();
  // The newest is what somebody comes for.
  if (!location.hash && list.lastElementChild && !document.querySelector('[role=alert]')) list.lastElementChild.scrollIntoView({ block: 'nearest' });
}

// Without this script a form is sent twice by whoever does not see that it is on its way; it still makes one message.
const form = box?.form;
const file = form?.querySelector('input[type=file]');
if (form?.dataset.send) {
  const button = form.querySelector('button:not([type=button])');
  const words = button.textContent;
  const offline = form.querySelector('[data-offline]');
  addEventListener('online', () => (offline.hidden = true));
  form.addEventListener('submit', (event) => {
    // Without a line the browser would show its own page instead of what was written.
    if (!navigator.onLine) {
      event.preventDefault();
      offline.hidden = false;
      return;
    }
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = 'yes';
    button.setAttribute('aria-disabled', 'true');
    button.textContent = form.dataset.send;
  });
  // Whoever comes back to this page may send again.
  addEventListener('pageshow', () => {
    delete form.dataset.sent;
    button.removeAttribute('aria-disabled');
    button.textContent = words;
  });
}

// Said before a telephone spends its line on it. The house looks again.
file?.addEventListener('change', () => {
  const [chosen] = file.files;
  const most = Number(chosen?.type === 'application/pdf' ? file.dataset.pdfMost : file.dataset.pictureMost);
  file.setCustomValidity(chosen && chosen.size > most ? file.dataset.tooLarge : '');
  file.reportValidity();
});

if (box) {
  const left = document.querySelector('[data-left]');
  const words = left.textContent;
  const most = Number(box.dataset.most);
  const count = () => {
    const length = [...box.value].length;
    left.textContent = length === 0 ? words : `${length} / ${most}`;
    left.classList.toggle('away', length > most);
  };
  box.addEventListener('input', count);
  count();
}
