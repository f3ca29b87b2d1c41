import type { BoardElement, BoardView } from '../src/wire/generated.ts';

const plain: BoardElement = {
  id: '', kind: 'rectangle', version: 1, nonce: 1, index: 'a0', gone: false, x: 0, y: 0, w: 0, h: 0, angle: 0, stroke: '#1e1e1e', fill: 'transparent', hatched: false,
  width: 2, dash: 'solid', rough: 1, round: false, opacity: 100, seed: 7, locked: false, groups: [], points: [], ends: null, words: null,
};

export function thing(id: string, more: Partial<BoardElement>): BoardElement {
  return { ...plain, id, index: `a${id.length}`, ...more };
}

function words(id: string, x: number, y: number, text: string, size = 22, more: Partial<BoardElement> = {}): BoardElement {
  const lines = text.split('\n');
  const longest = Math.max(...lines.map((line) => line.length));
  return thing(id, {
    kind: 'text', x, y, w: Math.round(longest * size * 0.55), h: lines.length * size * 1.25,
    words: { text, size, font: 5, align: 'left', middle: false, line: 1.25, auto: true, inside: null }, ...more,
  });
}

const sheet = { locked: true, stroke: '#868e96' };
const ring = (id: string, x: number, y: number, w: number, h: number) => thing(id, { kind: 'ellipse', x, y, w, h, index: 'Y01', ...sheet });

/** The circle of control with what a group of nine put into it. */
export const DRAWN: readonly BoardElement[] = [
  ring('sheet-1', 150, 80, 900, 700),
  ring('sheet-2', 275, 230, 650, 500),
  ring('sheet-3', 400, 400, 400, 280),
  words('sheet-4', 500, 130, 'Not mine to steer', 22, sheet),
  words('sheet-5', 480, 280, 'I can have a say in it', 22, sheet),
  words('sheet-6', 540, 450, 'In my hands', 22, sheet),
  thing('note', { x: 470, y: 520, w: 170, h: 90, fill: '#ffec99', round: true, index: 'a1' }),
  words('note-words', 482, 545, 'when I go\nto bed', 20, { index: 'a2' }),
  words('boss', 700, 210, 'what my boss thinks', 20, { index: 'a3', stroke: '#e03131' }),
  words('tone', 330, 480, 'the tone\nI choose', 20, { index: 'a4', stroke: '#2f9e44' }),
  thing('stroke', { kind: 'freedraw', x: 700, y: 250, w: 210, h: 12, points: [0, 0, 40, 8, 90, -2, 140, 9, 210, 4], stroke: '#e03131', index: 'a5' }),
  thing('arrow', { kind: 'arrow', x: 820, y: 300, w: -120, h: 180, points: [0, 0, -120, 180], ends: { head: true, tail: false, from: null, to: null }, index: 'a6' }),
];

export const BOARD: BoardView = { number: 0, table: null, template: 'control', who: { may: 'everybody' }, may_draw: true, names: true, cleared: false };
