import type { Layer, Seat, Want } from '../wire/generated.ts';

/** A tile on the screen; width in physical pixels, since that is what a picture is for. */
export interface Tile {
  seat: Seat;
  width: number;
  visible: boolean;
  camera: boolean;
}

export function layerFor(width: number): Layer {
  if (width >= 480) return 'high';
  return width >= 240 ? 'middle' : 'low';
}

export function wantsFor(tiles: readonly Tile[], pictures: boolean): Want[] {
  return tiles.map(({ seat, width, visible, camera }) => ({
    seat,
    layer: pictures && visible && camera && width > 0 ? layerFor(width) : 'off',
  }));
}

export function sameWants(one: readonly Want[], other: readonly Want[]): boolean {
  return one.length === other.length && one.every((want, i) => want.seat === other[i]?.seat && want.layer === other[i]?.layer);
}
