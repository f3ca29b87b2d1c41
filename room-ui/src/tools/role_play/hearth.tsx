import { useState } from 'react';
import { clockTo, minutesSeconds, nameOf, takesTurns } from '../../state/derived.ts';
import { useHere, useNow } from '../../view/here.tsx';
import { Button, Choice, Form, Score, Text } from '../../view/parts.tsx';
import type { PlayStage, RolePlayCommand, RolePlayView } from '../../wire/generated.ts';

const SEEN_MOST = 200;
const MINUTES = [2, 3, 5, 8];
const STAGES: Record<PlayStage, string> = { laid: 'room-play-laid', playing: 'room-play-playing', paused: 'room-play-paused', feedback: 'room-play-over' };

export function useAct() {
  const { ask } = useHere();
  return (act: RolePlayCommand) => ask({ tool: 'role_play', act });
}

export function Hearth() {
  const { view, words } = useHere();
  const scene = view.tools.role_play.scene;
  if (!scene) return null;
  const { stage } = scene;
  return (
    <div className="hearth-in scene">
      <p className="eyebrow">
        {words.say(STAGES[stage])}
        {scene.until && <Left until={scene.until} />}
      </p>
      <h2 className="quote">{stage === 'paused' ? words.say('room-play-paused-title') : scene.title}</h2>
      {stage !== 'playing' && <p className="soft">{stage === 'paused' ? words.say('room-play-paused-note') : stage === 'feedback' ? words.say('room-play-feedback-note') : scene.setting}</p>}
      {stage === 'feedback' ? <Feedback scene={scene} /> : <Before scene={scene} />}
      {(stage === 'laid' || stage === 'feedback') && takesTurns(view) && <Burden key={stage} scene={scene} />}
      {view.lead && <Lead scene={scene} />}
    </div>
  );
}

function Left({ until }: { until: number }) {
  const { view } = useHere();
  const clock = clockTo(until, useNow());
  return view.lead ? <span className="digits">{` · ${minutesSeconds(clock)}`}</span> : null;
}

/** What one has to do, who plays what, and the way out of it. */
function Before({ scene }: { scene: RolePlayView }) {
  const { words } = useHere();
  const act = useAct();
  const wants = scene.mine === null || scene.mine === undefined ? null : scene.parts[scene.mine];
  return (
    <>
      {wants ? (
        <p className="task">
          <b>{words.say('room-play-you-are', { part: wants.name })}</b> {wants.wants}
        </p>
      ) : (
        scene.watch && (
          <p className="task">
            <b>{words.say('room-play-you-watch')}</b> {scene.watch}
          </p>
        )
      )}
      {/* While it is played, the way out comes before everything that can be read. */}
      {scene.stage === 'playing' ? (
        <>
          <Button look="main" className="large" onClick={() => void act({ do: 'stop' })}>
            {words.say('room-play-stop', { word: scene.stop })}
          </Button>
          <p className="soft">{scene.setting}</p>
        </>
      ) : (
        <>
          <Parts scene={scene} />
          {scene.stage === 'laid' && <p className="soft">{words.say('room-play-stop-note', { word: scene.stop })}</p>}
        </>
      )}
    </>
  );
}

function Parts({ scene }: { scene: RolePlayView }) {
  const { view, words } = useHere();
  const act = useAct();
  const open = (scene.stage === 'laid' || scene.stage === 'paused') && takesTurns(view);
  return (
    <ul className="shared">
      {scene.parts.map((part, index) => (
        <li key={index}>
          <b>{part.name}</b>
          <span>{part.seat === null || part.seat === undefined ? words.say('room-play-free') : part.seat === view.you.seat ? words.say('room-you') : nameOf(view, part.seat)}</span>
          {open && (part.seat === null || part.seat === undefined) && (
            <Button aria-label={words.say('room-play-take-name', { part: part.name })} onClick={() => void act({ do: 'take', part: index })}>
              {words.say('room-play-take')}
            </Button>
          )}
          {open && part.seat === view.you.seat && (
            <Button look="quiet" onClick={() => void act({ do: 'take', part: null })}>
              {words.say('room-play-give-back')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** How hard it is, before and after. Folded for those who watch; it is theirs to open. */
function Burden({ scene }: { scene: RolePlayView }) {
  const { words } = useHere();
  const act = useAct();
  const after = scene.stage === 'feedback';
  const value = (after ? scene.after : scene.before) ?? null;
  return (
    <details className="burden" open={scene.mine !== null && scene.mine !== undefined}>
      <summary>{words.say(after ? 'room-play-after' : 'room-play-before')}</summary>
      <Score label={words.say('room-play-how-hard')} low={words.say('room-play-easy')} high={words.say('room-play-hard')} value={value} onChange={(level) => level !== null && void act({ do: 'rate', level })} />
      <small>{words.say('room-play-burden-note')}</small>
    </details>
  );
}

function Feedback({ scene }: { scene: RolePlayView }) {
  const { view, words } = useHere();
  const watched = takesTurns(view) && (scene.mine === null || scene.mine === undefined);
  return (
    <>
      {scene.seen.length > 0 && (
        <ul className="shared">
          {scene.seen.map((one) => (
            <li key={one.seat}>
              <b>{nameOf(view, one.seat)}</b>
              {one.worked && <span>{words.say('room-play-worked', { text: one.worked })}</span>}
              {one.wish && <span>{words.say('room-play-wished', { text: one.wish })}</span>}
            </li>
          ))}
        </ul>
      )}
      {watched && <Tell scene={scene} />}
    </>
  );
}

function Tell({ scene }: { scene: RolePlayView }) {
  const { view, words } = useHere();
  const act = useAct();
  const told = scene.seen.find((one) => one.seat === view.you.seat);
  const [worked, setWorked] = useState(told?.worked ?? '');
  const [wish, setWish] = useState(told?.wish ?? '');
  const send = async () => void (await act({ do: 'tell', worked, wish }));
  const same = told && told.worked === worked.trim() && told.wish === wish.trim();
  return (
    <Form send={send} className="stack form">
      <div className="two">
        <Text single label={words.say('room-play-worked-label')} maxLength={SEEN_MOST} value={worked} onChange={(event) => setWorked(event.target.value)} />
        <Text single label={words.say('room-play-wish-label')} maxLength={SEEN_MOST} value={wish} onChange={(event) => setWish(event.target.value)} />
      </div>
      <div className="actions">
        <Button type="submit" disabled={Boolean(same) || (worked.trim() === '' && wish.trim() === '')}>
          {words.say(told ? 'room-play-tell-again' : 'room-play-tell')}
        </Button>
      </div>
    </Form>
  );
}

function Lead({ scene }: { scene: RolePlayView }) {
  const { words } = useHere();
  const act = useAct();
  const [minutes, setMinutes] = useState(3);
  const free = scene.parts.some((part) => part.seat === null || part.seat === undefined);
  return (
    <div className="lead stack">
      {scene.stage === 'laid' && (
        <Choice inline label={words.say('room-play-how-long')} value={String(minutes)} onChange={(value) => setMinutes(Number(value))} options={MINUTES.map((one) => ({ value: String(one), label: words.say('room-minutes-short', { minutes: one }) }))} />
      )}
      <div className="actions">
        {scene.stage === 'laid' && (
          <Button look="main" disabled={free} onClick={() => void act({ do: 'play', minutes })}>
            {words.say('room-play-begin')}
          </Button>
        )}
        {scene.stage === 'paused' && (
          <Button disabled={free} onClick={() => void act({ do: 'go_on' })}>
            {words.say('room-play-go-on')}
          </Button>
        )}
        {(scene.stage === 'playing' || scene.stage === 'paused') && <Button onClick={() => void act({ do: 'finish' })}>{words.say('room-play-finish')}</Button>}
        {scene.stage === 'feedback' && (
          <>
            <Button onClick={() => void act({ do: 'again', swap: true })}>{words.say('room-play-swap')}</Button>
            <Button onClick={() => void act({ do: 'again', swap: false })}>{words.say('room-play-again')}</Button>
          </>
        )}
        {scene.stage !== 'playing' && (
          <Button look="quiet" onClick={() => void act({ do: 'put_away' })}>
            {words.say('room-play-put-away')}
          </Button>
        )}
      </div>
      {free && scene.stage !== 'feedback' && <p className="soft">{words.say('room-play-parts-first')}</p>}
    </div>
  );
}
