import type { Library, Readable, Told } from '../src/session.ts';
import { Sheets, type Home } from '../src/state/sheets.ts';
import { facilitator, member, room, tools } from './samples.ts';
import type { Sample } from './states.ts';
import type { Block, Span } from '../src/wire/generated.ts';

const line = (words: string): Span[] => [{ words, style: { is: 'plain' } }];
const paragraph = (words: string): Block => ({ is: 'paragraph', of: line(words) });

export const SHELF: Readable[] = [
  { item: 'naming-a-feeling', title: 'Naming a feeling', is_worksheet: false },
  { item: 'what-grief-does', title: 'What grief does, and why it comes in waves', is_worksheet: false },
  { item: 'the-worry-slip', title: 'The worry slip', is_worksheet: true },
];

export const ARTICLE: Told = {
  title: 'Naming a feeling',
  lead: 'A feeling that has a name is easier to carry. This is how people find the word.',
  is_worksheet: false,
  keeps: true,
  reader: '7',
  parts: [
    { title: [], blocks: [paragraph('Most of us were never taught to say what we feel. We say “bad”, or “fine”, and mean a dozen things by it.')], blanks: [] },
    {
      title: line('Why a word helps'),
      blocks: [
        { is: 'paragraph', of: [...line('When people put a feeling into '), { words: 'one plain word', style: { is: 'strong' } }, ...line(', the alarm in the body grows a little quieter\u00a0[1].')] },
        { is: 'list', of: { numbered: false, items: [line('Look for the size of it: a little, or a lot.'), line('Look for where it sits: the chest, the stomach, the jaw.'), line('Look for what it wants to do: hide, shout, run, hold on.')] } },
      ],
      blanks: [],
    },
    { title: line('When no word comes'), blocks: [paragraph('That happens. “Something heavy” is a word, too. You can come back to it tomorrow.'), paragraph('Nobody has to say theirs aloud.')], blanks: [] },
  ],
  sources: ['Lieberman, M. D. et al. (2007). Putting feelings into words. Psychological Science, 18(5), 421–428.'],
  page: 'Most of us were never taught to say what we feel.',
  prompts: [],
};

export const WORKSHEET: Told = {
  title: 'The worry slip',
  lead: 'Worries that come in the day are written down, and looked at in the half hour that belongs to them.',
  is_worksheet: true,
  keeps: true,
  reader: '7',
  parts: [
    { title: line('My half hour for worries'), blocks: [], blanks: [{ name: 'answer-0', kind: 'line', most: 200 }] },
    { title: line('Worries that came today'), blocks: [], blanks: [0, 1, 2, 3].map((row) => ({ name: row === 0 ? 'answer-1' : `answer-1-${row}`, kind: 'line' as const, most: 200 })) },
    { title: line('What is in my hands, and what is not?'), blocks: [], blanks: [{ name: 'answer-2', kind: 'long', most: 2_000 }] },
    { title: line('How loud are they now?'), blocks: [], blanks: [{ name: 'answer-3', kind: 'scale', most: 10 }] },
  ],
  sources: [],
  page: '',
  prompts: ['My half hour for worries [line]', 'Worries that came today [list]', 'What is in my hands, and what is not?', 'How loud are they now? [0-10]'],
};

/** Null for what is not open to whoever looks. */
export function told(item: string, keeps: boolean): Told | null {
  const found = item === 'the-worry-slip' ? WORKSHEET : item === 'naming-a-feeling' ? ARTICLE : null;
  return found && { ...found, keeps };
}

export function someLibrary(keeps: boolean): Library {
  return { shelf: () => Promise.resolve(SHELF), words: (item) => Promise.resolve(told(item, keeps)), sheets: new Sheets(someHome()) };
}

/** Keeps everything at once and asks nobody. */
export function someHome(): Home {
  let tokens = 0;
  return { begin: () => Promise.resolve('41'), write: () => Promise.resolve('kept'), token: () => `token-${(tokens += 1)}` };
}

const article = { item: 'naming-a-feeling', title: 'Naming a feeling', part: 1, by: 0 };
const worksheet = { item: 'the-worry-slip', title: 'The worry slip', part: 1, by: 0 };

export const READING_STATES: Record<string, () => Sample> = {
  'member-reading': () => ({ room: room(member(9, { tools: tools({ reading: article }) })) }),
  'member-worksheet': () => ({ room: room(member(9, { tools: tools({ reading: worksheet }) })), written: worksheet.item }),
  'member-reading-closed': () => ({ room: room(member(3, { tools: tools({ reading: { ...article, item: 'not-answering-the-urge', title: 'Not answering the urge' } }) })) }),
  'member-reading-left': () => ({ room: room(member(9)), written: worksheet.item }),
  'ended-reading-left': () => ({ room: room(member(9), { link: 'over', farewell: 'ended' }), written: worksheet.item }),
  'lead-reading': () => ({ room: room(facilitator(9, { tools: tools({ reading: article }) })) }),
  'lead-worksheet': () => ({ room: room(facilitator(9, { tools: tools({ reading: worksheet }) })), start: { panel: false } }),
};
