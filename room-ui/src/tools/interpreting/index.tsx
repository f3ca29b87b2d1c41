import { useEffect, useRef, useState } from 'react';
import { nameOf } from '../../state/derived.ts';
import { FLOORS } from '../../state/hearing.ts';
import { useHere } from '../../view/here.tsx';
import { Button, Choice, Form, Switch, Text } from '../../view/parts.tsx';
import { counted } from '../../words.ts';
import type { ChannelView, InterpretingCommand } from '../../wire/generated.ts';
import { NO_HEARTH, type Tool } from '../tool.ts';

const FLOOR_WORDS = { quiet: 'room-interpreting-floor-quiet', off: 'room-interpreting-floor-off', full: 'room-interpreting-floor-full' } as const;
const LANGUAGE_MOST = 40;
const LINE_MOST = 200;
/** What is being typed is shown this often, in milliseconds: soon enough to follow, seldom enough for a thin line. */
const SHOWN_EVERY = 400;

function useAct() {
  const { ask } = useHere();
  return (act: InterpretingCommand) => ask({ tool: 'interpreting', act });
}

/** Stands below the circle while somebody interprets or types, and for whoever could. */
export function Interpreting() {
  const { view, words } = useHere();
  const { channels, captions } = view.tools.interpreting;
  const could = view.you.part === 'interpreter';
  if (!could && channels.length === 0 && !captions) return null;
  return (
    <section className="interpreting" aria-label={words.say('room-interpreting-title')}>
      <Captions />
      {could ? <Desk /> : channels.map((channel) => <Channel key={channel.seat} channel={channel} />)}
    </section>
  );
}

/** The last lines. Whoever does not need them sees one button. */
function Captions() {
  const { view, words, own, session } = useHere();
  const { captions } = view.tools.interpreting;
  if (!captions) return null;
  const mine = captions.by === view.you.seat;
  return (
    <div className="captions">
      {(own.captions || mine) && (
        <div className="lines" role="log" aria-label={words.say('room-captions-by', { name: nameOf(view, captions.by) })}>
          {captions.lines.length === 0 && <p className="soft">{words.say('room-captions-empty')}</p>}
          {captions.lines.map((line, index) => (
            <p key={index}>{line}</p>
          ))}
        </div>
      )}
      {!mine && (
        <Button look="quiet" aria-pressed={own.captions} onClick={() => session.setCaptions(!own.captions)}>
          {words.say(own.captions ? 'room-captions-hide' : 'room-captions-show')}
        </Button>
      )}
    </div>
  );
}

function Channel({ channel: { seat, language, aloud } }: { channel: ChannelView }) {
  const { view, words, own, session } = useHere();
  const act = useAct();
  const name = nameOf(view, seat);
  const on = view.tools.interpreting.listening === seat;
  return (
    <div className="channel">
      <p>
        <b lang="">{language}</b> <span className="soft">{words.say(aloud ? 'room-interpreting-aloud' : 'room-interpreting-by', { name })}</span>
      </p>
      <Button look={on ? 'plain' : 'main'} aria-pressed={on} onClick={() => void act({ do: 'listen', to: on ? null : seat })}>
        {words.say(on ? 'room-interpreting-stop' : 'room-interpreting-listen', { language })}
      </Button>
      {on && !aloud && (
        <Choice
          inline
          label={words.say('room-interpreting-floor')}
          value={own.floor}
          onChange={(floor) => session.setFloor(floor)}
          options={FLOORS.map((floor) => ({ value: floor, label: words.say(FLOOR_WORDS[floor]) }))}
        />
      )}
    </div>
  );
}

/** What the interpreter and the captioner work with. */
function Desk() {
  const { view, words } = useHere();
  const act = useAct();
  const { channels, captions, listeners } = view.tools.interpreting;
  const mine = channels.find((channel) => channel.seat === view.you.seat);
  const types = captions?.by === view.you.seat;
  return (
    <div className="desk">
      {mine ? (
        <div className="channel">
          <p>
            <b lang="">{mine.language}</b> <span className="soft">{counted(words, 'room-interpreting-listener', 'room-interpreting-listeners', listeners ?? 0)}</span>
          </p>
          <Switch label={words.say('room-interpreting-to-all')} on={mine.aloud} onChange={(on) => void act({ do: 'aloud', on })} />
          <Button onClick={() => void act({ do: 'close' })}>{words.say('room-interpreting-close')}</Button>
        </div>
      ) : (
        <Begin />
      )}
      {types && <Line />}
      {(types || !captions) && (
        <Button look="quiet" onClick={() => void act({ do: 'captions', on: !types })}>
          {words.say(types ? 'room-captions-end' : 'room-captions-start')}
        </Button>
      )}
    </div>
  );
}

function Begin() {
  const { words } = useHere();
  const act = useAct();
  const [language, setLanguage] = useState('');
  return (
    <Form className="channel" send={async () => void (language.trim() && (await act({ do: 'open', language })))}>
      <Text single label={words.say('room-interpreting-language')} hint={words.say('room-interpreting-hint')} maxLength={LANGUAGE_MOST} value={language} onChange={(event) => setLanguage(event.target.value)} />
      <Button type="submit" look="main" disabled={language.trim() === ''}>
        {words.say('room-interpreting-open')}
      </Button>
    </Form>
  );
}

/** One line at a time; what is typed is seen before it is finished. */
function Line() {
  const { words } = useHere();
  const act = useAct();
  const [text, setText] = useState('');
  const shown = useRef('');
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    if (text === shown.current) return undefined;
    const timer = setTimeout(() => {
      shown.current = text;
      void latest.current({ do: 'type', text, done: false });
    }, SHOWN_EVERY);
    return () => clearTimeout(timer);
  }, [text]);
  const finish = async () => {
    if (text.trim() === '' || !(await act({ do: 'type', text, done: true }))) return;
    shown.current = '';
    setText('');
  };
  return (
    <Form send={finish} className="line">
      <Text single label={words.say('room-captions-line')} hint={words.say('room-captions-hint')} maxLength={LINE_MOST} value={text} onChange={(event) => setText(event.target.value)} />
    </Form>
  );
}

export const interpreting: Tool = { name: 'interpreting', ...NO_HEARTH, bring: null, Guide: null };
