import { useState } from 'react';
import { nameOf, phaseNext, voiceBars } from '../state/derived.ts';
import { TOOLS } from '../tools/registry.ts';
import { counted } from '../words.ts';
import { useHere } from './here.tsx';
import { PHASE_WORDS } from './hearth.tsx';
import { Button } from './parts.tsx';
import { Prepared } from './prepared.tsx';
import { PhaseClock } from './top.tsx';

const EXTEND = 5;

/** The facilitator's guide. Nobody else ever has it in their view. */
export function Guide({ end }: { end(): void }) {
  return (
    <div className="guide">
      <Suggestion />
      <Prepared />
      {TOOLS.map((tool) => tool.Guide && <tool.Guide key={tool.name} />)}
      <Voices />
      <Bring />
      <Agenda end={end} />
    </div>
  );
}

function Suggestion() {
  const { view, words, ask } = useHere();
  const suggestion = view.lead?.suggestion;
  if (!suggestion) return null;
  const name = nameOf(view, suggestion.seat);
  return (
    <section className="suggestion" aria-label={words.say('room-suggestion')}>
      <p>
        {counted(words, 'room-suggestion-quiet-one', 'room-suggestion-quiet-other', suggestion.quiet_minutes, { name })}{' '}
        {words.say(suggestion.wants_to_be_asked ? 'room-suggestion-asks' : 'room-suggestion-open')}
      </p>
      <div className="pair">
        <Button look="quiet" onClick={() => void ask({ do: 'dismiss_suggestion', seat: suggestion.seat })}>
          {words.say('room-suggestion-dismiss')}
        </Button>
        <Button onClick={async () => (await ask({ tool: 'invite', act: { do: 'ask', seat: suggestion.seat } })) && ask({ do: 'dismiss_suggestion', seat: suggestion.seat })}>
          {words.say('room-invite-ask')}
        </Button>
      </div>
    </section>
  );
}

function Voices() {
  const { view, words } = useHere();
  // Where members meet without staff nobody's talk is measured.
  if (!view.lead || view.tools.hosting) return null;
  const { bars, mark } = voiceBars(view.lead);
  const unheard = view.lead.not_heard;
  return (
    <section aria-labelledby="guide-voices">
      <header className="line">
        <h3 id="guide-voices">{words.say('room-voices')}</h3>
        <small>{words.say('room-voices-note')}</small>
      </header>
      <ul className="voices">
        {bars.map(({ seat, share, bar, tone }) => (
          <li key={seat}>
            <span>{seat === view.you.seat ? words.say('room-you') : nameOf(view, seat)}</span>
            <span className="track" aria-hidden="true">
              <span className={`fill ${tone}`} style={{ width: `${bar}%` }} />
              <span className="mark" style={{ left: `${mark}%` }} />
            </span>
            <span className="digits">{`${share}%`}</span>
          </li>
        ))}
      </ul>
      {unheard.length > 0 && view.begun_at && (
        <p className="soft">{words.say('room-not-heard', { names: unheard.map((seat) => nameOf(view, seat)).join(', ') })}</p>
      )}
    </section>
  );
}

function Bring() {
  const { view, words } = useHere();
  const [open, setOpen] = useState<string | null>(null);
  const Form = TOOLS.find((tool) => tool.name === open)?.bring?.Form;
  return (
    <section aria-labelledby="guide-bring">
      <h3 id="guide-bring">{words.say('room-bring')}</h3>
      <div className="bring">
        {TOOLS.map(
          (tool) =>
            tool.bring &&
            !view.tools.hosting?.without.includes(tool.name) && (
              <Button key={tool.name} aria-expanded={open === tool.name} onClick={() => setOpen(open === tool.name ? null : tool.name)}>
                {words.say(tool.bring.key)}
              </Button>
            ),
        )}
      </div>
      {Form && (
        <div className="bring-form">
          <Form done={() => setOpen(null)} />
        </div>
      )}
    </section>
  );
}

function Agenda({ end }: { end(): void }) {
  const { view, words, ask } = useHere();
  const next = phaseNext(view);
  const at = view.running?.index ?? -1;
  const now = view.phases[at];
  return (
    <section aria-labelledby="guide-agenda">
      <header className="line">
        <h3 id="guide-agenda">{words.say('room-agenda')}</h3>
        {now && view.running && (
          <small>
            {words.say(PHASE_WORDS[now.kind])}
            <PhaseClock running={view.running} />
          </small>
        )}
      </header>
      {next && (
        <p className="next">
          <b>{words.say('room-agenda-next', { phase: words.say(PHASE_WORDS[next.phase.kind]), minutes: next.phase.minutes })}</b>
          {(next.phase.prompt || next.phase.theme) && <span>{next.phase.prompt || next.phase.theme}</span>}
        </p>
      )}
      <div className="agenda">
        {!view.begun_at && (
          <Button look="main" onClick={() => void ask({ do: 'begin' })}>
            {words.say('room-begin')}
          </Button>
        )}
        {view.begun_at && next && (
          <Button look="main" onClick={() => void ask({ do: 'phase', index: next.index })}>
            {words.say('room-agenda-go-on', { phase: words.say(PHASE_WORDS[next.phase.kind]) })}
          </Button>
        )}
        {view.running && <Button onClick={() => void ask({ do: 'extend', minutes: EXTEND })}>{words.say('room-agenda-extend', { minutes: EXTEND })}</Button>}
        {at > 0 && <Button onClick={() => void ask({ do: 'phase', index: at - 1 })}>{words.say('room-agenda-back')}</Button>}
        {view.begun_at && (
          <Button look="danger" onClick={end}>
            {words.say('room-end')}
          </Button>
        )}
      </div>
    </section>
  );
}
