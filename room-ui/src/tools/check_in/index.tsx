import { useState } from 'react';
import type { CheckInView } from '../../wire/generated.ts';
import { nameOf, takesTurns } from '../../state/derived.ts';
import { useHere } from '../../view/here.tsx';
import { Button, Choice, Form, Score, Text } from '../../view/parts.tsx';
import type { Tool } from '../tool.ts';

const WORD_MOST = 30;
const CONCERN_MOST = 500;

function Hearth() {
  const { view, words } = useHere();
  const [again, setAgain] = useState(false);
  const checkIn = view.tools.check_in;
  if (!checkIn) return null;
  const answered = Boolean(checkIn.mine) || checkIn.passed;
  return (
    <div className="hearth-in">
      <p className="eyebrow">
        {words.say('room-check-in-eyebrow', { done: checkIn.done, of: checkIn.of })}
      </p>
      {takesTurns(view) && (!answered || again) ? (
        <Ask checkIn={checkIn} done={() => setAgain(false)} />
      ) : (
        <Told checkIn={checkIn} change={takesTurns(view) ? () => setAgain(true) : null} />
      )}
    </div>
  );
}

function Ask({ checkIn, done }: { checkIn: CheckInView; done(): void }) {
  const { words, ask } = useHere();
  const [mood, setMood] = useState<number | null>(checkIn.mine?.mood ?? null);
  const [word, setWord] = useState(checkIn.mine?.word ?? '');
  const [concern, setConcern] = useState(checkIn.mine?.concern ?? '');
  const [to, setTo] = useState<'group' | 'staff'>(checkIn.mine && !checkIn.mine.to_group ? 'staff' : 'group');
  const send = async () => {
    if (mood === null) return;
    if (await ask({ tool: 'check_in', act: { do: 'answer', mood, word, concern, to_group: to === 'group' } })) done();
  };
  const pass = async () => {
    if (await ask({ tool: 'check_in', act: { do: 'pass' } })) done();
  };
  return (
    <Form send={send} className="stack form check-in">
      <h2>{words.say('room-check-in-title')}</h2>
      <Score label={words.say('room-check-in-mood')} low={words.say('room-mood-low')} high={words.say('room-mood-high')} value={mood} onChange={setMood} />
      <div className="one">
        <Text single label={words.say('room-check-in-word')} maxLength={WORD_MOST} value={word} onChange={(event) => setWord(event.target.value)} />
        <Text label={words.say('room-check-in-concern')} maxLength={CONCERN_MOST} rows={1} value={concern} onChange={(event) => setConcern(event.target.value)} />
      </div>
      <div className="foot">
        <Choice<'group' | 'staff'>
          inline
          label={words.say('room-check-in-share')}
          value={to}
          onChange={setTo}
          options={[
            { value: 'group', label: words.say('room-check-in-to-group') },
            { value: 'staff', label: words.say('room-check-in-to-staff') },
          ]}
        />
        <div className="actions">
          <Button type="submit" look="main" disabled={mood === null}>
            {words.say('room-check-in-send')}
          </Button>
          <Button onClick={() => void pass()}>{words.say('room-pass')}</Button>
        </div>
      </div>
      <small>{words.say('room-check-in-number-note')}</small>
    </Form>
  );
}

function Told({ checkIn, change }: { checkIn: CheckInView; change: (() => void) | null }) {
  const { view, words, ask } = useHere();
  return (
    <>
      <h2>{words.say(checkIn.passed ? 'room-check-in-passed' : 'room-check-in-thanks')}</h2>
      {checkIn.shared.length === 0 ? (
        <p className="soft">{words.say('room-check-in-nothing-yet')}</p>
      ) : (
        <ul className="shared">
          {checkIn.shared.map((one) => (
            <li key={one.seat}>
              <b>{nameOf(view, one.seat)}</b>
              {one.word && <em>{one.word}</em>}
              {one.concern && <span>{one.concern}</span>}
            </li>
          ))}
        </ul>
      )}
      <div className="actions">
        {change && (
          <Button look="quiet" onClick={change}>
            {words.say(checkIn.passed ? 'room-check-in-after-all' : 'room-check-in-change')}
          </Button>
        )}
        {view.lead && (
          <Button onClick={() => void ask({ tool: 'check_in', act: { do: 'close' } })}>{words.say('room-check-in-close')}</Button>
        )}
      </div>
    </>
  );
}

function Guide() {
  const { view, words, ask } = useHere();
  const checkIn = view.tools.check_in;
  if (!checkIn?.told) return null;
  return (
    <section aria-labelledby="guide-check-in">
      <header className="line">
        <h3 id="guide-check-in">{words.say('room-check-in-told')}</h3>
        <small>{words.say('room-check-in-count', { done: checkIn.done, of: checkIn.of })}</small>
      </header>
      {checkIn.told.length === 0 && <p className="soft">{words.say('room-check-in-none')}</p>}
      <ul className="told">
        {checkIn.told.map(({ seat, answer }) => (
          <li key={seat}>
            <b>{nameOf(view, seat)}</b>
            {answer ? (
              <>
                <span className="mood">{words.say('room-check-in-mood-is', { mood: answer.mood })}</span>
                <span>{[answer.word, answer.concern].filter(Boolean).join(' · ')}</span>
                {!answer.to_group && (answer.word || answer.concern) && <small>{words.say('room-check-in-staff-only')}</small>}
              </>
            ) : (
              <span className="mood">{words.say('room-passed')}</span>
            )}
          </li>
        ))}
      </ul>
      {checkIn.open && (
        <Button onClick={() => void ask({ tool: 'check_in', act: { do: 'close' } })}>{words.say('room-check-in-close')}</Button>
      )}
    </section>
  );
}

function Bring({ done }: { done(): void }) {
  const { view, words, ask } = useHere();
  const open = async () => {
    if (await ask({ tool: 'check_in', act: { do: 'open' } })) done();
  };
  return (
    <div className="stack">
      <p className="soft">{words.say('room-check-in-about')}</p>
      <Button look="main" onClick={() => void open()} disabled={view.tools.check_in?.open === true}>
        {words.say('room-check-in-open')}
      </Button>
    </div>
  );
}

export const checkIn: Tool = {
  name: 'check_in',
  holds: (view) => view.tools.check_in?.open === true,
  Hearth,
  bring: { key: 'room-tool-check-in', Form: Bring },
  Guide,
};
