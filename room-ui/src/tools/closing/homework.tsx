import { useEffect, useId, useState } from 'react';
import type { Titled } from '../../session.ts';
import { nameOf, seated } from '../../state/derived.ts';
import { useHere } from '../../view/here.tsx';
import { Button, Form, Select, Text } from '../../view/parts.tsx';

const HOMEWORK_MOST = 500;
const DAYS_MOST = 28;
const EVERYBODY = 'all';

/** Homework for one member or for all of them, with what the programme suggests laid ready. */
export function Guide() {
  const { view, words, ask } = useHere();
  const closing = view.tools.closing;
  if (!closing?.open || !view.lead) return null;
  return (
    <section aria-labelledby="guide-homework">
      <header className="line">
        <h3 id="guide-homework">{words.say('room-homework-title')}</h3>
        <small>{words.say('room-closing-answered', { count: closing.answered })}</small>
      </header>
      <Give />
      <ul className="told">
        {Object.entries(closing.homework ?? {}).flatMap(([seat, all]) =>
          all.map((one) => (
            <li key={`${seat} ${one.id}`}>
              <b>{nameOf(view, Number(seat))}</b>
              <span className="mood">{words.say('room-homework-days-short', { days: one.days })}</span>
              <span>{one.text}</span>
              <button
                type="button"
                className="link"
                aria-label={words.say('room-homework-take-back-of', { name: nameOf(view, Number(seat)) })}
                onClick={() => void ask({ tool: 'closing', act: { do: 'take_back_homework', seat: Number(seat), id: one.id } })}
              >
                {words.say('room-homework-take-back')}
              </button>
            </li>
          )),
        )}
      </ul>
      <Button onClick={() => void ask({ tool: 'closing', act: { do: 'close' } })}>{words.say('room-closing-close')}</Button>
    </section>
  );
}

/** What lies on the practice's shelf; empty while it is fetched, and where that did not work: homework can be typed. */
function useTitled(): readonly Titled[] {
  const { session } = useHere();
  const [titled, setTitled] = useState<readonly Titled[]>([]);
  useEffect(() => {
    let wanted = true;
    session.homework().then(
      (all) => wanted && setTitled(all),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [session]);
  return titled;
}

function Give() {
  const { view, words, ask } = useHere();
  const titled = useTitled();
  const id = useId();
  const suggested = view.lead?.homework ?? [];
  const members = seated(view).filter((chair) => chair.part === 'member' && chair.presence !== 'empty');
  const [to, setTo] = useState(EVERYBODY);
  const [text, setText] = useState(suggested[0] ?? '');
  const [days, setDays] = useState(7);
  const give = async () => {
    const seats = to === EVERYBODY ? members.map((member) => member.seat) : [Number(to)];
    let all = seats.length > 0;
    // One after the other: if one is refused, the toast says why and the text stays.
    for (const seat of seats) all = (await ask({ tool: 'closing', act: { do: 'give_homework', seat, text, days } })) && all;
    if (all) setText('');
  };
  return (
    <Form send={give} className="stack">
      <Select label={words.say('room-homework-for')} value={to} onChange={setTo}>
        <option value={EVERYBODY}>{words.say('room-homework-everybody')}</option>
        {members.map((member) => (
          <option key={member.seat} value={member.seat}>
            {member.name}
          </option>
        ))}
      </Select>
      {suggested.length > 0 && (
        <div className="chips" role="group" aria-label={words.say('room-homework-suggested')}>
          {suggested.map((one) => (
            <button key={one} type="button" aria-pressed={one === text} onClick={() => setText(one)}>
              {one}
            </button>
          ))}
        </div>
      )}
      {titled.length > 0 && (
        <Select
          label={words.say('room-homework-shelf')}
          hint={words.say('room-homework-shelf-hint')}
          value={titled.some((one) => one.title === text) ? text : ''}
          onChange={(title) => {
            const one = titled.find((other) => other.title === title);
            setText(title);
            if (one) setDays(Math.min(one.days, DAYS_MOST));
          }}
        >
          <option value="">{words.say('room-homework-shelf-none')}</option>
          {titled.map(({ title }) => (
            <option key={title} value={title}>
              {title}
            </option>
          ))}
        </Select>
      )}
      <Text label={words.say('room-homework-text')} maxLength={HOMEWORK_MOST} required value={text} onChange={(event) => setText(event.target.value)} />
      <div className="field short">
        <label htmlFor={`${id}-days`}>{words.say('room-homework-days')}</label>
        <input id={`${id}-days`} type="number" min={1} max={DAYS_MOST} required value={days} onChange={(event) => setDays(Number(event.target.value))} />
      </div>
      <Button type="submit" look="main">
        {words.say('room-homework-give')}
      </Button>
    </Form>
  );
}
