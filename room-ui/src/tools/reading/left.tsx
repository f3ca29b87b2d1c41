import { useSyncExternalStore } from 'react';
import type { Sheets } from '../../state/sheets.ts';
import { Over } from '../../view/pages.tsx';
import { Button } from '../../view/parts.tsx';
import type { Farewell } from '../../wire/generated.ts';
import type { Words } from '../../words.ts';

/** The room is over for us. Whoever has something left is not led on before they said what becomes of it. */
export function Leaving({ sheets, words, farewell }: { sheets: Sheets; words: Words; farewell: Farewell | null }) {
  useSyncExternalStore(sheets.subscribe, sheets.version, sheets.version);
  const stays = farewell === 'replaced' || farewell === 'too_fast';
  const waits = !stays && sheets.unkept().length > 0;
  return (
    <>
      {waits ? (
        <div className="page">
          <h1>{words.say('room-reading-leaving')}</h1>
        </div>
      ) : (
        <Over words={words} farewell={farewell} />
      )}
      <Left sheets={sheets} words={words} open={null} />
    </>
  );
}

/** What somebody wrote in a sheet that is put away, or in a room that is over: still here, until they keep it or let it go. */
export function Left({ sheets, words, open }: { sheets: Sheets; words: Words; open: string | null }) {
  useSyncExternalStore(sheets.subscribe, sheets.version, sheets.version);
  const left = sheets.unkept().filter((one) => one.item !== open);
  return (
    <div role="status" className="left-sheets">
      {left.map(({ item, title, keeping }) => (
        <div key={item} className="left-sheet">
          <p>{words.say(keeping === 'trouble' ? 'room-reading-trouble' : 'room-reading-left', { title })}</p>
          <div className="pair">
            <Button look="main" disabled={keeping === 'keeping'} onClick={() => void sheets.keep(item)}>
              {words.say('room-reading-keep')}
            </Button>
            <Button look="quiet" disabled={keeping === 'keeping'} aria-label={words.say('room-reading-forget-of', { title })} onClick={() => sheets.forget(item)}>
              {words.say('room-reading-forget')}
            </Button>
          </div>
        </div>
      ))}
    </div>
  );
}
