import { useRef, useState, type PointerEvent } from 'react';
import { useHere, type Here } from '../../view/here.tsx';
import { Button } from '../../view/parts.tsx';
import { Shelf, useShelf } from '../../view/shelf.tsx';
import type { SlidesCommand, SlidesView } from '../../wire/generated.ts';
import type { Tool } from '../tool.ts';
import { Page } from './page.tsx';

/** A finger moves more often than anybody can follow. */
const POINT_EVERY = 200;

function useAct() {
  const { ask } = useHere();
  return (act: SlidesCommand) => ask({ tool: 'slides', act });
}

function Hearth() {
  const { view, words } = useHere();
  const deck = view.tools.slides;
  // A page that somebody looks at alone; nobody else is told of it.
  const [own, setOwn] = useState<number | null>(null);
  if (!deck) return null;
  const page = own === null || view.lead ? deck.page : Math.min(own, deck.pages - 1);
  return (
    <div className="hearth-in slides">
      <h2 className="title">
        {deck.title} <small>{words.say('room-slides-page', { page: page + 1, of: deck.pages })}</small>
      </h2>
      {view.lead ? <Presented deck={deck} /> : <Page key={deck.material} material={deck.material} page={page} spotlight={page === deck.page ? deck.spotlight : null} />}
      {view.lead ? <Lead deck={deck} /> : <Follow deck={deck} page={page} own={own} look={setOwn} />}
    </div>
  );
}

/** Members go with the group, and may look back. */
function Follow({ deck, page, own, look }: { deck: SlidesView; page: number; own: number | null; look(page: number | null): void }) {
  const { words } = useHere();
  return (
    <div className="actions">
      <Button look="quiet" disabled={page === 0} onClick={() => look(page - 1)}>
        {words.say('room-slides-before')}
      </Button>
      {own !== null && page < deck.pages - 1 && (
        <Button look="quiet" onClick={() => look(page + 1)}>
          {words.say('room-slides-next')}
        </Button>
      )}
      {own !== null && own !== deck.page && <Button onClick={() => look(null)}>{words.say('room-slides-follow', { page: deck.page + 1 })}</Button>}
    </div>
  );
}

/** Whoever leads points with the hand that shows: move over the page to point, leave it to stop. */
function Presented({ deck }: { deck: SlidesView }) {
  const act = useAct();
  const last = useRef(0);
  const [points, setPoints] = useState(false);
  const { words } = useHere();
  const point = (event: PointerEvent<HTMLElement>) => {
    if (!points || event.timeStamp - last.current < POINT_EVERY) return;
    last.current = event.timeStamp;
    const box = event.currentTarget.getBoundingClientRect();
    const part = (at: number, size: number) => Math.max(0, Math.min(1_000, Math.round((at / size) * 1_000)));
    void act({ do: 'point', at: { x: part(event.clientX - box.left, box.width), y: part(event.clientY - box.top, box.height) } });
  };
  const lift = () => {
    if (deck.spotlight) void act({ do: 'point', at: null });
  };
  return (
    <>
      <div className="slides-pad" onPointerMove={point} onPointerLeave={lift}>
        <Page key={deck.material} material={deck.material} page={deck.page} spotlight={deck.spotlight} />
      </div>
      <Button look="quiet" aria-pressed={points} onClick={() => setPoints(!points)}>
        {words.say(points ? 'room-slides-point-stop' : 'room-slides-point')}
      </Button>
    </>
  );
}

function Lead({ deck }: { deck: SlidesView }) {
  const { words } = useHere();
  const act = useAct();
  const shelf = useShelf('slides');
  const notes = (shelf || []).find((one) => one.id === deck.material)?.notes[deck.page];
  return (
    <>
      <div className="actions lead" role="group" aria-label={words.say('room-facilitator')}>
        <Button disabled={deck.page === 0} onClick={() => void act({ do: 'turn', page: deck.page - 1 })}>
          {words.say('room-slides-before')}
        </Button>
        <Button disabled={deck.page === deck.pages - 1} onClick={() => void act({ do: 'turn', page: deck.page + 1 })}>
          {words.say('room-slides-next')}
        </Button>
        <Button look="quiet" onClick={() => void act({ do: 'close' })}>
          {words.say('room-slides-close')}
        </Button>
      </div>
      {notes && (
        <p className="notes">
          <small>{words.say('room-slides-notes')}</small> {notes}
        </p>
      )}
    </>
  );
}

function Bring({ done }: { done(): void }) {
  const act = useAct();
  return (
    <Shelf
      kind="slides"
      open={async ({ id, title, pages }) => {
        if (await act({ do: 'open', material: id, title, pages })) done();
      }}
    />
  );
}

/** Left and right turn the page for everybody. */
function keys({ view, ask }: Here): Record<string, () => void> {
  const deck = view.tools.slides;
  if (!deck || !view.lead) return {};
  const turn = (by: number) => () => {
    const page = deck.page + by;
    if (page >= 0 && page < deck.pages) void ask({ tool: 'slides', act: { do: 'turn', page } });
  };
  return { ArrowRight: turn(1), ArrowLeft: turn(-1) };
}

export const slides: Tool = { name: 'slides', wide: true, holds: (view) => Boolean(view.tools.slides), Hearth, bring: { key: 'room-tool-slides', Form: Bring }, Guide: null, keys };
