// Pages on this device: only when asked for, and away again when asked. `data-keep` names them.
const SHELF = 'safety-plan';
const place = document.querySelector('[data-keep]');
const pages = place?.dataset.keep.split(' ') ?? [];
const parts = () => [...document.querySelectorAll('link[rel=stylesheet], link[rel=icon]')].map((link) => link.href);

const onShelf = async (page) => (await caches.has(SHELF)) && Boolean(await (await caches.open(SHELF)).match(page));

async function show() {
  const kept = (await Promise.all(pages.map(onShelf))).every(Boolean);
  for (const part of place.querySelectorAll('[data-when]')) part.hidden = part.dataset.when !== (kept ? 'kept' : 'not-kept');
  place.hidden = false;
}

async function keep() {
  await navigator.serviceWorker.register('/sw.js');
  await navigator.serviceWorker.ready;
  const shelf = await caches.open(SHELF);
  await shelf.addAll([...pages, '/offline', '/assets/figtree.woff2', '/assets/fraunces.woff2', ...parts()]);
}

/** Without a page that is kept nothing else of ours stays here either. */
async function forget() {
  const shelf = await caches.open(SHELF);
  await Promise.all(pages.map((page) => shelf.delete(page)));
  const left = (await shelf.keys()).map((request) => new URL(request.url).pathname);
  if (left.some((path) => path !== '/offline' && !path.startsWith('/assets/'))) return;
  await caches.delete(SHELF);
  for (const worker of await navigator.serviceWorker.getRegistrations()) {
    // It may still be there to show that something waits.
    if (!(await worker.pushManager?.getSubscription())) await worker.unregister();
  }
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
