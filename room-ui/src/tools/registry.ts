import { chat } from './chat/index.tsx';
import { checkIn } from './check_in/index.tsx';
import { closing } from './closing/index.tsx';
import { goRound } from './go_round/index.tsx';
import { hands } from './hands/index.tsx';
import { prompt } from './prompt/index.tsx';
import type { Tool } from './tool.ts';

/** In the order in which they may take the hearth. */
export const TOOLS: readonly Tool[] = [
  closing,
  goRound,
  checkIn,
  prompt,
  hands,
  chat,
];
