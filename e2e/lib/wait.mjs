/** So long a browser on two busy cores may take for anything. Limits in seconds are asserted on simulated time, not here. */
export const PATIENCE = Number(process.env.PATIENCE ?? 60_000);

export const pause = (length) => new Promise((done) => setTimeout(done, length));

/** Waits until `test` gives something true, and gives it back. `seen` tells what there was instead. */
export async function until(what, test, { patience = PATIENCE, seen = () => '' } = {}) {
  const started = Date.now();
  for (;;) {
    const found = await test();
    if (found) return found;
    if (Date.now() - started > patience) throw new Error(`waited ${patience / 1_000} s, and still not: ${what} ${await seen()}`);
    await pause(200);
  }
}
