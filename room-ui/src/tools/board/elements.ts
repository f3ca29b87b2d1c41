import type { ExcalidrawElement } from '@excalidraw/excalidraw/element/types';
import type { BoardElement, ElementEnds, ElementHold, ElementKind, ElementWords } from '../../wire/generated.ts';

/** Between the canvas's own elements and ours. Whatever ours does not have is not sent: no links, no pictures, no frames of other sites. */

const KINDS: readonly string[] = ['rectangle', 'ellipse', 'diamond', 'line', 'arrow', 'freedraw', 'text'] satisfies ElementKind[];
const POINTS = 2_000;
const LETTERS = 2_000;
export const INK = '#1e1e1e';

type Any = Record<string, any>;

export function isAllowed(element: { type: string }): boolean {
  return KINDS.includes(element.type);
}

/** Null for what the board does not take. */
export function toWire(element: ExcalidrawElement): BoardElement | null {
  if (!isAllowed(element) || !element.index) return null;
  const from = element as Any;
  const line = 'points' in element;
  return {
    id: element.id,
    kind: element.type as ElementKind,
    version: element.version,
    nonce: element.versionNonce,
    index: element.index,
    gone: element.isDeleted,
    x: round(element.x),
    y: round(element.y),
    w: round(element.width),
    h: round(element.height),
    angle: Math.round(element.angle * 1_000) / 1_000,
    stroke: color(element.strokeColor, INK),
    fill: element.backgroundColor === 'transparent' ? 'transparent' : color(element.backgroundColor, 'transparent'),
    hatched: element.fillStyle !== 'solid',
    width: Math.max(0, Math.min(20, Math.round(element.strokeWidth))),
    dash: element.strokeStyle,
    rough: Math.max(0, Math.min(2, Math.round(element.roughness))),
    round: element.roundness !== null,
    opacity: Math.max(0, Math.min(100, Math.round(element.opacity))),
    seed: element.seed >>> 0,
    locked: element.locked,
    groups: element.groupIds.slice(0, 16),
    points: line ? flat(from['points']) : [],
    ends: element.type === 'line' || element.type === 'arrow' ? ends(from) : null,
    words: element.type === 'text' && !element.isDeleted ? words(from) : null,
  };
}

/** As the canvas wants it, with everything that it would ask for. */
export function fromWire(wire: BoardElement): ExcalidrawElement {
  const linear = wire.kind === 'line' || wire.kind === 'arrow';
  const base = {
    id: wire.id,
    type: wire.kind,
    x: wire.x,
    y: wire.y,
    width: wire.w,
    height: wire.h,
    angle: wire.angle,
    strokeColor: wire.stroke,
    backgroundColor: wire.fill,
    fillStyle: wire.hatched ? 'hachure' : 'solid',
    strokeWidth: wire.width,
    strokeStyle: wire.dash,
    roughness: wire.rough,
    opacity: wire.opacity,
    groupIds: wire.groups,
    frameId: null,
    index: wire.index,
    roundness: wire.round ? { type: wire.kind === 'rectangle' ? 3 : 2 } : null,
    seed: wire.seed,
    version: wire.version,
    versionNonce: wire.nonce,
    isDeleted: wire.gone,
    boundElements: [],
    updated: 1,
    link: null,
    locked: wire.locked,
  };
  const points = pairs(wire.points);
  if (wire.kind === 'freedraw') return { ...base, points, pressures: [], simulatePressure: true, lastCommittedPoint: null } as unknown as ExcalidrawElement;
  if (linear) return { ...base, points, lastCommittedPoint: null, ...fromEnds(wire.ends), ...(wire.kind === 'arrow' && { elbowed: false }) } as unknown as ExcalidrawElement;
  if (wire.kind === 'text') return { ...base, ...fromWords(wire.words) } as unknown as ExcalidrawElement;
  return base as unknown as ExcalidrawElement;
}

/** Says of each thing what stands in it or points at it: that is not sent, since it follows from the others. */
export function bound(elements: readonly ExcalidrawElement[]): ExcalidrawElement[] {
  const held = new Map<string, { id: string; type: 'text' | 'arrow' }[]>();
  const hold = (id: string | null | undefined, one: { id: string; type: 'text' | 'arrow' }) => id && held.set(id, [...(held.get(id) ?? []), one]);
  for (const element of elements) {
    if (element.isDeleted) continue;
    const from = element as Any;
    if (element.type === 'text') hold(from['containerId'], { id: element.id, type: 'text' });
    if (element.type !== 'arrow') continue;
    hold(from['startBinding']?.elementId, { id: element.id, type: 'arrow' });
    hold(from['endBinding']?.elementId, { id: element.id, type: 'arrow' });
  }
  return elements.map((element) => {
    const now = held.get(element.id) ?? [];
    const was = element.boundElements ?? [];
    const same = now.length === was.length && now.every((one, at) => one.id === was[at]?.id);
    return same ? element : { ...element, boundElements: now };
  });
}

function round(number: number): number {
  return Number.isFinite(number) ? Math.round(number * 100) / 100 : 0;
}

function color(raw: string, otherwise: string): string {
  if (/^#([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(raw)) return raw;
  return raw === 'transparent' ? '#00000000' : otherwise;
}

/** x and y by turns; a stroke with too many points keeps every so many of them, and its end. */
function flat(points: readonly (readonly [number, number])[]): number[] {
  const step = Math.ceil(points.length / POINTS);
  const kept = step <= 1 ? points : points.filter((_, at) => at % step === 0 || at === points.length - 1).slice(-POINTS);
  const all = kept.length === 1 ? [...kept, ...kept] : kept;
  return all.flatMap(([x, y]) => [Math.round(x * 10) / 10, Math.round(y * 10) / 10]);
}

function pairs(points: readonly number[]): [number, number][] {
  return Array.from({ length: points.length / 2 }, (_, at) => [points[at * 2] ?? 0, points[at * 2 + 1] ?? 0]);
}

function ends(from: Any): ElementEnds {
  return { head: Boolean(from['endArrowhead']), tail: Boolean(from['startArrowhead']), from: hold(from['startBinding']), to: hold(from['endBinding']) };
}

function hold(binding: Any | null): ElementHold | null {
  return binding ? { id: String(binding['elementId']), focus: round(binding['focus'] ?? 0), gap: round(binding['gap'] ?? 1) } : null;
}

function fromEnds(from: ElementEnds | null): Any {
  const binding = (held: ElementHold | null | undefined) => (held ? { elementId: held.id, focus: held.focus, gap: held.gap } : null);
  return { startArrowhead: from?.tail ? 'arrow' : null, endArrowhead: from?.head ? 'arrow' : null, startBinding: binding(from?.from), endBinding: binding(from?.to) };
}

function words(from: Any): ElementWords {
  return {
    // What a keyboard can send and no text should hold.
    text: String(from['text']).replaceAll('\r\n', '\n').replaceAll('\t', ' ').replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '').slice(0, LETTERS),
    size: Math.max(4, Math.min(400, round(from['fontSize']))),
    font: from['fontFamily'] <= 9 ? from['fontFamily'] : 5,
    align: from['textAlign'],
    middle: from['verticalAlign'] === 'middle',
    line: Math.max(0.5, Math.min(4, round(from['lineHeight'] ?? 1.25))),
    auto: from['autoResize'] !== false,
    inside: from['containerId'] ?? null,
  };
}

function fromWords(from: ElementWords | null): Any {
  const text = from?.text ?? '';
  return {
    text,
    originalText: text,
    fontSize: from?.size ?? 20,
    fontFamily: from?.font ?? 5,
    textAlign: from?.align ?? 'left',
    verticalAlign: from?.middle ? 'middle' : 'top',
    lineHeight: from?.line ?? 1.25,
    autoResize: from?.auto ?? true,
    containerId: from?.inside ?? null,
  };
}
