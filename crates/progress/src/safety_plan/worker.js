// Keeps pages on this device, if their person asked for them: the safety plan, homework, the calendar. Everything else goes to the network.
const SHELF = 'safety-plan';

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
