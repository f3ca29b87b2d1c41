import { useId, useState } from 'react';
import { useHere } from '../../view/here.tsx';
import { Button, Choice, Form, Score, Text } from '../../view/parts.tsx';
import type { Ballot, PollAsk } from '../../wire/generated.ts';

const WORDS_MOST = 30;

interface AnswerProps {
  ask: PollAsk;
  mine: Ballot | null;
  send(ballot: Ballot): Promise<void>;
}

export function Answer({ ask, mine, send }: AnswerProps) {
  const { words } = useHere();
  const [ballot, setBallot] = useState<Ballot | null>(mine ?? (ask.kind === 'order' ? { order: ask.options.map((_, at) => at) } : null));
  const ready = ballot && !('choices' in ballot && ballot.choices.length === 0) && !('words' in ballot && !ballot.words.trim());
  return (
    <Form send={async () => (ready ? send(ballot) : undefined)} className="stack form">
      <Field ask={ask} ballot={ballot} set={setBallot} />
      <div className="actions">
        <Button type="submit" look="main" disabled={!ready}>
          {words.say('room-poll-send')}
        </Button>
      </div>
    </Form>
  );
}

function Field({ ask, ballot, set }: { ask: PollAsk; ballot: Ballot | null; set(ballot: Ballot): void }) {
  const { words } = useHere();
  switch (ask.kind) {
    case 'single':
      return (
        <Choice
          label={words.say('room-poll-choose-one')}
          value={ballot && 'choice' in ballot ? String(ballot.choice) : ''}
          onChange={(value) => set({ choice: Number(value) })}
          options={ask.options.map((label, at) => ({ value: String(at), label }))}
        />
      );
    case 'several':
      return <Several options={ask.options} chosen={ballot && 'choices' in ballot ? ballot.choices : []} set={(choices) => set({ choices })} />;
    case 'scale':
      return (
        <Score
          label={words.say('room-poll-choose-point')}
          low={words.say('room-poll-least')}
          high={words.say('room-poll-most')}
          value={ballot && 'score' in ballot ? ballot.score : null}
          onChange={(score) => score !== null && set({ score })}
        />
      );
    case 'order':
      return <Order options={ask.options} order={ballot && 'order' in ballot ? ballot.order : []} set={(order) => set({ order })} />;
    case 'words':
      return (
        <Text
          single
          label={words.say('room-poll-choose-words')}
          maxLength={WORDS_MOST}
          value={ballot && 'words' in ballot ? ballot.words : ''}
          onChange={(event) => set({ words: event.target.value })}
        />
      );
  }
}

function Several({ options, chosen, set }: { options: readonly string[]; chosen: readonly number[]; set(chosen: number[]): void }) {
  const { words } = useHere();
  return (
    <fieldset className="choice">
      <legend>{words.say('room-poll-choose-several')}</legend>
      <div>
        {options.map((option, at) => (
          <label key={at}>
            <input type="checkbox" checked={chosen.includes(at)} onChange={(event) => set(event.target.checked ? [...chosen, at] : chosen.filter((one) => one !== at))} />
            <span>{option}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Moved by buttons, which every hand and every screen reader can use; what moved is said. */
function Order({ options, order, set }: { options: readonly string[]; order: readonly number[]; set(order: number[]): void }) {
  const { words } = useHere();
  const heading = useId();
  const [moved, setMoved] = useState('');
  const move = (at: number, by: number) => {
    const next = [...order];
    const [option] = next.splice(at, 1);
    if (option === undefined) return;
    next.splice(at + by, 0, option);
    set(next);
    setMoved(words.say('room-poll-moved', { option: options[option] ?? '', place: at + by + 1 }));
  };
  return (
    <div className="poll-order">
      <p id={heading}>{words.say('room-poll-choose-order')}</p>
      <ol aria-labelledby={heading}>
        {order.map((option, at) => (
          <li key={option}>
            <span>{options[option]}</span>
            <Button disabled={at === 0} aria-label={words.say('room-poll-up', { option: options[option] ?? '' })} onClick={() => move(at, -1)}>
              ↑
            </Button>
            <Button disabled={at === order.length - 1} aria-label={words.say('room-poll-down', { option: options[option] ?? '' })} onClick={() => move(at, 1)}>
              ↓
            </Button>
          </li>
        ))}
      </ol>
      <p className="unseen" role="status">
        {moved}
      </p>
    </div>
  );
}
