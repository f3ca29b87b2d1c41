import { board } from './board/index.tsx';
import { calm } from './calm/index.tsx';
import { chat } from './chat/index.tsx';
import { checkIn } from './check_in/index.tsx';
import { closing } from './closing/index.tsx';
import { goRound } from './go_round/index.tsx';
import { hands } from './hands/index.tsx';
import { hosting } from './hosting/index.tsx';
import { interpreting } from './interpreting/index.tsx';
import { invite } from './invite/index.tsx';
import { journal } from './journal/index.tsx';
import { markers } from './markers/index.tsx';
import { poll } from './poll/index.tsx';
import { prompt } from './prompt/index.tsx';
import { quiz } from './quiz/index.tsx';
import { reading } from './reading/index.tsx';
import { rolePlay } from './role_play/index.tsx';
import { share } from './share/index.tsx';
import { slides } from './slides/index.tsx';
import { tables } from './tables/index.tsx';
import { video } from './video/index.tsx';
import type { Tool } from './tool.ts';

/** In the order in which they may take the hearth. */
export const TOOLS: readonly Tool[] = [
  calm,
  invite,
  tables,
  poll,
  quiz,
  journal,
  rolePlay,
  board,
  share,
  video,
  slides,
  reading,
  closing,
  goRound,
  checkIn,
  prompt,
  hosting,
  hands,
  chat,
  markers,
  interpreting,
];
