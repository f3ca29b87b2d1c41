import { useState } from 'react';
import { Button, Choice, Form, Switch, Text } from '../../view/parts.tsx';
import { useHere } from '../../view/here.tsx';
import type { How, View } from '../../wire/generated.ts';
import type { Tool } from '../tool.ts';
import { Guide } from './guide.tsx';
import { Hearth } from './hearth.tsx';

const PROMPT_MOST = 300;
const COUNTS = [2, 3, 4, 5, 6, 7];

/** Members who could be seated now; at each table sit at least two. */
function seatable(view: View): number {
  return Object.values(view.chairs).filter((chair) => chair.part === 'member' && chair.presence === 'here').length;
}

function Lay({ done }: { done(): void }) {
  const { view, words, ask } = useHere();
  const [how, setHow] = useState<How>('draw');
  const [count, setCount] = useState(2);
  const [each, setEach] = useState(false);
  const [prompts, setPrompts] = useState<readonly string[]>([view.phases[view.running?.index ?? -1]?.prompt ?? '']);
  const counts = COUNTS.filter((one) => one === 2 || one * 2 <= seatable(view));
  const write = (at: number, text: string) => setPrompts((old) => Array.from({ length: Math.max(old.length, at + 1) }, (_, one) => (one === at ? text : (old[one] ?? ''))));
  const lay = async () => {
    const all = Array.from({ length: count }, (_, at) => (each ? (prompts[at] ?? '') : (prompts[0] ?? '')));
    if (await ask({ tool: 'tables', act: { do: 'lay', how, prompts: all } })) done();
  };
  return (
    <Form send={lay} className="stack">
      <Choice<How>
        label={words.say('room-tables-how')}
        value={how}
        onChange={setHow}
        options={[
          { value: 'draw', label: words.say('room-tables-draw'), hint: words.say('room-tables-draw-hint') },
          { value: 'by_hand', label: words.say('room-tables-by-hand'), hint: words.say('room-tables-by-hand-hint') },
          { value: 'choice', label: words.say('room-tables-choice'), hint: words.say('room-tables-choice-hint') },
        ]}
      />
      <Choice inline label={words.say('room-tables-count')} value={String(count)} onChange={(value) => setCount(Number(value))} options={counts.map((one) => ({ value: String(one), label: String(one) }))} />
      <Switch label={words.say('room-tables-each')} on={each} onChange={setEach} />
      {Array.from({ length: each ? count : 1 }, (_, at) => (
        <Text
          key={at}
          label={each ? words.say('room-tables-task-of', { table: at + 1 }) : words.say('room-tables-task')}
          maxLength={PROMPT_MOST}
          value={prompts[at] ?? ''}
          onChange={(event) => write(at, event.target.value)}
        />
      ))}
      <Button type="submit" look="main" disabled={Boolean(view.tools.tables.round)}>
        {words.say('room-tables-lay')}
      </Button>
      <p className="soft">{words.say('room-tables-lay-note')}</p>
    </Form>
  );
}

export const tables: Tool = {
  name: 'tables',
  // Before every other tool: whoever sits at a table has to see what it is for.
  holds: ({ you, tools: { tables: state, ...others } }) =>
    Boolean(state.spots[you.seat] || state.round || (state.plan && !state.plan.places) || (state.brought.length > 0 && !others.go_round && !others.check_in?.open && !others.closing?.open)),
  Hearth,
  bring: { key: 'room-tool-tables', Form: Lay },
  Guide,
};
