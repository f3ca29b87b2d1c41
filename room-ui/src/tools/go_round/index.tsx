import { useState } from 'react';
import type { GoRoundCommand, GoRoundView, Order, Seat, View } from '../../wire/generated.ts';
import { clockTo, initials, minutesSeconds, nameOf, takesTurns } from '../../state/derived.ts';
import { useHere, useNow } from '../../view/here.tsx';
import { Button, Choice, Form, Text } from '../../view/parts.tsx';
import type { Tool } from '../tool.ts';

const PROMPT_MOST = 300;
const TURN_LENGTHS = [60, 120, 180, 300];

export type Standing = 'floor' | 'waiting' | 'had' | 'outside';

/** Where one person stands in the round. */
export function standing(round: GoRoundView, seat: Seat): Standing {
  if (round.turn?.seat === seat) return 'floor';
  if (round.waiting.includes(seat)) return 'waiting';
  return round.had.some((had) => had.seat === seat) ? 'had' : 'outside';
}

function useAct() {
  const { ask } = useHere();
  return (act: GoRoundCommand) => void ask({ tool: 'go_round', act });
}

function Hearth() {
  const { view, words } = useHere();
  const round = view.tools.go_round;
  if (!round) return null;
  const mine = round.turn?.seat === view.you.seat;
  return (
    <div className="hearth-in">
      <p className="eyebrow">
        {words.say('room-tool-go-round')}
        {' · '}
        {round.turn ? (mine ? words.say('room-go-round-your-turn') : words.say('room-go-round-has-floor', { name: nameOf(view, round.turn.seat) })) : words.say('room-go-round-all-had')}
        {view.lead && round.turn && <Clock until={round.turn.until} />}
      </p>
      <h2 className="quote">{round.prompt}</h2>
      <p className="soft">{words.say('room-go-round-note')}</p>
      <Line round={round} view={view} />
      <Own round={round} />
      {view.lead && <Lead round={round} />}
    </div>
  );
}

function Clock({ until }: { until: number }) {
  const clock = clockTo(until, useNow());
  return <span className="digits">{` · ${clock.over ? '+' : ''}${minutesSeconds(clock)}`}</span>;
}

function Line({ round, view }: { round: GoRoundView; view: View }) {
  const { words } = useHere();
  const places = [
    ...round.had.map((had) => ({ seat: had.seat, state: had.spoke ? ('had' as const) : ('passed' as const) })),
    ...(round.turn ? [{ seat: round.turn.seat, state: 'floor' as const }] : []),
    ...round.waiting.map((seat) => ({ seat, state: 'waiting' as const })),
  ];
  const say = { had: 'room-go-round-had', passed: 'room-passed', floor: 'room-go-round-now', waiting: 'room-go-round-to-come' };
  return (
    <ol className="round" aria-label={words.say('room-go-round-order')}>
      {places.map(({ seat, state }) => (
        <li key={seat} className={state} title={nameOf(view, seat)}>
          <span aria-hidden="true">{initials(nameOf(view, seat))}</span>
          <span className="unseen">{`${nameOf(view, seat)}, ${words.say(say[state])}`}</span>
        </li>
      ))}
    </ol>
  );
}

function Own({ round }: { round: GoRoundView }) {
  const { view, words } = useHere();
  const act = useAct();
  if (!takesTurns(view)) return null;
  const stands = standing(round, view.you.seat);
  return (
    <div className="actions">
      {stands === 'floor' && (
        <Button look="main" onClick={() => act({ do: 'done' })}>
          {words.say('room-go-round-done')}
        </Button>
      )}
      {(stands === 'floor' || stands === 'waiting') && <Button onClick={() => act({ do: 'pass' })}>{words.say('room-pass')}</Button>}
      {((stands === 'floor' && round.waiting.length > 0) || stands === 'waiting') && (
        <Button onClick={() => act({ do: 'come_back_to_me' })}>{words.say('room-go-round-later')}</Button>
      )}
      {(stands === 'had' || stands === 'outside') && (
        <Button onClick={() => act({ do: 'join_in' })}>{words.say(stands === 'had' ? 'room-go-round-again' : 'room-go-round-join')}</Button>
      )}
    </div>
  );
}

function Lead({ round }: { round: GoRoundView }) {
  const { words } = useHere();
  const act = useAct();
  return (
    <div className="actions lead" role="group" aria-label={words.say('room-facilitator')}>
      {round.turn && (
        <>
          <Button look="quiet" onClick={() => act({ do: 'add_time', seconds: 60 })}>
            {words.say('room-go-round-add')}
          </Button>
          <Button look="quiet" onClick={() => act({ do: 'skip' })}>
            {words.say('room-go-round-skip')}
          </Button>
        </>
      )}
      <Button look="quiet" onClick={() => act({ do: 'close' })}>
        {words.say('room-go-round-close')}
      </Button>
    </div>
  );
}

function Ask({ done }: { done(): void }) {
  const { view, words, ask } = useHere();
  const [prompt, setPrompt] = useState(() => view.phases[view.running?.index ?? -1]?.prompt ?? '');
  const [order, setOrder] = useState<Order>('seats');
  const [seconds, setSeconds] = useState(120);
  const open = async () => {
    if (await ask({ tool: 'go_round', act: { do: 'open', prompt, order, seconds } })) done();
  };
  return (
    <Form send={open} className="stack">
      <Text label={words.say('room-go-round-prompt')} maxLength={PROMPT_MOST} required value={prompt} onChange={(event) => setPrompt(event.target.value)} />
      <Choice<Order>
        inline
        label={words.say('room-go-round-who-first')}
        value={order}
        onChange={setOrder}
        options={[
          { value: 'seats', label: words.say('room-go-round-by-seat') },
          { value: 'random', label: words.say('room-go-round-by-lot') },
        ]}
      />
      <Choice
        inline
        label={words.say('room-go-round-time')}
        value={String(seconds)}
        onChange={(value) => setSeconds(Number(value))}
        options={TURN_LENGTHS.map((length) => ({ value: String(length), label: words.say('room-minutes-short', { minutes: length / 60 }) }))}
      />
      <Button type="submit" look="main" disabled={Boolean(view.tools.go_round)}>
        {words.say('room-go-round-open')}
      </Button>
    </Form>
  );
}

export const goRound: Tool = {
  name: 'go_round',
  holds: (view) => Boolean(view.tools.go_round),
  Hearth,
  bring: { key: 'room-tool-go-round', Form: Ask },
  Guide: null,
};
