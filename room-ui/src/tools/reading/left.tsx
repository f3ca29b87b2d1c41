import { useSyncExternalStore } from 'react';
import type { Sheets } from '../../state/sheets.ts';
import { Button } from '../../view/parts.tsx';
import type { Words } from '../../words.ts';

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
            <Button look="quiet" aria-label={words.say('room-reading-forget-of', { title })} onClick={() => sheets.forget(item)}>
              {words.say('room-reading-forget')}
            </Button>
          </div>
        </div>
      ))}
    </div>
  );
}
