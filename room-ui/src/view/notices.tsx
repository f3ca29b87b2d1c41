import { useEffect, useRef, useState } from 'react';
import type { No } from '../session.ts';
import type { Trouble } from '../media/devices.ts';
import { useHere } from './here.tsx';
import { Button } from './parts.tsx';

export const NO_WORDS: Record<No['why'], string> = {
  not_yours: 'room-no-not-yours',
  not_in_circle: 'room-no-not-in-circle',
  nobody_there: 'room-no-nobody-there',
  not_now: 'room-no-not-now',
  empty: 'room-no-empty',
  too_long: 'room-no-too-long',
  out_of_range: 'room-no-out-of-range',
  too_many: 'room-no-too-many',
  unreadable: 'room-no-unreadable',
  alone: 'room-no-alone',
  kept_apart: 'room-no-kept-apart',
  too_few_for_tables: 'room-no-too-few-for-tables',
  table_full: 'room-no-table-full',
  not_agreed: 'room-no-not-agreed',
  part_taken: 'room-no-part-taken',
  part_free: 'room-no-part-free',
  resting: 'room-no-resting',
  just_listening: 'room-no-just-listening',
  board_closed: 'room-no-board-closed',
  board_full: 'room-no-board-full',
  not_drawing: 'room-no-not-drawing',
  others_drawing: 'room-no-others-drawing',
  voting_over: 'room-no-voting-over',
  two_words: 'room-no-two-words',
  not_your_turn: 'room-no-not-your-turn',
  too_fast: 'room-no-too-fast',
  unknown: 'room-no-unknown',
  not_kept: 'room-no-not-kept',
  offline: 'room-no-offline',
};

const MIC_TROUBLE: Record<Trouble, string> = {
  denied: 'room-mic-denied',
  missing: 'room-mic-missing',
  busy: 'room-mic-busy',
  silent: 'room-mic-silent',
};

const CAMERA_TROUBLE: Record<Trouble, string> = {
  denied: 'room-camera-denied',
  missing: 'room-camera-missing',
  busy: 'room-camera-busy',
  silent: 'room-camera-missing',
};

export interface Toast {
  id: number;
  text: string;
}

const TOAST_FOR = 8_000;

export function Toasts({ toasts, drop }: { toasts: readonly Toast[]; drop(id: number): void }) {
  const { words } = useHere();
  const box = useRef<HTMLDivElement>(null);
  const first = toasts[0]?.id;
  const last = toasts.at(-1)?.id;
  useEffect(() => {
    // Shown anew each time, so that it lies above a dialog that was opened after the last one.
    if (box.current?.matches(':popover-open')) box.current.hidePopover();
    if (last !== undefined) box.current?.showPopover();
  }, [last]);
  useEffect(() => {
    if (first === undefined) return undefined;
    const timer = setTimeout(() => drop(first), TOAST_FOR);
    return () => clearTimeout(timer);
  }, [first, drop]);
  return (
    <div className="toasts" popover="manual" role="status" ref={box}>
      {toasts.map((toast) => (
        <p key={toast.id}>
          {toast.text}
          <Button look="quiet" icon="close" className="square" aria-label={words.say('room-close')} onClick={() => drop(toast.id)} />
        </p>
      ))}
    </div>
  );
}

/** What is the matter with our own side, said above the circle until it is over. */
export function Standing() {
  const { words, view, own, room, session } = useHere();
  const watching = Object.values(view.chairs).filter((chair) => chair.part === 'observer' && chair.presence !== 'empty');
  const [seen, setSeen] = useState<string[]>([]);
  const lines = [
    own.hushed && 'room-hushed',
    own.micTrouble && MIC_TROUBLE[own.micTrouble],
    own.cameraTrouble && CAMERA_TROUBLE[own.cameraTrouble],
  ].filter((key): key is string => Boolean(key) && !seen.includes(String(key)));
  useEffect(() => {
    // Muted again later, or another trouble: then it is news again.
    if (!own.hushed) setSeen((old) => old.filter((key) => key !== 'room-hushed'));
  }, [own.hushed]);
  return (
    <div className="standing">
      <div role="status">
        {room.link === 'reconnecting' && (
          <p className="notice strong">
            <b>{words.say('room-reconnecting')}</b> <span>{words.say('room-reconnecting-note')}</span>
          </p>
        )}
        {watching.length > 0 && !seen.includes('room-watched') && (
          <p className="notice">
            <span>{words.say(view.you.part === 'member' ? 'room-watched-member' : 'room-watched', { name: watching.map((chair) => chair.name).join(', ') })}</span>
            <Button look="quiet" onClick={() => setSeen([...seen, 'room-watched'])}>
              {words.say('room-ok')}
            </Button>
          </p>
        )}
        {lines.map((key) => (
          <p className="notice" key={key}>
            <span>{words.say(key)}</span>
            <Button look="quiet" onClick={() => setSeen([...seen, key])}>
              {words.say('room-ok')}
            </Button>
          </p>
        ))}
      </div>
      {own.soundBlocked && (
        <Button look="main" className="large" onClick={() => session.unlockSound()}>
          {words.say('room-sound-blocked')}
        </Button>
      )}
    </div>
  );
}

/** Room events for those who do not see them. Each line is new text, so that each is read once. */
export function Aloud() {
  const { words, room } = useHere();
  return (
    <div className="unseen" role="log" aria-live="polite" aria-relevant="additions">
      {room.news.map((news) => (
        <p key={news.id}>{words.say(news.key, news.with)}</p>
      ))}
    </div>
  );
}
