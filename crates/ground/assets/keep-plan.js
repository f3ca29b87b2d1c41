// The safety plan on this device: only when asked for, and away again when asked.
const SHELF = 'safety-plan';
const place = document.querySelector('[data-keep]');
const parts = () => [...document.querySelectorAll('link[rel=stylesheet], link[rel=icon]')].map((link) => link.href);

async function show() {
  const kept = (await caches.has(SHELF)) && Boolean(await (await caches.open(SHELF)).match('/safety-plan'));
  for (const part of place.querySelectorAll('[data-when]')) part.hidden = part.dataset.when !== (kept ? 'kept' : 'not-kept');
  place.hidden = false;
}

async function keep() {
  await navigator.serviceWorker.register('/sw.js');
  await navigator.serviceWorker.ready;
  const shelf = await caches.open(SHELF);
  await shelf.addAll(['/safety-plan', '/offline', '/assets/figtree.woff2', '/assets/fraunces.woff2', ...parts()]);
}

async function forget() {
  await caches.delete(SHELF);
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
}

if (place && 'serviceWorker' in navigator && 'caches' in window) {
  const does = (name, work) =>
    place.querySelector(`[data-does=${name}]`).addEventListener('click', () => {
      work().then(show, () => (place.querySelector('[role=alert]').hidden = false));
    });
  does('keep', keep);
  does('forget', forget);
  show();
}
