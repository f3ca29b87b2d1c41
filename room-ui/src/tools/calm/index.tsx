import { useState } from 'react';
import { clockTo, minutesSeconds, nameOf, seated, takesTurns } from '../../state/derived.ts';
import { useHere, useNow } from '../../view/here.tsx';
import { Button, Choice, Form, Select } from '../../view/parts.tsx';
import type { CalmCommand, CalmView, Exercise } from '../../wire/generated.ts';
import type { Tool } from '../tool.ts';

/** Four seconds in, two of rest, six out: slower out than in. */
const BREATH = [
  { key: 'room-calm-in', seconds: 4, look: 'wide' },
  { key: 'room-calm-rest', seconds: 2, look: 'wide' },
  { key: 'room-calm-out', seconds: 6, look: 'narrow' },
] as const;
const ROUND = BREATH.reduce((sum, part) => sum + part.seconds, 0);
const SENSES = ['room-calm-see', 'room-calm-feel', 'room-calm-hear', 'room-calm-smell', 'room-calm-taste'] as const;
const EXERCISES: readonly Exercise[] = ['breathing', 'senses', 'quiet'];
const MINUTES = [1, 2, 3, 5];
/** Alone nobody breathes together. */
const OWN_NAMES = { breathing: 'room-calm-own-breathing', senses: 'room-calm-senses', quiet: 'room-calm-quiet' } as const;
const NAMES = { breathing: 'room-calm-breathing', senses: 'room-calm-senses', quiet: 'room-calm-quiet' } as const;

function useAct() {
  const { ask } = useHere();
  return (act: CalmCommand) => ask({ tool: 'calm', act });
}

function Hearth() {
  const { view, words } = useHere();
  const act = useAct();
  const pause = view.tools.calm.mine;
  if (!pause) return null;
  return (
    <div className="hearth-in calm">
      <p className="eyebrow">
        {words.say(pause.all ? 'room-calm-all' : 'room-calm-one')}
        {typeof pause.until === 'number' && <Left until={pause.until} />}
      </p>
      <Practice pause={pause} />
      <p className="soft">{words.say(pause.own ? 'room-calm-own-note' : 'room-calm-note')}</p>
      <div className="actions">
        <Button onClick={() => void act({ do: 'enough' })}>{words.say(pause.own ? 'room-calm-back' : 'room-calm-enough')}</Button>
        {pause.own && EXERCISES.filter((one) => one !== pause.exercise && one !== 'quiet').map((one) => (
          <Button key={one} look="quiet" onClick={() => void act({ do: 'take', exercise: one })}>
            {words.say(OWN_NAMES[one])}
          </Button>
        ))}
        {view.lead && pause.all && (
          <Button look="quiet" onClick={() => void act({ do: 'close', seat: null })}>
            {words.say('room-calm-close')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** A moment for oneself: taken without asking, and nobody but the leaders learns of it. */
export function TakeMoment({ took }: { took?(): void }) {
  const { view, words } = useHere();
  const act = useAct();
  if (!takesTurns(view) || view.tools.calm.mine?.own) return null;
  const take = async (exercise: Exercise) => {
    if (await act({ do: 'take', exercise })) took?.();
  };
  return (
    <div className="own-moment stack" role="group" aria-label={words.say('room-calm-own')}>
      <p className="soft">{words.say('room-calm-own-hint')}</p>
      <div className="actions">
        {EXERCISES.map((one) => (
          <Button key={one} onClick={() => void take(one)}>
            {words.say(OWN_NAMES[one])}
          </Button>
        ))}
      </div>
    </div>
  );
}

/** The same, folded away where it must not be in anybody's way. */
export function NeedMoment() {
  const { view, words } = useHere();
  if (view.you.part !== 'member' || view.tools.calm.mine) return null;
  return (
    <details className="need-moment">
      <summary>{words.say('room-calm-own')}</summary>
      <TakeMoment />
    </details>
  );
}

function Left({ until }: { until: number }) {
  const { view } = useHere();
  const clock = clockTo(until, useNow());
  return view.lead ? <span className="digits">{` · ${minutesSeconds(clock)}`}</span> : null;
}

function Practice({ pause }: { pause: CalmView }) {
  const { words } = useHere();
  if (pause.exercise === 'breathing') return <Breathing since={pause.since} />;
  if (pause.exercise === 'senses') return <Senses />;
  return <h2 className="quote">{words.say('room-calm-quiet-words')}</h2>;
}

/** The words change with the breath; the circle grows and shrinks for those who want to look, and stands still for those who asked for less motion. */
function Breathing({ since }: { since: number }) {
  const { words } = useHere();
  const now = useNow(250);
  let second = (Math.max(0, now - since) / 1_000) % ROUND;
  const part = BREATH.find(({ seconds }) => (second < seconds ? true : ((second -= seconds), false))) ?? BREATH[0];
  return (
    <>
      <span className={`breath ${part.look}`} style={{ transitionDuration: `${part.seconds}s` }} aria-hidden="true" />
      <h2 className="quote">{words.say(part.key)}</h2>
    </>
  );
}

function Senses() {
  const { words } = useHere();
  const [at, setAt] = useState(0);
  return (
    <>
      <h2 className="quote" aria-live="polite">
        {words.say(SENSES[at] ?? SENSES[0])}
      </h2>
      <div className="actions">
        {at > 0 && (
          <Button look="quiet" onClick={() => setAt(at - 1)}>
            {words.say('room-calm-before')}
          </Button>
        )}
        {at < SENSES.length - 1 && <Button onClick={() => setAt(at + 1)}>{words.say('room-calm-next')}</Button>}
      </div>
    </>
  );
}

function Bring({ done }: { done(): void }) {
  const { view, words } = useHere();
  const act = useAct();
  const [exercise, setExercise] = useState<Exercise>('breathing');
  const [whom, setWhom] = useState('');
  const [minutes, setMinutes] = useState(2);
  const open = async () => {
    if (await act({ do: 'open', exercise, seat: whom === '' ? null : Number(whom), minutes })) done();
  };
  const members = seated(view).filter((chair) => chair.presence === 'here' && !chair.you);
  return (
    <Form send={open} className="stack">
      <Choice<Exercise> label={words.say('room-calm-which')} value={exercise} onChange={setExercise} options={EXERCISES.map((value) => ({ value, label: words.say(NAMES[value]) }))} />
      <Select label={words.say('room-calm-whom')} value={whom} onChange={setWhom}>
        <option value="">{words.say('room-calm-everybody')}</option>
        {members.map((chair) => (
          <option key={chair.seat} value={chair.seat}>
            {words.say('room-calm-only', { name: chair.name })}
          </option>
        ))}
      </Select>
      <Choice inline label={words.say('room-tables-minutes')} value={String(minutes)} onChange={(value) => setMinutes(Number(value))} options={MINUTES.map((one) => ({ value: String(one), label: words.say('room-minutes-short', { minutes: one }) }))} />
      <Button type="submit" look="main">
        {words.say('room-calm-open')}
      </Button>
    </Form>
  );
}

/** Who has a moment of their own, so that nobody is forgotten in it. */
function Guide() {
  const { view, words } = useHere();
  const act = useAct();
  const now = useNow();
  const singly = view.tools.calm.singly ?? [];
  if (singly.length === 0) return null;
  return (
    <section aria-labelledby="guide-calm">
      <h3 id="guide-calm">{words.say('room-calm-singly')}</h3>
      <ul className="rows">
        {singly.map(({ seat, own, since }) => (
          <li key={seat}>
            <span>
              {nameOf(view, seat)}
              {own && <small>{words.say('room-calm-took', { minutes: clockTo(since, now).said })}</small>}
            </span>
            {!own && (
              <Button look="quiet" onClick={() => void act({ do: 'close', seat })}>
                {words.say('room-calm-close')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

export const calm: Tool = { name: 'calm', holds: (view) => Boolean(view.tools.calm.mine), Hearth, bring: { key: 'room-tool-calm', Form: Bring }, Guide };
