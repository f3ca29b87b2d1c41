import { useState } from 'react';
import type { HostingCommand, HostingView, Seat, View } from '../../wire/generated.ts';
import { nameOf, seated } from '../../state/derived.ts';
import { useHere } from '../../view/here.tsx';
import { Button, Form, Select } from '../../view/parts.tsx';
import type { Tool } from '../tool.ts';

/** The steps of the script, in the order of `care::peer::SCRIPT`. */
const TITLES = ['room-host-welcome', 'room-host-rules', 'room-host-round', 'room-host-takes', 'room-host-closing'] as const;
const SAYS = ['room-host-welcome-say', 'room-host-rules-say', 'room-host-round-say', 'room-host-takes-say', 'room-host-closing-say'] as const;
const RULES = TITLES.indexOf('room-host-rules');
const ROUND = TITLES.indexOf('room-host-round');
/** Seconds of each turn in the round. */
const TURN = 120;

export function titleOf(step: number): string {
  return TITLES[step] ?? TITLES[0];
}

export function useAct() {
  const { ask } = useHere();
  return (act: HostingCommand) => ask({ tool: 'hosting', act });
}

/** Who hosts, as this reader would say it. */
export function Host({ hosting }: { hosting: HostingView }) {
  const { view, words } = useHere();
  const host = hosting.host;
  if (host === null) return <>{words.say('room-host-nobody')}</>;
  return <>{host === view.you.seat ? words.say('room-host-you') : words.say('room-host-name', { name: nameOf(view, host) })}</>;
}

function Hearth() {
  const { view } = useHere();
  const hosting = view.tools.hosting;
  if (!hosting) return null;
  const hosts = hosting.host === view.you.seat;
  if (hosting.alone) return <Alone />;
  if (!view.begun_at) return <Before hosting={hosting} />;
  return hosts ? <Script hosting={hosting} /> : <Step hosting={hosting} />;
}

/** Ten minutes, and nobody else is here. */
function Alone() {
  const { words, ask } = useHere();
  return (
    <div className="hearth-in" role="status">
      <h2 className="quote">{words.say('room-host-alone-title')}</h2>
      <p className="soft">{words.say('room-host-alone')}</p>
      <div className="actions">
        <Button look="main" onClick={() => void ask({ do: 'leave' })}>
          {words.say('room-host-alone-leave')}
        </Button>
      </div>
    </div>
  );
}

function Before({ hosting }: { hosting: HostingView }) {
  const { words } = useHere();
  return (
    <div className="hearth-in">
      <p className="eyebrow">
        <Host hosting={hosting} />
      </p>
      <h2 className="quote">{words.say('room-host-before-title')}</h2>
      <p className="soft">{words.say('room-host-before')}</p>
      <Offers hosting={hosting} />
    </div>
  );
}

/** What everybody sees while somebody else hosts. */
function Step({ hosting }: { hosting: HostingView }) {
  const { view, words } = useHere();
  // "No staff are here" is not said to those who have called somebody in.
  const among = hosting.step === RULES && seated(view).every((chair) => chair.part === 'member' || chair.presence === 'empty');
  return (
    <div className="hearth-in">
      <p className="eyebrow">
        <Host hosting={hosting} />
      </p>
      <h2 className="quote">{words.say(titleOf(hosting.step))}</h2>
      <p className="soft">{words.say(among ? 'room-host-rules-say' : 'room-host-step-note')}</p>
      <Offers hosting={hosting} />
    </div>
  );
}

/** Nobody hosts: whoever likes does. */
function Offers({ hosting }: { hosting: HostingView }) {
  const { view, words } = useHere();
  const act = useAct();
  if (view.you.part !== 'member') return null;
  const hosts = hosting.host === view.you.seat;
  return (
    <div className="actions">
      {hosting.host === null && <Button onClick={() => void act({ do: 'take' })}>{words.say('room-host-take')}</Button>}
      {hosts && <Button onClick={() => void act({ do: 'not_me' })}>{words.say('room-host-not-me')}</Button>}
    </div>
  );
}

/** The host's own: what to say now, how long about, and the next step. */
function Script({ hosting }: { hosting: HostingView }) {
  const { view, words, ask } = useHere();
  const act = useAct();
  const step = hosting.step;
  const next = step + 1 < TITLES.length ? step + 1 : null;
  const round = () => void ask({ tool: 'go_round', act: { do: 'open', prompt: words.say('room-host-round-prompt'), order: 'seats', seconds: TURN } });
  return (
    <div className="hearth-in">
      <p className="eyebrow">{words.say('room-host-step', { number: step + 1, of: TITLES.length, minutes: hosting.steps[step] ?? 0 })}</p>
      <h2>{words.say(titleOf(step))}</h2>
      <p className="soft">{words.say('room-host-say-it')}</p>
      <p className="quote say">{words.say(SAYS[step] ?? SAYS[0], { minutes: view.minutes })}</p>
      <div className="actions">
        {step === ROUND && <Button onClick={round}>{words.say('room-host-open-round')}</Button>}
        {next !== null && (
          <Button look="main" onClick={() => void act({ do: 'step', index: next })}>
            {words.say('room-host-next', { step: words.say(titleOf(next)) })}
          </Button>
        )}
        {step > 0 && <Button onClick={() => void act({ do: 'step', index: step - 1 })}>{words.say('room-host-back')}</Button>}
        {next === null && <End look="main" />}
      </div>
      <Care hosting={hosting} view={view} ended={next === null} />
    </div>
  );
}

/** Ends it for everybody; asked once more, since nobody can take it back. */
function End({ look }: { look: 'main' | 'quiet' }) {
  const { words, ask } = useHere();
  const [sure, setSure] = useState(false);
  return (
    <Button look={sure ? 'danger' : look} onClick={() => (sure ? void ask({ do: 'end' }) : setSure(true))}>
      {words.say(sure ? 'room-host-end-sure' : 'room-host-end')}
    </Button>
  );
}

/** The rest that a host may do: quiet the room, give the hosting away, end before the last step. */
function Care({ hosting, view, ended }: { hosting: HostingView; view: View; ended: boolean }) {
  const { words, ask } = useHere();
  const act = useAct();
  const [to, setTo] = useState('');
  const others = seated(view).filter((chair) => !chair.you && chair.part === 'member' && chair.presence === 'here');
  const give = async () => {
    const seat: Seat = Number(to);
    if (to !== '') await act({ do: 'hand_over', seat });
  };
  return (
    <details className="host-more">
      <summary>{words.say('room-host-more')}</summary>
      <div className="actions">
        <Button look="quiet" onClick={() => void ask({ do: 'mute_all' })}>
          {words.say('room-mute-all')}
        </Button>
        {hosting.next !== null && (
          <Button look="quiet" onClick={() => void act({ do: 'not_me' })}>
            {words.say('room-host-not-me')}
          </Button>
        )}
        {!ended && <End look="quiet" />}
      </div>
      {others.length > 0 && (
        <Form send={give} className="stack">
          <Select label={words.say('room-host-hand-over')} required value={to} onChange={setTo}>
            <option value="">{words.say('room-feedback-choose')}</option>
            {others.map((chair) => (
              <option key={chair.seat} value={chair.seat}>
                {chair.name}
              </option>
            ))}
          </Select>
          <Button type="submit">{words.say('room-host-hand-over-send')}</Button>
        </Form>
      )}
    </details>
  );
}

export const hosting: Tool = { name: 'hosting', holds: (view) => Boolean(view.tools.hosting), Hearth, bring: null, Guide: null };
