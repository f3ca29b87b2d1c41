import { useState } from 'react';
import type { ClosingAnswer, ClosingView } from '../../wire/generated.ts';
import { useHere } from '../../view/here.tsx';
import { Button, Form, Score, Text } from '../../view/parts.tsx';

const LINE_MOST = 500;

type Scale = Exclude<keyof ClosingAnswer, 'line'>;

const SCALES: readonly { scale: Scale; key: string; low: string; high: string }[] = [
  { scale: 'mood', key: 'room-card-mood', low: 'room-mood-low', high: 'room-mood-high' },
  { scale: 'heard', key: 'room-card-heard', low: 'room-card-not', high: 'room-card-very' },
  { scale: 'safe', key: 'room-card-safe', low: 'room-card-not', high: 'room-card-very' },
  { scale: 'useful', key: 'room-card-useful', low: 'room-card-not', high: 'room-card-very' },
  { scale: 'connected', key: 'room-card-connected', low: 'room-card-not', high: 'room-card-very' },
];

const BLANK: ClosingAnswer = { mood: null, heard: null, safe: null, useful: null, connected: null, line: '' };

/** The end-of-session card. Every scale may be left out; the line goes to staff only. */
export function Card({ closing }: { closing: ClosingView }) {
  const { words, ask } = useHere();
  const [answer, setAnswer] = useState<ClosingAnswer>({ ...BLANK, ...closing.mine });
  const [again, setAgain] = useState(false);
  const send = async () => {
    if (await ask({ tool: 'closing', act: { do: 'answer', ...answer } })) setAgain(false);
  };
  if (closing.mine && !again) {
    return (
      <>
        <h2>{words.say('room-card-thanks')}</h2>
        <p className="soft">{words.say('room-card-kept')}</p>
        <div className="actions">
          <Button look="quiet" onClick={() => setAgain(true)}>
            {words.say('room-card-change')}
          </Button>
        </div>
      </>
    );
  }
  return (
    <Form send={send} className="stack form">
      <h2>{words.say('room-card-title')}</h2>
      <p className="soft">{words.say('room-card-note')}</p>
      {SCALES.map(({ scale, key, low, high }) => (
        <Score key={scale} skip label={words.say(key)} low={words.say(low)} high={words.say(high)} value={answer[scale]} onChange={(value) => setAnswer({ ...answer, [scale]: value })} />
      ))}
      <Text label={words.say('room-card-line')} hint={words.say('room-card-line-hint')} maxLength={LINE_MOST} value={answer.line} onChange={(event) => setAnswer({ ...answer, line: event.target.value })} />
      <div className="actions">
        <Button type="submit" look="main">
          {words.say('room-card-send')}
        </Button>
      </div>
    </Form>
  );
}
