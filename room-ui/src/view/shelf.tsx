import { useEffect, useState } from 'react';
import { useHere } from './here.tsx';
import { Button } from './parts.tsx';

/** A deck or a film of the practice's library, as leaders see it. */
export interface Offered {
  id: number;
  kind: 'slides' | 'video';
  title: string;
  /** Of a deck; a film has none. */
  pages: number;
  /** What whoever presents wanted to remember, page by page. */
  notes: string[];
  captions: boolean;
}

/** What the library offers of a kind; null while it is fetched, false if that did not work. */
export function useShelf(kind: Offered['kind']): Offered[] | null | false {
  const { session } = useHere();
  const [shelf, setShelf] = useState<Offered[] | null | false>(null);
  useEffect(() => {
    let wanted = true;
    session.shelf().then(
      (all) => wanted && setShelf(all.filter((one) => one.kind === kind)),
      () => wanted && setShelf(false),
    );
    return () => {
      wanted = false;
    };
  }, [session, kind]);
  return shelf;
}

/** One press opens it; where there is nothing, the way to the library is shown. */
export function Shelf({ kind, open }: { kind: Offered['kind']; open(one: Offered): Promise<void> }) {
  const { words } = useHere();
  const shelf = useShelf(kind);
  if (shelf === false) return <p role="alert">{words.say('room-shelf-trouble')}</p>;
  return (
    <div className="stack">
      {shelf === null && <p className="soft">{words.say('room-shelf-wait')}</p>}
      {shelf && shelf.length === 0 && <p className="soft">{words.say(kind === 'slides' ? 'room-slides-none' : 'room-video-none')}</p>}
      {shelf && shelf.length > 0 && <ToOpen all={shelf} keyOf={(one) => one.id} open={open} />}
      <p>
        <a href="/materials" target="_blank" rel="noopener">
          {words.say('room-shelf-library')}
        </a>
      </p>
    </div>
  );
}

/** What can be opened, a button to each. */
export function ToOpen<One extends { title: string }>({ all, keyOf, open }: { all: readonly One[]; keyOf(one: One): string | number; open(one: One): Promise<void> }) {
  const { words } = useHere();
  return (
    <ul className="rows">
      {all.map((one) => (
        <li key={keyOf(one)}>
          <span>{one.title}</span>
          <Button aria-label={words.say('room-shelf-open-of', { title: one.title })} onClick={() => void open(one)}>
            {words.say('room-shelf-open')}
          </Button>
        </li>
      ))}
    </ul>
  );
}
