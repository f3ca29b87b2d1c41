import { useState } from 'react';
import { clockTo, minutesSeconds, nameOf, seated } from '../../state/derived.ts';
import { useHere, useNow } from '../../view/here.tsx';
import { Button, Choice, Form, Select, Text } from '../../view/parts.tsx';
import type { LeadTable, PlanView, RoundView, Seat } from '../../wire/generated.ts';
import { OpenAtTables } from '../board/index.tsx';
import { useAct } from './hearth.tsx';

const PROMPT_MOST = 300;
const MINUTES = [5, 10, 15, 20];
const MORE = 3;
const BACK_SECONDS = 30;

/** What leaders see: tables that are laid, then tables at work. */
export function Guide() {
  const { view } = useHere();
  const { plan, round } = view.tools.tables;
  if (round?.lead) return <AtWork round={round} tables={round.lead} />;
  return plan?.places ? <Laid plan={plan} places={plan.places} /> : null;
}

function Laid({ plan, places }: { plan: PlanView; places: Record<number, number | undefined> }) {
  const { view, words } = useHere();
  const act = useAct();
  const [minutes, setMinutes] = useState(10);
  const people = seated(view).filter((chair) => chair.presence === 'here' && chair.part !== 'observer' && !(chair.part === 'facilitator' && places[chair.seat] === undefined && chair.you));
  return (
    <section aria-labelledby="guide-tables">
      <header className="line">
        <h3 id="guide-tables">{words.say('room-tables-laid')}</h3>
        <small>{words.say(plan.how === 'choice' ? 'room-tables-choosing' : 'room-tables-nobody-moved')}</small>
      </header>
      <ul className="rows seating">
        {people.map((chair) => (
          <li key={chair.seat}>
            <span>{chair.you ? words.say('room-name-you', { name: chair.name }) : chair.name}</span>
            <Where seat={chair.seat} table={places[chair.seat] ?? null} count={plan.prompts.length} />
          </li>
        ))}
      </ul>
      <Choice
        inline
        label={words.say('room-tables-minutes')}
        value={String(minutes)}
        onChange={(value) => setMinutes(Number(value))}
        options={MINUTES.map((one) => ({ value: String(one), label: words.say('room-minutes-short', { minutes: one }) }))}
      />
      <div className="agenda">
        <Button look="main" onClick={() => void act({ do: 'send', minutes })}>
          {words.say('room-tables-send')}
        </Button>
        <Button onClick={() => void act({ do: 'lay', how: 'draw', prompts: plan.prompts })}>{words.say('room-tables-draw-again')}</Button>
        <Button look="quiet" onClick={() => void act({ do: 'clear' })}>
          {words.say('room-tables-clear')}
        </Button>
      </div>
    </section>
  );
}

function Where({ seat, table, count }: { seat: Seat; table: number | null; count: number }) {
  const { view, words } = useHere();
  const act = useAct();
  // While the room is asked it stays where it was put, so that pressing an arrow twice moves two places.
  const [wished, setWished] = useState<string | null>(null);
  const put = async (value: string) => {
    setWished(value);
    await act({ do: 'put', seat, table: value === '' ? null : Number(value) });
    setWished((latest) => (latest === value ? null : latest));
  };
  return (
    <Select bare label={words.say('room-tables-where', { name: nameOf(view, seat) })} value={wished ?? table ?? ''} onChange={(value) => void put(value)}>
      <option value="">{words.say('room-circle')}</option>
      {Array.from({ length: count }, (_, at) => (
        <option key={at} value={at}>
          {words.say('room-tables-table', { table: at + 1 })}
        </option>
      ))}
    </Select>
  );
}

function AtWork({ round, tables }: { round: RoundView; tables: LeadTable[] }) {
  const { view, words } = useHere();
  const act = useAct();
  const clock = clockTo(round.until, useNow());
  return (
    <section aria-labelledby="guide-tables">
      <header className="line">
        <h3 id="guide-tables">{words.say('room-tables-at-work')}</h3>
        <small className="digits">{words.say('room-tables-left', { time: minutesSeconds(clock) })}</small>
      </header>
      <ul className="rows tables-rows">
        {tables.map((table) => (
          <Table key={table.table} table={table} round={round} />
        ))}
      </ul>
      <Tell />
      {(view.tools.board.at_tables?.length ?? 0) < round.tables && (
        <details>
          <summary>{words.say('room-board-for-tables')}</summary>
          <OpenAtTables all />
        </details>
      )}
      <div className="agenda">
        <Button look="main" onClick={() => void act({ do: 'close', seconds: BACK_SECONDS })}>
          {words.say('room-tables-close', { seconds: BACK_SECONDS })}
        </Button>
        <Button onClick={() => void act({ do: 'extend', minutes: MORE })}>{words.say('room-tables-extend', { minutes: MORE })}</Button>
        <Button look="quiet" onClick={() => void act({ do: 'close', seconds: 0 })}>
          {words.say('room-tables-close-now')}
        </Button>
        {round.mine && (
          <Button look="quiet" onClick={() => void act({ do: 'visit', table: null })}>
            {words.say('room-tables-come-back')}
          </Button>
        )}
      </div>
      <details>
        <summary>{words.say('room-tables-move')}</summary>
        <ul className="rows seating">
          {seated(view)
            .filter((chair) => chair.presence === 'here' && !chair.you)
            .map((chair) => {
              const spot = view.tools.tables.spots[chair.seat];
              return (
                <li key={chair.seat}>
                  <span>{chair.name}</span>
                  <Where seat={chair.seat} table={spot?.at === 'table' ? spot.of : null} count={tables.length} />
                </li>
              );
            })}
        </ul>
      </details>
    </section>
  );
}

function Table({ table, round }: { table: LeadTable; round: RoundView }) {
  const { view, words } = useHere();
  const act = useAct();
  const now = useNow();
  const there = round.mine?.table === table.table;
  const calls = typeof table.called === 'number';
  const facts = [
    typeof table.visited === 'number' ? words.say('room-tables-visited', { minutes: clockTo(table.visited, now).said }) : words.say('room-tables-not-visited'),
    table.noted ? words.say('room-tables-has-note') : '',
    view.tools.board.at_tables?.includes(table.table) ? words.say('room-tables-has-board') : '',
  ];
  return (
    <li className={calls ? 'calls' : ''}>
      <span>
        <b>{words.say('room-tables-table', { table: table.table + 1 })}</b>
        <small>{table.seats.map((seat) => nameOf(view, seat)).join(', ') || words.say('room-tables-empty')}</small>
        {table.apart && <strong>{words.say('room-tables-apart')}</strong>}
        {calls ? <strong>{words.say('room-tables-calls')}</strong> : <small>{facts.filter(Boolean).join(' · ')}</small>}
      </span>
      <span className="pair">
        {calls && (
          <Button look="quiet" onClick={() => void act({ do: 'answer', table: table.table })}>
            {words.say('room-tables-seen')}
          </Button>
        )}
        <Button look={calls ? 'main' : 'plain'} disabled={there || round.going === table.table} onClick={() => void act({ do: 'visit', table: table.table })}
          aria-label={there || round.going === table.table ? undefined : words.say('room-tables-visit-table', { table: table.table + 1 })}>
          {words.say(there ? 'room-tables-here' : round.going === table.table ? 'room-tables-on-the-way' : 'room-tables-visit')}
        </Button>
      </span>
    </li>
  );
}

function Tell() {
  const { words } = useHere();
  const act = useAct();
  const [text, setText] = useState('');
  const tell = async () => {
    if (await act({ do: 'tell', text })) setText('');
  };
  return (
    <Form send={tell} className="stack">
      <Text single label={words.say('room-tables-tell')} maxLength={PROMPT_MOST} required value={text} onChange={(event) => setText(event.target.value)} />
      {text && <Button type="submit">{words.say('room-tables-tell-send')}</Button>}
    </Form>
  );
}
