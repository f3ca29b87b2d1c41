/** Where everybody sits. The order is the order of the seats, clockwise from the top left, and the same on every screen. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Circle {
  /** `ring`: around the hearth; `stack`: hearth on top, tiles below; `beside`: hearth left, tiles right. */
  kind: 'ring' | 'stack' | 'beside';
  tiles: Box[];
  hearth: Box;
}

interface Split {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

const GAP = 12;
const SHAPES = [4 / 3, 1.2, 1.5, 1];
const WIDEST = 300;

export function circleKind(width: number, height: number): Circle['kind'] {
  if (width < 620) return 'stack';
  return height < 470 ? 'beside' : 'ring';
}

/** Columns of the tile grid when there is no ring. */
export function columnsFor(count: number, width: number): number {
  const most = Math.max(2, Math.floor((width + 8) / 108));
  if (count <= 6) return Math.min(2, most);
  return Math.min(most, width < 620 ? 3 : 4);
}

export function ringOf(count: number, width: number, height: number): Circle {
  let best: { score: number; split: Split; w: number; h: number } | null = null;
  for (const split of splits(count)) {
    for (const shape of SHAPES) {
      const w = tileWidth(split, shape, width, height);
      const h = w / shape;
      const score = w * h * roundness(split, w, h, width, height) * (1 - SHAPES.indexOf(shape) * 0.02);
      if (w > 0 && (best === null || score > best.score)) best = { score, split, w, h };
    }
  }
  if (best === null) return { kind: 'ring', tiles: [], hearth: { left: 0, top: 0, width, height } };
  return place(best.split, Math.floor(best.w), Math.floor(best.h), width, height);
}

/** Of rings with tiles about as large, the one that is even on both sides and keeps the hearth from being a slit. */
function roundness(split: Split, w: number, h: number, width: number, height: number): number {
  const hearthWidth = width - (split.left > 0 ? w + GAP : 0) - (split.right > 0 ? w + GAP : 0);
  const hearthHeight = height - (split.top > 0 ? h + GAP : 0) - (split.bottom > 0 ? h + GAP : 0);
  const flat = Math.max(hearthWidth / hearthHeight / 2.1, hearthHeight / hearthWidth / 1.3, 1);
  const even = (split.top === split.bottom ? 1 : 0.96) * (split.left === split.right ? 1 : 0.72);
  // A row that ends above the sides leaves the corners open, which is what makes a circle of it.
  const across = Math.max(split.top, split.bottom);
  const open = split.left > 0 && across * (w + GAP) > width - w ? 0.9 : 1;
  return (even * open) / flat;
}

function* splits(count: number): Generator<Split> {
  for (let sides = 0; sides <= count; sides += 1) {
    const right = Math.ceil(sides / 2);
    const left = sides - right;
    const rest = count - sides;
    const top = Math.ceil(rest / 2);
    yield { top, right, bottom: rest - top, left };
  }
}

function tileWidth(split: Split, shape: number, width: number, height: number): number {
  const across = Math.max(split.top, split.bottom);
  const down = Math.max(split.left, split.right);
  const rows = (split.top > 0 ? 1 : 0) + (split.bottom > 0 ? 1 : 0);
  const columns = (split.left > 0 ? 1 : 0) + (split.right > 0 ? 1 : 0);
  // Never so narrow that a form in it becomes a corridor.
  const hearthWidth = Math.min(560, Math.max(width * 0.46, Math.min(430, width * 0.58)));
  const hearthHeight = Math.min(400, height * 0.5);
  const limits = [WIDEST];
  if (across > 0) limits.push((width - (across - 1) * GAP) / across);
  if (columns > 0) limits.push((width - hearthWidth) / columns - GAP);
  if (rows > 0) limits.push(((height - hearthHeight) / rows - GAP) * shape);
  if (down > 0) limits.push(((height - rows * GAP - (down - 1) * GAP) / (down + rows)) * shape);
  return Math.min(...limits);
}

function place(split: Split, w: number, h: number, width: number, height: number): Circle {
  const rowTop = split.top > 0 ? h + GAP : 0;
  const rowBottom = split.bottom > 0 ? h + GAP : 0;
  const sideLeft = split.left > 0 ? w + GAP : 0;
  const sideRight = split.right > 0 ? w + GAP : 0;
  const hearth = { left: sideLeft, top: rowTop, width: width - sideLeft - sideRight, height: height - rowTop - rowBottom };
  const tile = (left: number, top: number): Box => ({ left: Math.round(left), top: Math.round(top), width: w, height: h });
  const across = (count: number, top: number) => {
    const gap = count > 1 ? Math.min(GAP * 2, (width - count * w) / (count - 1)) : 0;
    const start = (width - count * w - (count - 1) * gap) / 2;
    return Array.from({ length: count }, (_, i) => tile(start + i * (w + gap), top));
  };
  const down = (count: number, left: number) => {
    const gap = count > 1 ? Math.min(GAP * 3, Math.max(GAP, (hearth.height - count * h) / (count - 1))) : 0;
    const start = hearth.top + (hearth.height - count * h - (count - 1) * gap) / 2;
    return Array.from({ length: count }, (_, i) => tile(left, start + i * (h + gap)));
  };
  const tiles = [
    ...across(split.top, 0),
    ...down(split.right, width - w),
    ...across(split.bottom, height - h).reverse(),
    ...down(split.left, 0).reverse(),
  ];
  return { kind: 'ring', tiles, hearth };
}
