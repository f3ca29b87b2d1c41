import { createRoot } from 'react-dom/client';
import type { BoardElement, View } from './wire/generated.ts';
import type { SlotStats } from './media/connection.ts';
import { LiveSession } from './live_session.ts';
import { App } from './view/app.tsx';
import { fromPage, wordsFromPage } from './words.ts';
import './style/base.css';
import './style/circle.css';
import './style/hearth.css';
import './style/shown.css';
import './style/reading.css';
import './style/panel.css';
import './style/bar.css';
import './style/dialogs.css';
import './style/board.css';

declare global {
  interface Window {
    /** For tests only: what really flows, never what should. */
    __hearth?: { stats(): Promise<SlotStats[]>; state(): View | null; connection(): string; board(): BoardElement[] };
  }
}

function start(root: HTMLElement): void {
  const { socket = '', ticket = '', door = '/', waiting = '/', goodbye = '/' } = root.dataset;
  // Whoever signs out leaves nothing of theirs on this screen.
  const signedOut = () => {
    session.library.sheets.forgetAll();
    location.assign('/sign-in');
  };
  // The page stays until somebody said what is to become of what they wrote.
  const leave = (next: string) => void session.library.sheets.settled().then(() => location.assign(next));
  const session: LiveSession = new LiveSession({
    socket,
    ticket,
    turnedAway: (status) => (status === 401 ? signedOut() : leave(door)),
    over({ farewell }) {
      // Two farewells have a calm page of their own in place.
      if (farewell === 'replaced' || farewell === 'too_fast') return;
      if (farewell === 'signed_out') return signedOut();
      const next = farewell === 'sent_back' ? waiting : farewell === 'removed' ? `${goodbye}?asked-out=yes` : farewell === 'to_door' ? door : goodbye;
      leave(next);
    },
  });
  window.addEventListener('beforeunload', (event) => {
    if (session.library.sheets.unkept().length > 0) event.preventDefault();
  });
  window.__hearth = {
    stats: () => session.connection.stats(session.get().room.view?.you.seat ?? -1),
    state: () => session.get().room.view,
    board: () => session.board.on(session.get().room.view?.tools.board.here?.number ?? -1),
    connection: () => (session.get().room.link === 'live' ? session.connection.state : session.get().room.link),
  };
  const words = wordsFromPage();
  const lines = fromPage<{ name: string; number: string }[]>('crisis', []);
  const practice = fromPage<{ name?: string; phone?: string; watch?: string }>('practice', {});
  createRoot(root).render(<App session={session} words={words} crisis={lines} practice={practice} gone={() => location.assign(goodbye)} />);
  session.start();
}

const root = document.getElementById('room');
if (root) start(root);
