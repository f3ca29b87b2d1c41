import { useEffect, useMemo, useRef, useState } from 'react';
import { circleKind, columnsFor, ringOf, type Circle as Places } from '../state/circle.ts';
import { around, handPlace, isBeside, partOf, spotOf } from '../state/derived.ts';
import { isHeard } from '../state/hearing.ts';
import type { Tile } from '../state/wants.ts';
import { TOOLS } from '../tools/registry.ts';
import { Chair } from './chair.tsx';
import { Hearth } from './hearth.tsx';
import { useHere } from './here.tsx';

/** The circle and the hearth. Its order is the order of the seats on every screen, our own seat included. */
export function Circle() {
  const { view, room, own, session, words } = useHere();
  const stage = useRef<HTMLDivElement>(null);
  const size = useSize(stage);
  const chairs = around(view);
  const count = chairs.length;
  const wide = TOOLS.find((tool) => tool.holds(view))?.wide === true && !view.ended;
  const places = useMemo(() => layOut(count, size, wide), [count, size, wide]);
  useTiles(stage, `${count} ${places?.kind} ${view.tools.share.seat} ${size?.width} ${size?.height} ${chairs.map((chair) => `${chair.seat}${chair.camera}${isBeside(view, chair.seat)}`).join()}`);
  const floor = view.tools.go_round?.turn?.seat;
  const ownPicture = useOwnPicture();
  const kind = places?.kind ?? 'stack';
  return (
    <div className={`stage ${kind}${wide ? ' wide' : ''}`} ref={stage}>
      {/* The hearth comes first for those who hear the page: it is what the group shares. */}
      <section className="hearth" aria-label={words.say('room-hearth')} tabIndex={0} style={kind === 'ring' ? places?.hearth : kind === 'beside' ? { height: places?.hearth.height } : undefined}>
        <Hearth />
      </section>
      <ul tabIndex={view.tools.board.here ? 0 : undefined} className={`chairs columns-${columnsFor(count, kind === 'beside' ? (size?.width ?? 0) / (wide ? 4 : 2) : (size?.width ?? 0))}`} aria-label={words.say('room-circle')}>
        {chairs.map((chair, index) => (
          <Chair
            key={chair.seat}
            chair={chair.you ? { ...chair, camera: own.camera && !own.selfHidden && chair.presence === 'here' } : chair}
            box={kind === 'ring' ? (places?.tiles[index] ?? null) : null}
            hand={handPlace(view, chair.seat)}
            speaking={room.link === 'live' && chair.mic && isHeard(view, chair.seat) && room.speaking.includes(chair.seat)}
            floor={floor === chair.seat}
            elsewhere={isBeside(view, chair.seat) ? null : spotOf(view, chair.seat)}
            plays={partOf(view, chair.seat)}
            shares={view.tools.share.seat === chair.seat}
            reaction={room.floating.findLast((one) => one.seat === chair.seat)?.kind ?? null}
            picture={view.tools.share.seat === chair.seat ? null : chair.you ? ownPicture : own.audioOnly || !isBeside(view, chair.seat) ? null : session.pictureOf(chair.seat)}
          />
        ))}
      </ul>
    </div>
  );
}

interface Size {
  width: number;
  height: number;
}

function layOut(count: number, size: Size | null, wide: boolean): Places | null {
  if (!size) return null;
  const usual = circleKind(size.width, size.height);
  const kind = wide && usual === 'ring' ? 'beside' : usual;
  return kind === 'ring' ? ringOf(count, size.width, size.height) : { kind, tiles: [], hearth: { left: 0, top: 0, ...size } };
}

function useSize(box: React.RefObject<HTMLElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(() => {
      const { clientWidth, clientHeight } = element;
      const style = getComputedStyle(element);
      const width = clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      const height = clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
      setSize((old) => (old?.width === width && old.height === height ? old : { width, height }));
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, [box]);
  return size;
}

/** The same stream as long as it is the same camera, so that the picture does not blink at every change. */
function useOwnPicture(): MediaStream | null {
  const { session, own } = useHere();
  const kept = useRef<MediaStream | null>(null);
  const now = own.camera ? session.ownPicture() : null;
  const same = kept.current?.getTracks()[0]?.id === now?.getTracks()[0]?.id;
  if (!same || !now || !kept.current) kept.current = now;
  return kept.current;
}

/** Tells the session how large each tile is and whether it can be seen at all; the server sends no more than that. */
function useTiles(stage: React.RefObject<HTMLElement | null>, change: string): void {
  const { view, session } = useHere();
  const latest = useRef(view);
  latest.current = view;
  useEffect(() => {
    const root = stage.current;
    if (!root) return undefined;
    const shown = new Map<number, boolean>();
    let timer: ReturnType<typeof setTimeout> | null = null;
    const report = () => {
      timer = null;
      const tiles: Tile[] = [];
      const { you, tools } = latest.current;
      for (const element of root.querySelectorAll<HTMLElement>('[data-seat]')) {
        const seat = Number(element.dataset['seat']);
        // A screen is in the middle only: the chair of whoever shows it needs no picture meanwhile.
        const screen = seat === tools.share.seat;
        if (seat === you.seat || (screen && element.classList.contains('chair'))) continue;
        const camera = (screen || (latest.current.chairs[seat]?.camera ?? false)) && isBeside(latest.current, seat);
        tiles.push({ seat, width: element.clientWidth * devicePixelRatio, visible: screen || (shown.get(seat) ?? false), camera });
      }
      session.tiles(tiles);
    };
    const watch = new IntersectionObserver((entries) => {
      for (const entry of entries) shown.set(Number((entry.target as HTMLElement).dataset['seat']), entry.isIntersecting);
      // One message for a whole scroll.
      timer ??= setTimeout(report, 200);
    });
    for (const element of root.querySelectorAll('[data-seat]')) watch.observe(element);
    return () => {
      watch.disconnect();
      if (timer) clearTimeout(timer);
    };
  }, [stage, session, change]);
}
