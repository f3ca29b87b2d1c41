import type { Mount } from './tools/board/mount.ts';

/** The entry of the whiteboard's bundle. It is this small so that nothing in the bundle has to load it a second time under another name. */
export const mount: Mount = async (box, given) => (await import('./tools/board/canvas.tsx')).mount(box, given);
