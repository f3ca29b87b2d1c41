import type { Card, Seat, Stance } from '../wire/generated.ts';
import { clockTo, minutesSeconds, nameOf } from '../state/derived.ts';
import { tel } from '../words.ts';
import { useHere, useNow } from './here.tsx';
import { Button } from './parts.tsx';

export const STANCE_WORDS: Record<Stance, string> = {
  listening: 'room-stance-listening',
  ask_me: 'room-stance-ask-me',
  open: 'room-stance-open',
};

/** What cannot wait, always on top of the facilitator's panel: somebody asks for help, dropped out, or stands at the door. */
export function Alerts({ remove }: { remove?: ((seat: Seat) => void) | undefined }) {
  const { view, words } = useHere();
  const lead = view.lead;
  if (!lead || lead.helps.length + lead.drops.length + lead.waiting.length === 0) return null;
  return (
    <section className="alerts" aria-label={words.say('room-alerts')}>
      {lead.helps.map((help) => (
        <Urgent key={`help ${help.seat}`} seat={help.seat} card={help.card} since={help.at} kind="help" />
      ))}
      {lead.drops.map((drop) => (
        <Urgent key={`drop ${drop.seat}`} seat={drop.seat} card={drop.card} since={drop.since} kind="drop" />
      ))}
      <AtTheDoor remove={remove} />
    </section>
  );
}

const URGENT = {
  help: { title: 'room-alert-help', settle: 'room-alert-help-settle', command: 'settle_help' },
  drop: { title: 'room-alert-drop', settle: 'room-alert-drop-settle', command: 'settle_drop' },
} as const;

function Urgent({ seat, card, since, kind }: { seat: Seat; card: Card; since: number; kind: keyof typeof URGENT }) {
  const { view, words, ask } = useHere();
  const clock = clockTo(since, useNow());
  const says = URGENT[kind];
  return (
    <article className={`alert ${kind}`}>
      <header className="line">
        <h2>{words.say(says.title, { name: nameOf(view, seat) })}</h2>
        <span className="digits">{words.say('room-alert-ago', { time: minutesSeconds(clock) })}</span>
      </header>
      {card.callback && (
        <a className="button main call" href={tel(card.callback)}>
          <span>{words.say('room-alert-call', { number: card.callback })}</span>
        </a>
      )}
      <dl>
        <dt>{words.say('room-alert-location')}</dt>
        <dd>
          {card.location || words.say('room-alert-unknown')}
          {card.alone && ` · ${words.say('room-alert-alone')}`}
        </dd>
        {card.contact_name && (
          <>
            <dt>{words.say('room-alert-contact')}</dt>
            <dd>
              {card.contact_name}
              {card.contact_phone && <Phone number={card.contact_phone} />}
            </dd>
          </>
        )}
        {card.crisis_lines.map((line) => {
          const cut = line.lastIndexOf(':');
          const [label, number] = cut < 0 ? [line, line] : [line.slice(0, cut), line.slice(cut + 1).trim()];
          return (
            <div key={line}>
              <dt>{label}</dt>
              <dd>
                <Phone number={number} />
              </dd>
            </div>
          );
        })}
      </dl>
      {kind === 'help' && (
        <Button onClick={() => void ask({ tool: 'tables', act: { do: 'aside', seat } })}>{words.say('room-aside-name', { name: nameOf(view, seat) })}</Button>
      )}
      <Button onClick={() => void ask({ do: says.command, seat })}>{words.say(says.settle)}</Button>
    </article>
  );
}

function Phone({ number }: { number: string }) {
  return (
    <a className="phone" href={tel(number)}>
      {number}
    </a>
  );
}

function AtTheDoor({ remove }: { remove: ((seat: Seat) => void) | undefined }) {
  const { view, words, ask } = useHere();
  const waiting = view.lead?.waiting ?? [];
  if (waiting.length === 0) return null;
  return (
    <article className="alert door">
      <header className="line">
        <h2>{words.say('room-door-title')}</h2>
        {waiting.length > 1 && <Button onClick={() => void ask({ do: 'admit_all' })}>{words.say('room-admit-all')}</Button>}
      </header>
      <ul className="rows">
        {waiting.map((one) => (
          <li key={one.seat}>
            <span>
              {one.name}
              <small>{one.here ? words.say(one.part === 'member' ? STANCE_WORDS[one.stance] : PART_AT_DOOR[one.part]) : words.say('room-door-gone')}</small>
            </span>
            <span className="pair">
              {remove && (
                <Button look="quiet" aria-label={words.say('room-remove-name', { name: one.name })} onClick={() => remove(one.seat)}>
                  {words.say('room-remove')}
                </Button>
              )}
              <Button look="main" onClick={() => void ask({ do: 'admit', seat: one.seat })} aria-label={words.say('room-admit-name', { name: one.name })}>
                {words.say('room-admit')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </article>
  );
}

const PART_AT_DOOR = { facilitator: 'room-facilitator', member: 'room-member', observer: 'room-observer', interpreter: 'room-interpreter' } as const;
