import { defineConfig } from 'vitest/config';

// One build per entry, so that room.js and door.js stand alone under names the server knows.
export default defineConfig(({ mode }) => {
  const door = mode === 'door';
  return {
    // Where the server hands these files out: what is loaded later asks for its own address.
    base: '/assets/room/',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: 'dist',
      emptyOutDir: !door,
      target: 'es2022',
      modulePreload: false,
      cssCodeSplit: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: (door ? { door: 'src/door.ts' } : { room: 'src/room.tsx' }) as Record<string, string>,
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[hash].js', assetFileNames: ({ names }) => (names[0]?.endsWith('.css') ? 'room[extname]' : names[0]?.endsWith('.mjs') ? '[name]-[hash].js' : '[name]-[hash][extname]') },
      },
    },
    test: { include: ['test/**/*.test.{ts,tsx}'], environment: 'node' },
  };
});
