import { nameOf } from '../../state/derived.ts';
import { useHere } from '../../view/here.tsx';
import { Button } from '../../view/parts.tsx';
import { NO_HEARTH, type Tool } from '../tool.ts';

/** The line of hands with the quiet ones first: a help for the facilitator's eye, never a rule. */
function Guide() {
  const { view, words, ask } = useHere();
  const { order, quiet_first: quietFirst } = view.tools.hands;
  if (order.length === 0) return null;
  return (
    <section aria-labelledby="guide-hands">
      <header className="line">
        <h3 id="guide-hands">{words.say('room-hands-title')}</h3>
        <small>{words.say('room-hands-quiet-first')}</small>
      </header>
      <ol className="rows">
        {(quietFirst ?? order).map((seat) => (
          <li key={seat}>
            <span>
              {nameOf(view, seat)}
              <small>{words.say('room-hand-place', { place: order.indexOf(seat) + 1 })}</small>
            </span>
            <Button onClick={() => void ask({ tool: 'hands', act: { do: 'take', seat } })} aria-label={words.say('room-hands-take-name', { name: nameOf(view, seat) })}>
              {words.say('room-hands-take')}
            </Button>
          </li>
        ))}
      </ol>
    </section>
  );
}

export const hands: Tool = { name: 'hands', ...NO_HEARTH, bring: null, Guide };
