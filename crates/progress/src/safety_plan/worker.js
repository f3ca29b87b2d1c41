// Keeps one page on this device, if its person asked for it: the safety plan. Everything else goes to the network, and nothing else is kept.
const SHELF = 'safety-plan';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

async function plan(request) {
  const shelf = await caches.open(SHELF);
  try {
    const fresh = await fetch(request);
    if (fresh.ok && !fresh.redirected) await shelf.put('/safety-plan', fresh.clone());
    return fresh;
  } catch {
    return (await shelf.match('/safety-plan')) ?? Response.error();
  }
}

async function page(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.open(SHELF).then((shelf) => shelf.match('/offline'))) ?? Response.error();
  }
}

async function asset(request) {
  return (await caches.open(SHELF).then((shelf) => shelf.match(request))) ?? fetch(request);
}

self.addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== 'GET' || origin !== location.origin) return;
  if (event.request.mode === 'navigate') event.respondWith(pathname === '/safety-plan' ? plan(event.request) : page(event.request));
  else if (pathname.startsWith('/assets/')) event.respondWith(asset(event.request));
});
