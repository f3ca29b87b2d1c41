import { CaptureUpdateAction, convertToExcalidrawElements, Excalidraw, MainMenu, newElementWith } from '@excalidraw/excalidraw';
import type { ExcalidrawElement, OrderedExcalidrawElement } from '@excalidraw/excalidraw/element/types';
import type { AppState, Collaborator, ExcalidrawImperativeAPI, SocketId } from '@excalidraw/excalidraw/types';
import { useEffect, useMemo, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { beats, BoardSync, pause } from '../../state/board_sync.ts';
import type { BoardChange } from '../../state/board_feed.ts';
import { bound, fromWire, INK, isAllowed, toWire } from './elements.ts';
import type { Given, Mount, Mounted } from './mount.ts';
import { NOTE, place } from './place.ts';

/** A cursor that has not moved for so long is not shown any more. */
const CURSOR_FOR = 6_000;
const POINT_EVERY = 200;
const SLOW = 1_500;
/** Told to wait, or not connected: these are sent again. All other refusals are a no. */
const LATER: readonly string[] = ['too_fast', 'not_kept', 'offline'];

declare const __BOARD_VERSION__: string;

/** Its sheet and its fonts, from our own server. */
const ASSETS = '/assets/room/board/';
const sheet = document.createElement('link');
sheet.rel = 'stylesheet';
sheet.href = `${ASSETS}board.css?${__BOARD_VERSION__}`;
document.head.append(sheet);

const OPTIONS = {
  canvasActions: { changeViewBackgroundColor: false, clearCanvas: false, export: false as const, loadScene: false, saveToActiveFile: false, toggleTheme: false, saveAsImage: false },
  tools: { image: false },
};

export const mount: Mount = (box, first) => {
  const root = createRoot(box);
  const pen: Pen = { api: null };
  const update = (given: Given) => root.render(<Canvas {...given} pen={pen} />);
  const watch = new MutationObserver(() => settle(box));
  watch.observe(box, { childList: true, subtree: true });
  update(first);
  const unmount = () => {
    watch.disconnect();
    root.unmount();
  };
  return Promise.resolve({ update, unmount, ...writing(pen) });
};

/** The canvas, once it is there. */
interface Pen {
  api: ExcalidrawImperativeAPI | null;
}

/** Writing without drawing: what a keyboard and a screen reader can do, the canvas alone cannot. Undo knows it like anything drawn. */
function writing(pen: Pen): Pick<Mounted, 'note' | 'takeBack'> {
  const lay = (elements: readonly ExcalidrawElement[]) => pen.api?.updateScene({ elements, captureUpdate: CaptureUpdateAction.IMMEDIATELY });
  return {
    note(text, under) {
      const there = pen.api?.getSceneElements() ?? [];
      const at = place(there, there.find(({ id }) => id === under) ?? null);
      const made = convertToExcalidrawElements([{ type: 'rectangle', ...at, ...NOTE, label: { text, fontSize: 20, strokeColor: INK } }]);
      lay([...(pen.api?.getSceneElementsIncludingDeleted() ?? []), ...made]);
      return made.map(({ id }) => id);
    },
    takeBack(names) {
      const all = pen.api?.getSceneElementsIncludingDeleted() ?? [];
      lay(all.map((element) => (names.includes(element.id) ? newElementWith(element, { isDeleted: true }) : element)));
    },
  };
}

function Canvas({ pen, ...given }: Given & { pen: Pen }) {
  const { board, session, lang, live } = given;
  const [api, setApi] = useState<ExcalidrawImperativeAPI | null>(null);
  pen.api = api;
  const first = useMemo(() => ordered(session.board.on(board.number).map(fromWire)), [session, board.number]);
  const sync = useSync(api, given);
  useCursors(api, given);
  const pointed = useRef(0);
  useEffect(() => {
    // The whole sheet, however small the window onto it; it has its size only now.
    const timer = setTimeout(() => api && first.length > 0 && api.scrollToContent(first, { fitToViewport: true, viewportZoomFactor: 0.9 }), 60);
    return () => clearTimeout(timer);
  }, [api, first]);
  return (
    <Excalidraw
      excalidrawAPI={setApi}
      initialData={{ elements: first, appState: { currentItemRoughness: 1, currentItemFontSize: 20 }, scrollToContent: true }}
      onChange={(elements, state) => sync.drew(elements, state)}
      onPointerUpdate={({ pointer }) => {
        if (!board.may_draw || Date.now() - pointed.current < POINT_EVERY) return;
        pointed.current = Date.now();
        session.board.point(Math.round(pointer.x), Math.round(pointer.y));
      }}
      // Words may be pasted; pictures and pages of other sites may not.
      onPaste={(data, event) => !(data.files || data.mixedContent || event?.clipboardData?.files.length)}
      viewModeEnabled={!board.may_draw || !live}
      isCollaborating
      theme="dark"
      langCode={lang === 'es' ? 'es-ES' : 'en'}
      UIOptions={OPTIONS}
      handleKeyboardGlobally={false}
      detectScroll={false}
      aiEnabled={false}
      validateEmbeddable={false}
      onLinkOpen={(_, event) => event.preventDefault()}
      renderTopRightUI={() => null}
    >
      {/* Empty: what its own menu offers (files, links, other sites) has no place here. */}
      <MainMenu>{null}</MainMenu>
    </Excalidraw>
  );
}

/** What its parts say of themselves inside a page that is not theirs: a landmark in a landmark, a button read otherwise than it is written. */
function settle(box: HTMLElement): void {
  box.querySelector('footer[role="contentinfo"]')?.setAttribute('role', 'group');
  box.querySelector('.reset-zoom-button[aria-label]')?.removeAttribute('aria-label');
}

function ordered(elements: readonly ExcalidrawElement[]): ExcalidrawElement[] {
  const index = (element: ExcalidrawElement) => element.index ?? '';
  return bound([...elements].sort((one, other) => (index(one) < index(other) ? -1 : index(one) > index(other) ? 1 : one.id < other.id ? -1 : 1)));
}

/** Puts these onto the canvas and takes those away; neither can be undone from here, since it was not done here. */
function show(api: ExcalidrawImperativeAPI, put: readonly ExcalidrawElement[], drop: readonly string[]): void {
  if (put.length === 0 && drop.length === 0) return;
  const all = new Map<string, ExcalidrawElement>(api.getSceneElementsIncludingDeleted().map((element) => [element.id, element]));
  for (const element of put) all.set(element.id, element);
  for (const id of drop) all.delete(id);
  api.updateScene({ elements: ordered([...all.values()]), captureUpdate: CaptureUpdateAction.NEVER });
}

/** What must not be pulled out of somebody's hand: the thing they are drawing or writing just now. */
function inHand(state: AppState): readonly (string | undefined)[] {
  return [state.newElement?.id, state.editingTextElement?.id, state.resizingElement?.id, state.multiElement?.id];
}

/** Whatever is out of hand again takes over what came meanwhile, if that is newer. */
function letGo(api: ExcalidrawImperativeAPI, elements: readonly ExcalidrawElement[], state: AppState, held: Set<string>, session: Given['session']): void {
  const hand = inHand(state);
  const newer = [...held].filter((id) => !hand.includes(id)).flatMap((id) => {
    held.delete(id);
    const [told, ours] = [session.board.elements.get(id), elements.find((element) => element.id === id)];
    return told && ours && beats(told, { version: ours.version, nonce: ours.versionNonce }) ? [fromWire(told)] : [];
  });
  show(api, newer, []);
}

function useSync(api: ExcalidrawImperativeAPI | null, { board, session, tell }: Given) {
  const number = board.number;
  const sync = useMemo(() => new BoardSync<ExcalidrawElement>(toWire, session.board.on(number)), [session, number]);
  const line = useRef<{ timer: ReturnType<typeof setTimeout> | null; flying: boolean }>({ timer: null, flying: false });
  const send = useRef<() => void>(() => undefined);
  /** News of things that were in hand when it came. */
  const held = useRef(new Set<string>());
  send.current = () => {
    if (line.current.timer || line.current.flying) return;
    const batch = sync.take(Date.now());
    if (batch.length === 0 || !api) return;
    const points = batch.reduce((sum, element) => sum + element.points.length, 0);
    const next = (after: number) => {
      line.current.timer = setTimeout(() => {
        line.current.timer = null;
        send.current();
      }, after);
    };
    line.current.flying = true;
    void session.ask({ tool: 'board', act: { do: 'draw', board: number, elements: batch } }).then((no) => {
      line.current.flying = false;
      if (no && LATER.includes(no.why)) sync.again(batch);
      else if (no) {
        sync.refused(batch, session.board.elements);
        const [there, not] = [batch.map(({ id }) => session.board.elements.get(id)), batch.filter(({ id }) => !session.board.elements.has(id))];
        show(api, there.flatMap((element) => (element ? [fromWire(element)] : [])), not.map(({ id }) => id));
        tell(NO[no.why] ?? 'room-no-not-now', 'most' in no ? { most: no.most } : {});
      }
      next(no && LATER.includes(no.why) ? SLOW : pause(points));
    });
  };
  useEffect(() => {
    if (!api) return undefined;
    const hear = (change: BoardChange) => {
      // Told of the board at another table a moment before this one is taken away: nothing of it comes onto this canvas.
      if (session.board.drawn?.board !== number) return;
      const hand = inHand(api.getAppState());
      const ours = new Map(api.getSceneElementsIncludingDeleted().map((element) => [element.id, element]));
      const { put, drop } = sync.heard(change, ours, Date.now());
      for (const { id } of put) if (hand.includes(id)) held.current.add(id);
      show(api, put.filter((element) => !hand.includes(element.id)).map(fromWire), drop);
      send.current();
    };
    const off = session.board.subscribe(hear);
    // What came between the first picture and now.
    hear({ whole: true, elements: session.board.on(number), gone: [] });
    return () => {
      off();
      if (line.current.timer) clearTimeout(line.current.timer);
      line.current.timer = null;
    };
  }, [api, sync, session]);
  return {
    drew(elements: readonly OrderedExcalidrawElement[], state: AppState) {
      if (held.current.size > 0 && api) letGo(api, elements, state, held.current, session);
      const foreign = elements.filter((element) => !element.isDeleted && !isAllowed(element));
      if (foreign.length > 0 && api) return show(api, [], foreign.map(({ id }) => id));
      if (board.may_draw && sync.drew(elements)) send.current();
    },
  };
}

const NO: Record<string, string> = {
  board_closed: 'room-no-board-closed',
  board_full: 'room-no-board-full',
  not_drawing: 'room-no-not-drawing',
  others_drawing: 'room-no-others-drawing',
  too_long: 'room-no-too-long',
  too_many: 'room-no-too-many',
  out_of_range: 'room-no-out-of-range',
  unreadable: 'room-no-unreadable',
  unknown: 'room-no-unknown',
};

const COLORS = ['#f3b562', '#93c2ac', '#8fb8dc', '#f0a184', '#bba8da', '#d0c08c', '#98cccb', '#d9a5bb'];

function useCursors(api: ExcalidrawImperativeAPI | null, { board, session, name }: Given) {
  const latest = useRef(name);
  latest.current = name;
  useEffect(() => {
    if (!api) return undefined;
    const cursors = new Map<number, { collaborator: Collaborator; at: number }>();
    const draw = () => {
      const all = new Map<SocketId, Collaborator>();
      for (const [number, { collaborator, at }] of cursors) {
        if (Date.now() - at > CURSOR_FOR) cursors.delete(number);
        else all.set(String(number) as SocketId, collaborator);
      }
      api.updateScene({ collaborators: all });
    };
    const off = session.board.onPoint(({ number, seat, x, y }) => {
      const color = COLORS[number % COLORS.length] ?? '#f3b562';
      const username = seat === null ? '' : latest.current(seat);
      cursors.set(number, { collaborator: { pointer: { x, y, tool: 'pointer' }, button: 'up', username, color: { background: color, stroke: color } }, at: Date.now() });
      draw();
    });
    const sweep = setInterval(() => cursors.size > 0 && draw(), 1_000);
    return () => {
      off();
      clearInterval(sweep);
    };
  }, [api, session, board.names]);
}
