import { defineConfig } from 'vitest/config';
import { boardBundle, boardDefine } from './tasks/board_bundle.ts';

/** What each bundle begins with. The whiteboard's is fetched only when a board is open. */
const ENTRIES: Record<string, string> = { room: 'src/room.tsx', door: 'src/door.ts', board: 'src/board.ts' };

// One build per entry, so that room.js, door.js and board.js stand alone under names the server knows.
export default defineConfig(({ mode }) => {
  const entry = ENTRIES[mode] ? mode : 'room';
  const board = entry === 'board';
  return {
    plugins: board ? [boardBundle('board/', 'board.js')] : [],
    // Where the server hands these files out: what is loaded later asks for its own address.
    base: '/assets/room/',
    define: { 'process.env.NODE_ENV': '"production"', ...(board && boardDefine) },
    build: {
      outDir: 'dist',
      emptyOutDir: entry === 'room',
      target: 'es2022',
      modulePreload: false,
      cssCodeSplit: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2_000,
      rolldownOptions: {
        preserveEntrySignatures: 'strict',
        // Notes of other packages to servers that draw pages; here everything is drawn in the browser.
        onwarn: (warning, warn) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(warning),
        input: { [entry]: ENTRIES[entry] ?? '' },
        output: { entryFileNames: '[name].js', chunkFileNames: board ? 'board/[hash].js' : 'chunk-[hash].js', assetFileNames: ({ names }) => (names[0]?.endsWith('.css') ? 'room[extname]' : names[0]?.endsWith('.mjs') ? '[name]-[hash].js' : '[name]-[hash][extname]') },
      },
    },
    test: { include: ['test/**/*.test.{ts,tsx}'], environment: 'node' },
  };
});
