import { useState } from 'react';
import { clockTo, minutesSeconds, nameOf, seated } from '../../state/derived.ts';
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
        <Left until={pause.until} />
      </p>
      <Practice pause={pause} />
      <p className="soft">{words.say('room-calm-note')}</p>
      <div className="actions">
        <Button onClick={() => void act({ do: 'enough' })}>{words.say('room-calm-enough')}</Button>
        {view.lead && pause.all && (
          <Button look="quiet" onClick={() => void act({ do: 'close', seat: null })}>
            {words.say('room-calm-close')}
          </Button>
        )}
      </div>
    </div>
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
  const singly = view.tools.calm.singly ?? [];
  if (singly.length === 0) return null;
  return (
    <section aria-labelledby="guide-calm">
      <h3 id="guide-calm">{words.say('room-calm-singly')}</h3>
      <ul className="rows">
        {singly.map((seat) => (
          <li key={seat}>
            <span>{nameOf(view, seat)}</span>
            <Button look="quiet" onClick={() => void act({ do: 'close', seat })}>
              {words.say('room-calm-close')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

export const calm: Tool = { name: 'calm', holds: (view) => Boolean(view.tools.calm.mine), Hearth, bring: { key: 'room-tool-calm', Form: Bring }, Guide };
