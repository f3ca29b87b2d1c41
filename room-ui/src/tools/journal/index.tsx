import { useState } from 'react';
import { clockTo, minutesSeconds, nameOf, othersOpen } from '../../state/derived.ts';
import { counted } from '../../words.ts';
import { useHere, useNow } from '../../view/here.tsx';
import { Button, Choice, Form, Text } from '../../view/parts.tsx';
import type { JournalCommand, JournalLines, JournalRound } from '../../wire/generated.ts';
import type { Tool } from '../tool.ts';
import { Page } from './page.tsx';

const PROMPT_MOST = 300;
const MINUTES = [3, 5, 10, 15, 20];
const MORE = 2;

function useAct() {
  const { ask } = useHere();
  return (act: JournalCommand) => ask({ tool: 'journal', act });
}

function Hearth() {
  const { view, words } = useHere();
  const round = view.tools.journal.round;
  if (!round) return null;
  return (
    <div className="hearth-in">
      <p className="eyebrow">
        {words.say(round.stage === 'writing' ? 'room-journal-quiet' : round.stage === 'choosing' ? 'room-journal-over' : 'room-journal-lines')}
        {round.stage === 'writing' && <Left until={round.until} />}
      </p>
      <h2>{round.prompt}</h2>
      {round.lines ? (
        <Lines lines={round.lines} />
      ) : round.mine ? (
        <Page key={round.since} round={round} mine={round.mine} />
      ) : (
        <p className="soft">{words.say('room-journal-watching')}</p>
      )}
      {view.lead && round.stage === 'shown' && <Lead round={round} />}
    </div>
  );
}

/** Members see whole minutes: a clock that counts seconds hurries. */
function Left({ until }: { until: number }) {
  const { view, words } = useHere();
  const clock = clockTo(until, useNow());
  if (view.lead) return <span className="digits">{` · ${minutesSeconds(clock)}`}</span>;
  return <span>{` · ${clock.said > 1 ? words.say('room-journal-minutes', { minutes: clock.said }) : words.say('room-journal-last-minute')}`}</span>;
}

function Lines({ lines }: { lines: JournalLines }) {
  const { view, words } = useHere();
  const none = lines.anonymous.length + lines.named.length === 0;
  return (
    <>
      {!none && (
        <ul className="shared">
          {lines.anonymous.map((line, at) => (
            <li key={at}>
              <span>{line}</span>
            </li>
          ))}
          {lines.named.map((one) => (
            <li key={`of-${one.seat}`}>
              <b>{nameOf(view, one.seat)}</b>
              <span>{one.line}</span>
            </li>
          ))}
        </ul>
      )}
      {lines.too_few && <p className="soft">{words.say('room-journal-too-few')}</p>}
      {none && !lines.too_few && <p className="soft">{words.say('room-journal-none')}</p>}
      <p className="soft">{words.say('room-journal-yours')}</p>
    </>
  );
}

function Lead({ round }: { round: JournalRound }) {
  const { words } = useHere();
  const act = useAct();
  return (
    <div className="lead">
      {round.lead && <p className="soft">{words.say('room-journal-chosen-count', { done: round.lead.chosen, of: round.lead.of })}</p>}
      <div className="actions">
        {round.stage === 'writing' && (
          <>
            <Button onClick={() => void act({ do: 'extend', minutes: MORE })}>{words.say('room-tables-extend', { minutes: MORE })}</Button>
            <Button onClick={() => void act({ do: 'end_quiet' })}>{words.say('room-journal-end-quiet')}</Button>
          </>
        )}
        {round.stage === 'choosing' && <Button onClick={() => void act({ do: 'show' })}>{words.say('room-journal-show')}</Button>}
        {round.stage !== 'writing' && <Button onClick={() => void act({ do: 'put_away' })}>{words.say('room-journal-put-away')}</Button>}
      </div>
    </div>
  );
}

function Bring({ done }: { done(): void }) {
  const { view, words } = useHere();
  const act = useAct();
  const [prompt, setPrompt] = useState('');
  const [minutes, setMinutes] = useState(5);
  const open = async () => {
    if (await act({ do: 'open', prompt, minutes })) done();
  };
  const stage = view.tools.journal.round?.stage;
  return (
    <Form send={open} className="stack">
      <p className="soft">{words.say('room-journal-about')}</p>
      <Text label={words.say('room-journal-prompt')} maxLength={PROMPT_MOST} value={prompt} onChange={(event) => setPrompt(event.target.value)} />
      <Choice inline label={words.say('room-journal-how-long')} value={String(minutes)} onChange={(value) => setMinutes(Number(value))} options={MINUTES.map((one) => ({ value: String(one), label: words.say('room-minutes-short', { minutes: one }) }))} />
      <Button type="submit" look="main" disabled={prompt.trim() === '' || stage === 'writing' || stage === 'choosing'}>
        {words.say('room-journal-open')}
      </Button>
    </Form>
  );
}

/** The pages that were given to the leaders, to be read when there is time. */
function Guide() {
  const { view, words } = useHere();
  const { round } = view.tools.journal;
  const given = view.tools.journal.given ?? [];
  if (given.length === 0) return round && round.stage !== 'shown' ? <Now round={round} /> : null;
  return (
    <>
      {round && round.stage !== 'shown' && <Now round={round} />}
      <section aria-labelledby="guide-journal">
        <header className="line">
          <h3 id="guide-journal">{words.say('room-journal-given')}</h3>
          <small>{counted(words, 'room-journal-given-one', 'room-journal-given-other', given.length)}</small>
        </header>
        {given.map((page) => (
          <details key={`${page.seat} ${page.prompt}`} className="journal-given">
            <summary>{nameOf(view, page.seat)}</summary>
            <small>{page.prompt}</small>
            <p>{page.text}</p>
          </details>
        ))}
      </section>
    </>
  );
}

/** Beside the circle, so that a leader who writes too has them at hand. */
function Now({ round }: { round: JournalRound }) {
  const { words } = useHere();
  return (
    <section aria-labelledby="guide-journal-now">
      <h3 id="guide-journal-now">{words.say(round.stage === 'writing' ? 'room-journal-quiet' : 'room-journal-over')}</h3>
      <Lead round={round} />
    </section>
  );
}

export const journal: Tool = {
  name: 'journal',
  holds: (view) => {
    const stage = view.tools.journal.round?.stage;
    return stage === 'shown' ? !othersOpen(view) : stage !== undefined;
  },
  Hearth,
  bring: { key: 'room-tool-journal', Form: Bring },
  Guide,
};
