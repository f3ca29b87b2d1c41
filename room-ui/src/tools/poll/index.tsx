import { useState } from 'react';
import { takesTurns } from '../../state/derived.ts';
import { useHere } from '../../view/here.tsx';
import { filled, OptionList } from '../../view/option_list.tsx';
import { Button, Choice, Form, Select, Text } from '../../view/parts.tsx';
import type { PollCommand, PollKind, PollView } from '../../wire/generated.ts';
import type { Tool } from '../tool.ts';
import { Answer } from './answer.tsx';
import { Result } from './result.tsx';

const QUESTION_MOST = 300;
const KINDS: readonly PollKind[] = ['single', 'several', 'scale', 'order', 'words'];
const KIND_WORDS = {
  single: 'room-poll-single',
  several: 'room-poll-several',
  scale: 'room-poll-scale',
  order: 'room-poll-order',
  words: 'room-poll-words',
} as const;

function useAct() {
  const { ask } = useHere();
  return (act: PollCommand) => ask({ tool: 'poll', act });
}

function Hearth() {
  const { view, words } = useHere();
  const poll = view.tools.poll;
  if (!poll) return null;
  return (
    <div className="hearth-in poll">
      <p className="eyebrow">
        {words.say(poll.ask.named ? 'room-poll-named' : 'room-poll-anonymous')}
        {' · '}
        {words.say('room-poll-answered', { done: poll.answered, of: poll.of })}
      </p>
      <h2 className="quote">{poll.ask.question}</h2>
      {poll.open && takesTurns(view) && <Own key={poll.id} poll={poll} />}
      {poll.result && <Result poll={poll} result={poll.result} />}
      {poll.too_few && <p className="soft">{words.say('room-poll-too-few')}</p>}
      {!poll.open && poll.ask.named && !poll.result && <p className="soft">{words.say('room-poll-nobody')}</p>}
      {view.lead && <Lead poll={poll} />}
    </div>
  );
}

/** One's own answer: asked for, given, or lost with the room's memory and asked for again. */
function Own({ poll }: { poll: PollView }) {
  const { words } = useHere();
  const act = useAct();
  const [again, setAgain] = useState(false);
  if (poll.mine && !again) {
    return (
      <>
        <p className="soft" role="status">
          {words.say('room-poll-thanks')}
        </p>
        <div className="actions">
          <Button look="quiet" onClick={() => setAgain(true)}>
            {words.say('room-poll-change')}
          </Button>
        </div>
      </>
    );
  }
  return (
    <>
      {poll.again && (
        <p className="soft" role="status">
          {words.say('room-poll-again')}
        </p>
      )}
      <Answer
        ask={poll.ask}
        mine={poll.mine}
        send={async (ballot) => {
          if (await act({ do: 'vote', id: poll.id, ballot })) setAgain(false);
        }}
      />
      <small>{words.say(poll.ask.named ? (poll.ask.live ? 'room-poll-named-live' : 'room-poll-named-note') : 'room-poll-anonymous-note')}</small>
    </>
  );
}

function Lead({ poll }: { poll: PollView }) {
  const { words } = useHere();
  const act = useAct();
  return (
    <div className="actions lead" role="group" aria-label={words.say('room-facilitator')}>
      <Button look="quiet" onClick={() => void act({ do: poll.open ? 'close' : 'put_away' })}>
        {words.say(poll.open ? 'room-poll-close' : 'room-poll-put-away')}
      </Button>
    </div>
  );
}

function Bring({ done }: { done(): void }) {
  const { view, words } = useHere();
  const act = useAct();
  const [kind, setKind] = useState<PollKind>('single');
  const [question, setQuestion] = useState('');
  const [options, setOptions] = useState<readonly string[]>(['', '']);
  const [named, setNamed] = useState<'anonymous' | 'named'>('anonymous');
  const [when, setWhen] = useState<'end' | 'live'>('end');
  const chosen = kind === 'single' || kind === 'several' || kind === 'order';
  const open = async () => {
    const ask = { kind, question, options: chosen ? filled(options) : [], named: named === 'named', live: named === 'named' && when === 'live' };
    if (await act({ do: 'open', ...ask })) done();
  };
  return (
    <Form send={open} className="stack">
      <Text single label={words.say('room-poll-question')} maxLength={QUESTION_MOST} required value={question} onChange={(event) => setQuestion(event.target.value)} />
      <Select label={words.say('room-poll-kind')} value={kind} onChange={(value) => setKind(value as PollKind)}>
        {KINDS.map((one) => (
          <option key={one} value={one}>
            {words.say(KIND_WORDS[one])}
          </option>
        ))}
      </Select>
      {chosen && <OptionList options={options} onChange={setOptions} />}
      <Choice<'anonymous' | 'named'>
        inline
        label={words.say('room-poll-who')}
        value={named}
        onChange={setNamed}
        options={[
          { value: 'anonymous', label: words.say('room-poll-without-names') },
          { value: 'named', label: words.say('room-poll-with-names') },
        ]}
      />
      {named === 'named' ? (
        <Choice<'end' | 'live'>
          inline
          label={words.say('room-poll-when')}
          value={when}
          onChange={setWhen}
          options={[
            { value: 'end', label: words.say('room-poll-at-end') },
            { value: 'live', label: words.say('room-poll-live') },
          ]}
        />
      ) : (
        <p className="soft">{words.say('room-poll-anonymous-how')}</p>
      )}
      <Button type="submit" look="main" disabled={view.tools.poll?.open === true}>
        {words.say('room-poll-open')}
      </Button>
    </Form>
  );
}

export const poll: Tool = {
  name: 'poll',
  // A result that nobody put away stands in the way of nothing that came after it.
  holds: ({ tools: { poll: state, go_round, check_in, closing } }) => Boolean(state && (state.open || !(go_round || check_in?.open || closing?.open))),
  Hearth,
  bring: { key: 'room-tool-poll', Form: Bring },
  Guide: null,
};
