import { useState } from 'react';
import type { GoRoundCommand, GoRoundView, Order, Seat, View } from '../../wire/generated.ts';
import type { Words } from '../../words.ts';
import { clockTo, initials, minutesSeconds, nameOf, seated, takesTurns } from '../../state/derived.ts';
import { useHere, useNow } from '../../view/here.tsx';
import { Button, Choice, Form, Select, Text } from '../../view/parts.tsx';
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
  // Whoever hosts where no staff are has the go-round and nothing else.
  const leads = Boolean(view.lead) || view.tools.hosting?.host === view.you.seat;
  return (
    <div className="hearth-in">
      <p className="eyebrow">
        {title(round, view, words)}
        {' · '}
        {whose(round, view, words)}
        {leads && round.turn && !round.echo && <Clock until={round.turn.until} />}
      </p>
      <h2 className="quote">{round.prompt}</h2>
      <p className="soft">{words.say(note(round, view.you.seat))}</p>
      <Echoed round={round} />
      <Line round={round} view={view} />
      <Own round={round} />
      {leads && <Lead round={round} />}
    </div>
  );
}

function title(round: GoRoundView, view: View, words: Words): string {
  if (round.kind.is === 'listening') return words.say('room-listening');
  if (round.kind.is === 'plain') return words.say('room-tool-go-round');
  const mine = round.kind.seat === view.you.seat;
  return mine ? words.say('room-feedback-mine') : words.say('room-feedback-for', { name: nameOf(view, round.kind.seat) });
}

/** Whose turn it is to talk. */
function whose(round: GoRoundView, view: View, words: Words): string {
  if (!round.turn) return words.say('room-go-round-all-had');
  const talking = round.echo?.seat ?? round.turn.seat;
  if (talking === view.you.seat) return words.say('room-go-round-your-turn');
  return words.say(round.echo ? 'room-listening-says-back' : 'room-go-round-has-floor', { name: nameOf(view, talking) });
}

/** What this moment is for, for the one who reads it. */
function note(round: GoRoundView, you: Seat): string {
  if (round.kind.is === 'feedback') return round.kind.seat === you ? 'room-feedback-take' : 'room-feedback-note';
  if (round.kind.is === 'plain') return 'room-go-round-note';
  if (!round.echo) return 'room-listening-note';
  if (round.echo.seat === you) return round.echo.again ? 'room-listening-once-more' : 'room-listening-say-back';
  return round.turn?.seat === you ? 'room-listening-is-it-so' : 'room-listening-others';
}

/** The listener may leave it to somebody else; the speaker says whether they were heard. */
function Echoed({ round }: { round: GoRoundView }) {
  const { view, words } = useHere();
  const act = useAct();
  const you = view.you.seat;
  if (!round.echo) return null;
  if (round.echo.seat === you) {
    return (
      <div className="actions">
        <Button onClick={() => act({ do: 'not_me' })}>{words.say('room-listening-not-me')}</Button>
      </div>
    );
  }
  if (round.turn?.seat !== you) return null;
  return (
    <div className="actions">
      <Button look="main" onClick={() => act({ do: 'heard', so: true })}>
        {words.say(round.echo.again ? 'room-listening-thanks' : 'room-listening-yes')}
      </Button>
      {!round.echo.again && <Button onClick={() => act({ do: 'heard', so: false })}>{words.say('room-listening-not-quite')}</Button>}
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
  if (round.kind.is === 'feedback' && round.kind.seat === view.you.seat) {
    return (
      <div className="actions">
        <Button look="main" onClick={() => act({ do: 'thank' })}>
          {words.say('room-feedback-thank')}
        </Button>
      </div>
    );
  }
  // While something is said back, its speaker and whoever says it back have other things to decide.
  if (round.echo && (stands === 'floor' || round.echo.seat === view.you.seat)) return null;
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
  const { view, words } = useHere();
  const act = useAct();
  return (
    <div className="actions lead" role="group" aria-label={words.say(view.lead ? 'room-facilitator' : 'room-host-you')}>
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

type Kind = GoRoundView['kind']['is'];
const KIND_WORDS = { plain: 'room-go-round-plain', listening: 'room-go-round-listening', feedback: 'room-go-round-feedback' } as const;
const KIND_HINTS = { plain: 'room-go-round-plain-hint', listening: 'room-go-round-listening-hint', feedback: 'room-go-round-feedback-hint' } as const;

function Ask({ done }: { done(): void }) {
  const { view, words, ask } = useHere();
  const [kind, setKind] = useState<Kind>('plain');
  const [prompt, setPrompt] = useState(() => view.phases[view.running?.index ?? -1]?.prompt ?? '');
  const [about, setAbout] = useState('');
  const [whom, setWhom] = useState('');
  const [order, setOrder] = useState<Order>('seats');
  const [seconds, setSeconds] = useState(120);
  const act = (): GoRoundCommand => {
    if (kind === 'feedback') return { do: 'open_feedback', seat: Number(whom), about, seconds };
    return { do: kind === 'listening' ? 'open_listening' : 'open', prompt, order, seconds };
  };
  const open = async () => {
    if (await ask({ tool: 'go_round', act: act() })) done();
  };
  return (
    <Form send={open} className="stack">
      <Choice<Kind>
        label={words.say('room-go-round-kind')}
        value={kind}
        onChange={setKind}
        options={(['plain', 'listening', 'feedback'] as const).map((value) => ({ value, label: words.say(KIND_WORDS[value]), hint: words.say(KIND_HINTS[value]) }))}
      />
      {kind === 'feedback' ? (
        <Asker whom={whom} setWhom={setWhom} about={about} setAbout={setAbout} />
      ) : (
        <>
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
        </>
      )}
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

interface AskerProps {
  whom: string;
  setWhom(whom: string): void;
  about: string;
  setAbout(about: string): void;
}

function Asker({ whom, setWhom, about, setAbout }: AskerProps) {
  const { view, words } = useHere();
  const those = seated(view).filter((chair) => chair.presence === 'here' && (chair.part === 'member' || chair.part === 'facilitator'));
  return (
    <>
      <Select label={words.say('room-feedback-who')} required value={whom} onChange={setWhom}>
        <option value="">{words.say('room-feedback-choose')}</option>
        {those.map((chair) => (
          <option key={chair.seat} value={chair.seat}>
            {chair.name}
          </option>
        ))}
      </Select>
      <Text single label={words.say('room-feedback-about')} maxLength={PROMPT_MOST} required value={about} onChange={(event) => setAbout(event.target.value)} />
    </>
  );
}

export const goRound: Tool = {
  name: 'go_round',
  holds: (view) => Boolean(view.tools.go_round),
  Hearth,
  bring: { key: 'room-tool-go-round', Form: Ask },
  Guide: null,
};
