import { nameOf } from '../../state/derived.ts';
import { useHere } from '../../view/here.tsx';
import { Button } from '../../view/parts.tsx';
import type { InviteCommand } from '../../wire/generated.ts';
import type { Tool } from '../tool.ts';

function useAct() {
  const { ask } = useHere();
  return (act: InviteCommand) => ask({ tool: 'invite', act });
}

/** Seen by the one who is asked and by leaders. Both answers are as large as each other. */
function Hearth() {
  const { view, words } = useHere();
  const act = useAct();
  const asked = view.tools.invite.mine;
  if (!asked) return null;
  return (
    <div className="hearth-in">
      <p className="eyebrow">{words.say('room-invite-eyebrow', { name: nameOf(view, asked.by) })}</p>
      <h2 className="quote">{words.say('room-invite-question')}</h2>
      <p className="soft">{words.say('room-invite-note')}</p>
      <div className="actions">
        <Button onClick={() => void act({ do: 'answer', yes: true })}>{words.say('room-invite-yes')}</Button>
        <Button onClick={() => void act({ do: 'answer', yes: false })}>{words.say('room-not-now')}</Button>
      </div>
    </div>
  );
}

function Guide() {
  const { view, words } = useHere();
  const act = useAct();
  const asked = view.tools.invite.asked ?? [];
  if (asked.length === 0) return null;
  return (
    <section aria-labelledby="guide-invite">
      <h3 id="guide-invite">{words.say('room-invite-title')}</h3>
      <ul className="rows">
        {asked.map((one) => (
          <li key={one.seat}>
            <span>
              {nameOf(view, one.seat)}
              <small>{words.say(one.yes === null || one.yes === undefined ? 'room-invite-waits' : one.yes ? 'room-invite-said-yes' : 'room-invite-said-not-now')}</small>
            </span>
            <Button look="quiet" onClick={() => void act({ do: 'put_away', seat: one.seat })}>
              {words.say(one.yes === null || one.yes === undefined ? 'room-invite-take-back' : 'room-invite-seen')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

export const invite: Tool = { name: 'invite', holds: (view) => Boolean(view.tools.invite.mine), Hearth, bring: null, Guide };
