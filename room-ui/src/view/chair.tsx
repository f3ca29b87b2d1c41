import { memo, useEffect, useRef } from 'react';
import type { Reaction, Spot } from '../wire/generated.ts';
import type { Box } from '../state/circle.ts';
import { initials, type Seated } from '../state/derived.ts';
import { useHere } from './here.tsx';
import { Icon } from './icons.tsx';

interface ChairProps {
  chair: Seated;
  box: Box | null;
  hand: number;
  speaking: boolean;
  floor: boolean;
  /** At a table or apart, when we are not there: neither heard nor seen. */
  elsewhere: Spot | null;
  /** The part they play in a scene. */
  plays: string | null;
  /** Their screen is in the middle, and their face is not to be seen. */
  shares: boolean;
  reaction: Reaction | null;
  picture: MediaStream | null;
}

export const REACTION_WORDS: Record<Reaction, string> = {
  heart: 'room-reaction-heart',
  thanks: 'room-reaction-thanks',
  me_too: 'room-reaction-me-too',
  strength: 'room-reaction-strength',
};

const PART_WORDS = {
  facilitator: 'room-facilitator',
  observer: 'room-observer',
  interpreter: 'room-interpreter',
  member: '',
} as const;

/** One person's tile. All tiles are equal: the same size for whoever leads and whoever listens. */
export const Chair = memo(function Chair({ chair, box, hand, speaking, floor, elsewhere, plays, shares, reaction, picture }: ChairProps) {
  const { words } = useHere();
  const empty = chair.presence === 'empty';
  const classes = ['chair', `tint-${chair.seat % 10}`, empty && 'empty', speaking && 'speaking', floor && 'floor', chair.presence === 'reconnecting' && 'away', elsewhere && !empty && 'elsewhere', chair.beside !== '' && 'several'];
  return (
    <li className={classes.filter(Boolean).join(' ')} style={box ? { ...box } : undefined} data-seat={chair.seat}>
      <div className="face" aria-hidden="true">
        <span>{initials(chair.name)}</span>
      </div>
      {chair.camera && picture && <Picture stream={picture} mirrored={chair.you} />}
      {chair.presence === 'reconnecting' && <p className="veil">{words.say('room-chair-reconnecting')}</p>}
      {elsewhere && !empty && <p className="veil">{elsewhere.at === 'table' ? words.say('room-tables-table', { table: elsewhere.of + 1 }) : words.say('room-aside')}</p>}
      <div className="badges">
        {plays && !empty && <span className="badge part">{plays}</span>}
        {shares && !empty && <span className="badge">{words.say('room-share-badge')}</span>}
        {chair.listening && !empty && <span className="badge">{words.say('room-just-listening')}</span>}
        {hand > 0 && <span className="badge raised">{words.say('room-hand-place', { place: hand })}</span>}
      </div>
      {reaction && (
        <span className="reaction">
          <Icon name={reaction} />
          <span>{words.say(REACTION_WORDS[reaction])}</span>
        </span>
      )}
      <Label chair={chair} speaking={speaking} />
    </li>
  );
});

function Label({ chair, speaking }: { chair: Seated; speaking: boolean }) {
  const { words } = useHere();
  const empty = chair.presence === 'empty';
  return (
    <p className="label">
      {!empty && !chair.mic && (
        <>
          <Icon name="mic_off" />
          <span className="unseen">{words.say('room-muted')}</span>
        </>
      )}
      {speaking && <Icon name="voice" />}
      <span className="who">{chair.you ? words.say('room-name-you', { name: chair.name }) : chair.name}</span>
      {chair.beside !== '' && <span className="beside">{words.say('room-name-beside', { names: chair.beside })}</span>}
      {chair.part !== 'member' && <small>{words.say(PART_WORDS[chair.part])}</small>}
      {empty && <small className="not-here">{words.say('room-chair-empty')}</small>}
    </p>
  );
}

function Picture({ stream, mirrored }: { stream: MediaStream; mirrored: boolean }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current && video.current.srcObject !== stream) video.current.srcObject = stream;
  }, [stream]);
  // The sound comes from an element of its own, which does not move with the tile.
  return <video ref={video} className={mirrored ? 'mirrored' : undefined} autoPlay playsInline muted aria-hidden="true" tabIndex={-1} />;
}
