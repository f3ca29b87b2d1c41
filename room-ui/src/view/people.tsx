import type { Seat } from '../wire/generated.ts';
import { seated } from '../state/derived.ts';
import { STANCE_WORDS } from './alerts.tsx';
import { useHere } from './here.tsx';
import { Button } from './parts.tsx';

const PART_WORDS = { facilitator: 'room-facilitator', member: 'room-member', observer: 'room-observer', interpreter: 'room-interpreter' } as const;

/** Everybody in the room, and at the door, with what a facilitator may do for them. */
export function People({ remove }: { remove(seat: Seat): void }) {
  const { view, words } = useHere();
  return (
    <div className="people">
      {/* Who waits is shown above every tab, with the same buttons. */}
      {view.lead?.waiting.length === 0 && <p className="soft nobody">{words.say('room-people-door-empty')}</p>}
      <InCircle remove={remove} />
    </div>
  );
}

function InCircle({ remove }: { remove(seat: Seat): void }) {
  const { view, words, ask } = useHere();
  return (
    <section aria-labelledby="people-circle">
      <header className="line">
        <h3 id="people-circle">{words.say('room-circle')}</h3>
        <Button onClick={() => void ask({ do: 'mute_all' })}>{words.say('room-mute-all')}</Button>
      </header>
      <ul className="rows people-rows">
        {seated(view).map((chair) => {
          const stance = view.lead?.stances[chair.seat];
          const here = chair.presence !== 'empty';
          return (
            <li key={chair.seat}>
              <span>
                {chair.you ? words.say('room-name-you', { name: chair.name }) : chair.name}
                <small>
                  {!here ? words.say('room-chair-empty') : words.say(stance ? STANCE_WORDS[stance] : PART_WORDS[chair.part])}
                </small>
              </span>
              {!chair.you && here && (
                <span className="pair">
                  {chair.mic && (
                    <Button look="quiet" aria-label={words.say('room-mute-name', { name: chair.name })} onClick={() => void ask({ do: 'mute', seat: chair.seat })}>
                      {words.say('room-mute')}
                    </Button>
                  )}
                  {chair.part !== 'facilitator' && (
                    <>
                      {chair.part === 'member' && !chair.listening && (
                        <Button look="quiet" aria-label={words.say('room-invite-name', { name: chair.name })} onClick={() => void ask({ tool: 'invite', act: { do: 'ask', seat: chair.seat } })}>
                          {words.say('room-invite-ask')}
                        </Button>
                      )}
                      <Button look="quiet" aria-label={words.say('room-aside-name', { name: chair.name })} onClick={() => void ask({ tool: 'tables', act: { do: 'aside', seat: chair.seat } })}>
                        {words.say('room-aside-go')}
                      </Button>
                      <Button look="quiet" aria-label={words.say('room-send-back-name', { name: chair.name })} onClick={() => void ask({ do: 'send_back', seat: chair.seat })}>
                        {words.say('room-send-back')}
                      </Button>
                      <Button look="quiet" aria-label={words.say('room-remove-name', { name: chair.name })} onClick={() => remove(chair.seat)}>
                        {words.say('room-remove')}
                      </Button>
                    </>
                  )}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
