// Whether this device tells its person that something waits: asked and said honestly, begun and ended by a button.
const place = document.querySelector('[data-push]');
const able = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
const apple = /iPhone|iPad/.test(navigator.userAgent) && !navigator.standalone;

const known = async () => (await navigator.serviceWorker.getRegistration())?.pushManager.getSubscription();

/** On only where both sides say so: the browser has an address, and the practice knows it. */
async function state() {
  if (!able) return apple ? 'apple' : 'unable';
  if (Notification.permission === 'denied') return 'blocked';
  return place.dataset.here === 'yes' && (await known()) ? 'on' : 'off';
}

async function show() {
  const now = await state();
  for (const part of place.querySelectorAll('[data-when]')) part.hidden = part.dataset.when !== now;
}

const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

async function begin(form) {
  if ((await Notification.requestPermission()) !== 'granted') return show();
  await navigator.serviceWorker.register('/sw.js');
  const { pushManager } = await navigator.serviceWorker.ready;
  // An address for another key would be refused for ever.
  await (await pushManager.getSubscription())?.unsubscribe();
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(place.dataset.key) });
  await caches.open('notices').then((kept) => kept.put('/language', new Response(document.documentElement.lang)));
  form.elements.endpoint.value = subscription.endpoint;
  return form.submit();
}

async function end(form) {
  await (await known())?.unsubscribe();
  await caches.delete('notices');
  form.submit();
}

if (place) {
  const trouble = place.querySelector('[data-trouble]');
  const does = (name, work) => {
    for (const form of place.querySelectorAll(`form[data-does=${name}]`)) {
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        trouble.hidden = true;
        work(form).catch(() => (trouble.hidden = false));
      });
    }
  };
  does('begin', begin);
  does('end', (form) => end(form).catch(() => form.submit()));
  show();
}
