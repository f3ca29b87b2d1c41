import { useId, useSyncExternalStore } from 'react';
import type { Told } from '../../session.ts';
import type { Keeping, Page } from '../../state/sheets.ts';
import { useHere } from '../../view/here.tsx';
import { Button, Score } from '../../view/parts.tsx';
import type { Blank, Passage } from '../../wire/generated.ts';
import { plain } from './text.tsx';

const SAID: Record<Exclude<Keeping, 'open'>, string> = { keeping: 'room-reading-keeping', kept: 'room-reading-kept', trouble: 'room-reading-trouble' };

export function pageOf(told: Told): Page {
  return { reader: told.reader, title: told.title, prompts: told.prompts, text: told.page };
}

function useSheets() {
  const { session } = useHere();
  useSyncExternalStore(session.library.sheets.subscribe, session.library.sheets.version, session.library.sheets.version);
  return session.library.sheets;
}

/** Room to write beside one question, on this device alone. */
export function Blanks({ item, told, part }: { item: string; told: Told; part: Passage }) {
  const label = plain(part.title);
  return (
    <div className="stack">
      {part.blanks.map((blank, at) => (
        <Fill key={blank.name} item={item} told={told} blank={blank} label={at === 0 ? label : `${label} ${at + 1}`} />
      ))}
    </div>
  );
}

function Fill({ item, told, blank, label }: { item: string; told: Told; blank: Blank; label: string }) {
  const sheets = useSheets();
  const id = useId();
  const value = sheets.answer(item, blank.name);
  const write = (words: string) => sheets.write(item, pageOf(told), blank.name, words);
  if (blank.kind === 'scale') return <Score label={label} skip value={value === '' ? null : Number(value)} onChange={(score) => write(score === null ? '' : String(score))} />;
  return (
    <div className="field">
      <label className="unseen" htmlFor={id}>
        {label}
      </label>
      {blank.kind === 'line' ? (
        <input id={id} type="text" autoComplete="off" maxLength={blank.most} value={value} onChange={(event) => write(event.target.value)} />
      ) : (
        <textarea id={id} rows={3} maxLength={blank.most} value={value} onChange={(event) => write(event.target.value)} />
      )}
    </div>
  );
}

/** Into one's own homework: a sheet with what was written, or an article to read again. */
export function Keep({ item, told }: { item: string; told: Told }) {
  const { words } = useHere();
  const sheets = useSheets();
  const keeping = sheets.keeping(item);
  const note = keeping === 'open' ? (sheets.hasWords(item) ? 'room-reading-not-kept' : null) : SAID[keeping];
  return (
    <div className="stack keep">
      <div className="actions">
        <Button look={told.is_worksheet ? 'main' : 'plain'} disabled={keeping === 'keeping' || keeping === 'kept'} onClick={() => void sheets.keep(item, pageOf(told))}>
          {words.say(told.is_worksheet ? 'room-reading-keep' : 'room-reading-take')}
        </Button>
      </div>
      <p className="soft" role="status">
        {note && words.say(note, { title: told.title })}
      </p>
    </div>
  );
}
