/** A corner and a size, as everything on a canvas has them. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  locked?: boolean;
}

const WIDTH = 240;
const HEIGHT = 60;
const GAP = 16;
/** Where the first note on an empty board lies: under the canvas's own tools. */
const FIRST = { x: 80, y: 120 };

/** How a note looks. */
export const NOTE = { width: WIDTH, height: HEIGHT, backgroundColor: '#ffec99', fillStyle: 'solid', roughness: 1, roundness: { type: 3 } } as const;

/** Where a new note has room: under the words it belongs to, or else under everything; never on top of what somebody drew. */
export function place(there: readonly Box[], under: Box | null): { x: number; y: number } {
  const at = under ? { x: under.x + (under.width - WIDTH) / 2, y: under.y + under.height + GAP } : belowAll(there);
  // What is printed on the sheet are frames and headings: one writes into those.
  const drawn = there.filter((box) => !box.locked);
  for (;;) {
    const inTheWay = drawn.filter((box) => overlaps(box, at));
    if (inTheWay.length === 0) return at;
    at.y = Math.max(...inTheWay.map((box) => box.y + box.height)) + GAP;
  }
}

function belowAll(there: readonly Box[]): { x: number; y: number } {
  if (there.length === 0) return { ...FIRST };
  return { x: Math.min(...there.map((box) => box.x)), y: Math.max(...there.map((box) => box.y + box.height)) + GAP };
}

function overlaps(box: Box, at: { x: number; y: number }): boolean {
  return box.x < at.x + WIDTH && at.x < box.x + box.width && box.y < at.y + HEIGHT && at.y < box.y + box.height;
}
