// Keeps pages on this device, if their person asked for them: the safety plan, homework, the calendar. Everything else goes to the network.
// And shows that something waits, if they asked for that: a push brings no words, so it asks our own origin for one neutral sentence.
const SHELF = 'safety-plan';
const NOTICES = 'notices';
const WORDS = {/*words*/};

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

/** The network first; a page that is kept is kept anew, and shown when there is no network. */
async function page(request, pathname) {
  const shelf = await caches.open(SHELF);
  const kept = await shelf.match(pathname);
  try {
    const fresh = await fetch(request);
    if (kept && fresh.ok && !fresh.redirected) await shelf.put(pathname, fresh.clone());
    return fresh;
  } catch {
    return kept ?? (await shelf.match('/offline')) ?? Response.error();
  }
}

async function asset(request) {
  return (await caches.open(SHELF).then((shelf) => shelf.match(request))) ?? fetch(request);
}

self.addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== 'GET' || origin !== location.origin) return;
  if (event.request.mode === 'navigate') event.respondWith(page(event.request, pathname));
  else if (pathname.startsWith('/assets/')) event.respondWith(asset(event.request));
});

/** What our own server says; nothing when nobody is signed in here or there is no connection. */
async function asked() {
  const answer = await fetch('/account/push-devices/waiting', { redirect: 'manual', cache: 'no-store', signal: AbortSignal.timeout(8_000) });
  if (!answer.ok) return null;
  const said = await answer.json();
  await caches.open(NOTICES).then((kept) => kept.put('/language', new Response(said.language)));
  return said;
}

/** The general sentence, in the language in which this device was last spoken to. */
async function general() {
  const kept = await caches.open(NOTICES).then((shelf) => shelf.match('/language'));
  const language = (await kept?.text()) ?? navigator.language.slice(0, 2);
  return language in WORDS.text ? { text: WORDS.text[language], language } : { text: WORDS.text.en, language: 'en' };
}

/** A number, or a dot where only that something waits is known. */
function badge(count) {
  if (!('setAppBadge' in navigator)) return undefined;
  const shown = count === undefined ? navigator.setAppBadge() : count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge();
  return shown.catch(() => undefined);
}

async function tell() {
  const said = (await asked().catch(() => null)) ?? (await general());
  // One at a time: a second one takes the place of the first.
  const options = { body: said.text, lang: said.language, tag: 'waiting', icon: '/assets/mark.svg' };
  await Promise.all([self.registration.showNotification(WORDS.title, options), badge(said.count)]);
}

self.addEventListener('push', (event) => event.waitUntil(tell()));

/** Never in the place of a live session: whoever sits in one is led back to it. */
async function open() {
  const windows = await self.clients.matchAll({ type: 'window' });
  const session = windows.find((one) => /^\/sessions\/\d+\/(door|waiting|room)$/.test(new URL(one.url).pathname));
  return session ? session.focus() : self.clients.openWindow('/account/push-devices/open');
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open());
});
