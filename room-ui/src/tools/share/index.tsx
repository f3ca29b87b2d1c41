import { useEffect, useRef } from 'react';
import { nameOf } from '../../state/derived.ts';
import { useHere } from '../../view/here.tsx';
import { Button, Switch } from '../../view/parts.tsx';
import type { Tool } from '../tool.ts';

function Hearth() {
  const { view, words, session, ask } = useHere();
  const seat = view.tools.share.seat;
  if (seat === null || seat === undefined) return null;
  const mine = seat === view.you.seat;
  return (
    <div className="hearth-in screen">
      <h2 className="title">
        {mine ? words.say('room-share-yours') : words.say('room-share-of', { name: nameOf(view, seat) })}
      </h2>
      <div className="screen-box" data-seat={seat}>
        <Shown stream={mine ? session.screen.stream() : session.pictureOf(seat)} />
      </div>
      {mine && <p className="soft">{words.say('room-share-note')}</p>}
      {(mine || view.lead) && (
        <div className="actions">
          <Button onClick={() => void ask({ tool: 'share', act: { do: 'stop' } })}>{words.say('room-share-stop')}</Button>
        </div>
      )}
    </div>
  );
}

function Shown({ stream }: { stream: MediaStream | null }) {
  const video = useRef<HTMLVideoElement>(null);
  const { words } = useHere();
  useEffect(() => {
    if (video.current && video.current.srcObject !== stream) video.current.srcObject = stream;
  }, [stream]);
  return <video ref={video} autoPlay playsInline muted aria-label={words.say('room-share-picture')} />;
}

function Bring({ done }: { done(): void }) {
  const { view, words, session, ask } = useHere();
  const { may, members } = view.tools.share;
  const start = async () => {
    if (await session.screen.share()) done();
  };
  return (
    <div className="stack">
      <p className="soft">{words.say(session.screen.can() ? 'room-share-how' : 'room-share-cannot')}</p>
      {session.screen.can() && (
        <Button look="main" disabled={!may} onClick={() => void start()}>
          {words.say('room-share-start')}
        </Button>
      )}
      {typeof members === 'boolean' && (
        <Switch label={words.say('room-share-members')} hint={words.say('room-share-members-hint')} on={members} onChange={(on) => void ask({ tool: 'share', act: { do: 'allow', on } })} />
      )}
    </div>
  );
}

/** What members press while they may; it stands under More. */
export function ShareButton() {
  const { view, words, session } = useHere();
  if (view.lead || !view.tools.share.may || !session.screen.can()) return null;
  return <Button onClick={() => void session.screen.share()}>{words.say('room-share-start')}</Button>;
}

export const share: Tool = {
  name: 'share',
  wide: true,
  holds: (view) => typeof view.tools.share.seat === 'number',
  Hearth,
  bring: { key: 'room-tool-share', Form: Bring },
  Guide: null,
};
