// The number on the app's icon is the number in the menu. And once for each tab: whether a browser that shows notices shows them to whoever is signed in.
const { waiting } = document.body.dataset;
const CHECKED = 'push-checked';

if ('setAppBadge' in navigator) (Number(waiting) > 0 ? navigator.setAppBadge(Number(waiting)) : navigator.clearAppBadge()).catch(() => undefined);

async function check() {
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  if (!subscription) return;
  const body = new URLSearchParams({ endpoint: subscription.endpoint });
  const answer = await fetch('/account/push-devices/here', { method: 'POST', body });
  if (!answer.ok) return;
  const { mine } = await answer.json();
  sessionStorage.setItem(CHECKED, 'yes');
  // Somebody else chose it here, or nobody does any more.
  if (!mine) await subscription.unsubscribe();
  // It is told again since just now, and the page that lists devices does not know it yet.
  else if (document.querySelector('[data-push][data-here=no]')) location.reload();
}

if (waiting === undefined) sessionStorage.removeItem(CHECKED);
else if ('serviceWorker' in navigator && 'PushManager' in window && !sessionStorage.getItem(CHECKED)) check().catch(() => undefined);
