import type { ComponentType } from 'react';
import type { Here } from '../view/here.tsx';
import type { ToolViews, View } from '../wire/generated.ts';

/** One tool of the circle, under the name it has in Rust. Everything but the name is optional. */
export interface Tool {
  name: keyof ToolViews;
  /** Whether it wants the hearth now. The first in the registry that does gets it. */
  holds(view: View): boolean;
  Hearth: ComponentType | null;
  /** What it shows has to be read or watched: the chairs make room for it. */
  wide?: true;
  /** How a facilitator brings it to the circle: a button with this label that opens this form. */
  bring: { key: string; Form: ComponentType<{ done(): void }> } | null;
  /** What facilitators see of it in their guide. */
  Guide: ComponentType | null;
  /** Single keys that it answers to, for whoever has not switched keys off. */
  keys?(here: Here): Record<string, () => void>;
}

/** What the room does when no tool holds the hearth. */
export const NO_HEARTH = { holds: () => false, Hearth: null } as const;
