import { useEffect, useRef, useState, type RefObject } from 'react';
import { isHeard } from '../../state/hearing.ts';
import { placeOf, stepTo } from '../../state/film.ts';
import { useHere } from '../../view/here.tsx';
import { Button } from '../../view/parts.tsx';
import { Shelf } from '../../view/shelf.tsx';
import type { VideoCommand, VideoView } from '../../wire/generated.ts';
import type { Tool } from '../tool.ts';

/** How often a screen looks whether it is where the others are, in milliseconds. */
const LOOK_EVERY = 400;
/** While somebody speaks the film is this loud. */
const DUCKED = 0.2;
const BACK = 10_000;

const lengthOf = (milliseconds: number) => `${Math.floor(milliseconds / 60_000)}:${String(Math.floor(milliseconds / 1_000) % 60).padStart(2, '0')}`;

function useAct() {
  const { ask } = useHere();
  return (act: VideoCommand) => ask({ tool: 'video', act });
}

function Hearth() {
  const { view } = useHere();
  const film = view.tools.video;
  return film ? <Film key={film.material} film={film} /> : null;
}

function Film({ film }: { film: VideoView }) {
  const { view, words } = useHere();
  const player = useRef<HTMLVideoElement>(null);
  const [trouble, setTrouble] = useState(false);
  const [silent, setSilent] = useState(false);
  const blocked = useStep(player, film);
  useDucking(player);
  return (
    <div className="hearth-in film">
      <h2 className="title">{film.title}</h2>
      {trouble ? (
        <p role="alert">{words.say('room-video-trouble')}</p>
      ) : (
        <video ref={player} playsInline preload="auto" muted={silent} src={`/materials/${film.material}/file`} onError={() => setTrouble(true)}>
          {film.captions && <track kind="captions" default src={`/materials/${film.material}/captions`} />}
        </video>
      )}
      {!film.running && <p className="soft">{words.say(view.lead ? 'room-video-paused-lead' : 'room-video-paused')}</p>}
      <div className="actions">
        {blocked && (
          <Button look="main" onClick={() => void player.current?.play().catch(() => undefined)}>
            {words.say('room-video-press')}
          </Button>
        )}
        <Button look="quiet" aria-pressed={silent} onClick={() => setSilent(!silent)}>
          {words.say(silent ? 'room-video-sound-on' : 'room-video-sound-off')}
        </Button>
      </div>
      {view.lead && <Lead film={film} player={player} />}
    </div>
  );
}

/** Keeps the player where the film is. True if the browser wants a press before it plays. */
function useStep(player: RefObject<HTMLVideoElement | null>, film: VideoView): boolean {
  const { session } = useHere();
  const [blocked, setBlocked] = useState(false);
  useEffect(() => {
    const look = () => {
      const video = player.current;
      if (!video || video.readyState < 1 || video.seeking) return;
      const step = stepTo(placeOf(film, session.now(), video.duration), video.currentTime, film.running);
      if ('jump' in step) video.currentTime = step.jump;
      else if (video.playbackRate !== step.speed) video.playbackRate = step.speed;
      if (!film.running) video.pause();
      else if (video.paused && !video.ended) {
        video.play().then(
          () => setBlocked(false),
          (error: unknown) => setBlocked(error instanceof Error && error.name === 'NotAllowedError'),
        );
      }
    };
    look();
    const timer = setInterval(look, LOOK_EVERY);
    return () => clearInterval(timer);
  }, [player, film, session]);
  return blocked;
}

/** A person is always louder than a film. */
function useDucking(player: RefObject<HTMLVideoElement | null>): void {
  const { room, own, view } = useHere();
  const spoken = room.speaking.some((seat) => (seat === view.you.seat ? own.mic : isHeard(view, seat)));
  useEffect(() => {
    if (player.current) player.current.volume = spoken ? DUCKED : 1;
  }, [player, spoken]);
}

function Lead({ film, player }: { film: VideoView; player: RefObject<HTMLVideoElement | null> }) {
  const { words, session } = useHere();
  const act = useAct();
  const [length, setLength] = useState(0);
  const [place, setPlace] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      const duration = player.current?.duration ?? 0;
      setLength(Number.isFinite(duration) ? Math.round(duration * 1_000) : 0);
      setPlace(Math.round(placeOf(film, session.now(), duration) * 1_000));
    }, LOOK_EVERY);
    return () => clearInterval(timer);
  }, [film, player, session]);
  const go = (to: number) => act(film.running ? { do: 'play', from: to } : { do: 'pause', at: to });
  return (
    <div className="stack lead">
      <label className="field">
        <span>
          {words.say('room-video-place')}{' '}
          <span className="digits">
            {lengthOf(place)} / {lengthOf(length)}
          </span>
        </span>
        <input type="range" min={0} max={Math.max(length, 1)} step={1_000} value={Math.min(place, Math.max(length, 1))} onChange={(event) => void go(Number(event.target.value))} />
      </label>
      <div className="actions" role="group" aria-label={words.say('room-facilitator')}>
        <Button look="main" onClick={() => void act(film.running ? { do: 'pause', at: place } : { do: 'play', from: length > 0 && place >= length ? 0 : place })}>
          {words.say(film.running ? 'room-video-pause' : 'room-video-play')}
        </Button>
        <Button onClick={() => void go(Math.max(0, place - BACK))}>{words.say('room-video-back')}</Button>
        <Button look="quiet" onClick={() => void act({ do: 'close' })}>
          {words.say('room-video-close')}
        </Button>
      </div>
    </div>
  );
}

function Bring({ done }: { done(): void }) {
  const act = useAct();
  return (
    <Shelf
      kind="video"
      open={async ({ id, title, captions }) => {
        if (await act({ do: 'open', material: id, title, captions })) done();
      }}
    />
  );
}

export const video: Tool = { name: 'video', wide: true, holds: (view) => Boolean(view.tools.video), Hearth, bring: { key: 'room-tool-video', Form: Bring }, Guide: null };
