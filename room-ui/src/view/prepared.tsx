import type { Prepared as Tool } from '../wire/generated.ts';
import { TEMPLATES } from '../tools/board/index.tsx';
import { type Here, useHere } from './here.tsx';
import { Button } from './parts.tsx';

/** The same words as on the buttons that bring a tool made on the spot. */
const NAMES: Record<Tool['tool'], string> = {
  prompt: 'room-tool-prompt',
  go_round: 'room-tool-go-round',
  poll: 'room-tool-poll',
  quiz: 'room-tool-quiz',
  journal: 'room-tool-journal',
  tables: 'room-tool-tables',
  scene: 'room-tool-role-play',
  calm: 'room-tool-calm',
  board: 'room-tool-board',
  slides: 'room-tool-slides',
  video: 'room-tool-video',
  reading: 'room-tool-reading',
};

function about(tool: Tool, words: Here['words']): string {
  if (tool.tool === 'tables') return tool.prompts.filter(Boolean).join(' · ');
  if (tool.tool === 'board') return tool.template ? words.say(TEMPLATES[tool.template]) : '';
  if (tool.tool === 'quiz' && tool.more?.length) return `${tool.text} (+${tool.more.length})`;
  return 'text' in tool ? tool.text : '';
}

/** What was laid ready for the phase that runs, or for the first one before it begins. One press opens it. */
export function Prepared() {
  const { view, words, ask } = useHere();
  const phase = view.running?.index ?? 0;
  const tools = view.lead?.prepared[phase] ?? [];
  if (tools.length === 0) return null;
  return (
    <section aria-labelledby="guide-prepared">
      <h3 id="guide-prepared">{words.say('room-prepared')}</h3>
      <ul className="rows prepared">
        {tools.map((tool, at) => (
          <li key={at}>
            <span>
              <b>{words.say(NAMES[tool.tool])}</b> {about(tool, words)}
            </span>
            <Button aria-label={words.say('room-prepared-open', { tool: words.say(NAMES[tool.tool]), about: about(tool, words) })} onClick={() => void ask({ do: 'open_prepared', phase, tool: at })}>
              {words.say('room-shelf-open')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
