import { useState } from 'react';
import { useHere } from '../../view/here.tsx';
import { Button, Form, Text } from '../../view/parts.tsx';
import type { Tool } from '../tool.ts';

const MOST = 300;

function Hearth() {
  const { view, words, ask } = useHere();
  const text = view.tools.prompt?.text ?? '';
  return (
    <div className="hearth-in">
      <p className="eyebrow">{words.say('room-prompt-eyebrow')}</p>
      <h2 className="quote">{text}</h2>
      {view.lead && (
        <div className="actions">
          <Button look="quiet" onClick={() => void ask({ tool: 'prompt', act: { do: 'clear' } })}>
            {words.say('room-prompt-clear')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Ask({ done }: { done(): void }) {
  const { words, ask } = useHere();
  const [text, setText] = useState('');
  const show = async () => {
    if (await ask({ tool: 'prompt', act: { do: 'show', text } })) done();
  };
  return (
    <Form send={show} className="stack">
      <Text label={words.say('room-prompt-text')} maxLength={MOST} required value={text} onChange={(event) => setText(event.target.value)} />
      <Button type="submit" look="main">
        {words.say('room-prompt-show')}
      </Button>
    </Form>
  );
}

export const prompt: Tool = {
  name: 'prompt',
  holds: (view) => Boolean(view.tools.prompt),
  Hearth,
  bring: { key: 'room-tool-prompt', Form: Ask },
  Guide: null,
};
