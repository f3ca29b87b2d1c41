import { useState, type ComponentType } from 'react';
import type { ClosingView } from '../../wire/generated.ts';
import { nameOf, takesTurns } from '../../state/derived.ts';
import { useHere } from '../../view/here.tsx';
import { Button, Form, Text } from '../../view/parts.tsx';
import type { Tool } from '../tool.ts';
import { Card } from './card.tsx';
import { Guide } from './homework.tsx';

const TAKEAWAY_MOST = 300;

type Part = 'takeaways' | 'homework' | 'card';

const PARTS: Record<Part, { key: string; View: ComponentType<{ closing: ClosingView }> }> = {
  takeaways: { key: 'room-closing-takeaways', View: Takeaways },
  homework: { key: 'room-closing-homework', View: MyHomework },
  card: { key: 'room-closing-card', View: Card },
};

function Hearth() {
  const { view, words } = useHere();
  const [part, setPart] = useState<Part>('takeaways');
  const closing = view.tools.closing;
  if (!closing) return null;
  // Facilitators are asked for takeaways too; observers and interpreters only look on.
  const parts: Part[] = closing.open && takesTurns(view) ? ['takeaways', 'homework', 'card'] : ['takeaways', 'homework'];
  const { View } = PARTS[parts.includes(part) ? part : 'takeaways'];
  return (
    <div className="hearth-in closing">
      <p className="eyebrow">{words.say('room-tool-closing')}</p>
      <div className="steps" role="group" aria-label={words.say('room-tool-closing')}>
        {parts.map((one) => (
          <button key={one} type="button" aria-pressed={one === part} onClick={() => setPart(one)}>
            {words.say(PARTS[one].key)}
          </button>
        ))}
      </div>
      <View closing={closing} />
    </div>
  );
}

function Takeaways({ closing }: { closing: ClosingView }) {
  const { view, words, ask } = useHere();
  const [text, setText] = useState('');
  const write = async () => {
    if (await ask({ tool: 'closing', act: { do: 'write_takeaway', text } })) setText('');
  };
  return (
    <>
      <h2>{words.say('room-closing-takeaways-title')}</h2>
      <ul className="shared">
        {closing.takeaways.map(({ id, by, text: said }) => (
          <li key={id}>
            <b>{nameOf(view, by)}</b>
            <span>{said}</span>
            {closing.open && (by === view.you.seat || view.lead) && (
              <button
                type="button"
                className="link"
                aria-label={words.say('room-closing-takeaway-remove-of', { name: nameOf(view, by) })}
                onClick={() => void ask({ tool: 'closing', act: { do: 'remove_takeaway', id } })}
              >
                {words.say('room-closing-takeaway-remove')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {closing.takeaways.length === 0 && <p className="soft">{words.say('room-closing-takeaways-empty')}</p>}
      {closing.open && takesTurns(view) && (
        <Form send={write} className="one-line">
          <Text single label={words.say('room-closing-takeaway')} maxLength={TAKEAWAY_MOST} required value={text} onChange={(event) => setText(event.target.value)} />
          <Button type="submit" look="main">
            {words.say('room-closing-takeaway-add')}
          </Button>
        </Form>
      )}
    </>
  );
}

function MyHomework({ closing }: { closing: ClosingView }) {
  const { words } = useHere();
  return (
    <>
      <h2>{words.say('room-closing-homework-title')}</h2>
      {closing.my_homework.length === 0 ? (
        <p className="soft">{words.say('room-closing-homework-none')}</p>
      ) : (
        <ul className="shared">
          {closing.my_homework.map((one) => (
            <li key={one.id}>
              <span>{one.text}</span>
              <small>{words.say('room-closing-homework-days', { days: one.days })}</small>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Bring({ done }: { done(): void }) {
  const { view, words, ask } = useHere();
  const open = async () => {
    if (await ask({ tool: 'closing', act: { do: 'open' } })) done();
  };
  return (
    <div className="stack">
      <p className="soft">{words.say('room-closing-about')}</p>
      <Button look="main" onClick={() => void open()} disabled={view.tools.closing?.open === true}>
        {words.say('room-closing-open')}
      </Button>
    </div>
  );
}

export const closing: Tool = {
  name: 'closing',
  holds: (view) => view.tools.closing?.open === true,
  Hearth,
  bring: { key: 'room-tool-closing', Form: Bring },
  Guide,
};

export { Hearth as ClosingHearth };
