import { useEffect, useRef, useState } from 'react';
import type { Deck } from '../../media/deck.ts';
import { useHere } from '../../view/here.tsx';
import { Button } from '../../view/parts.tsx';
import type { Spotlight } from '../../wire/generated.ts';

interface PageProps {
  material: number;
  page: number;
  spotlight: Spotlight | null;
}

/** One page of a deck, drawn. Its text stands beside it for those who hear the page instead of seeing it. */
export function Page({ material, page, spotlight }: PageProps) {
  const { words } = useHere();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [tries, setTries] = useState(0);
  const [text, setText] = useState('');
  const deck = useDeck(material, tries);
  const width = useWidth(canvas);
  useEffect(() => {
    const surface = canvas.current;
    if (!deck || !surface || width === 0) return undefined;
    let wanted = true;
    // Drawn aside first: turning fast must not mix two pages on one canvas.
    const sheet = document.createElement('canvas');
    deck.draw(sheet, page, width * devicePixelRatio).then(
      (told) => {
        if (!wanted) return;
        surface.width = sheet.width;
        surface.height = sheet.height;
        surface.getContext('2d')?.drawImage(sheet, 0, 0);
        setText(told);
      },
      () => wanted && setText(''),
    );
    return () => {
      wanted = false;
    };
  }, [deck, page, width]);
  if (deck === false) {
    return (
      <div role="alert" className="stack">
        <p>{words.say('room-slides-trouble')}</p>
        <Button onClick={() => setTries(tries + 1)}>{words.say('room-slides-again')}</Button>
      </div>
    );
  }
  return (
    <div className="sheet">
      <canvas ref={canvas} aria-hidden="true" />
      {deck === null && <p className="soft">{words.say('room-slides-wait')}</p>}
      {spotlight && <span className="spotlight" style={{ left: `${spotlight.x / 10}%`, top: `${spotlight.y / 10}%` }} aria-hidden="true" />}
      <p className="unseen" role="status">
        {words.say('room-slides-reads', { page: page + 1 })} {text}
      </p>
    </div>
  );
}

/** The deck and what draws it are fetched when the first deck is shown: most sessions have none. */
function useDeck(material: number, tries: number): Deck | null | false {
  const { session } = useHere();
  const [deck, setDeck] = useState<Deck | null | false>(null);
  useEffect(() => {
    let wanted = true;
    let held: Deck | null = null;
    setDeck(null);
    session.deck(material).then(
      (loaded) => {
        held = loaded;
        if (wanted) setDeck(loaded);
        else loaded?.close();
      },
      () => wanted && setDeck(false),
    );
    return () => {
      wanted = false;
      held?.close();
    };
  }, [session, material, tries]);
  return deck;
}

function useWidth(box: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!box.current) return undefined;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, [box]);
  return width;
}
