import { defineConfig } from 'vite';
import { boardBundle, boardDefine } from './tasks/board_bundle.ts';

// The gallery is never part of what is shipped; it is built outside of the tree.
export default defineConfig({
  root: 'gallery',
  plugins: [boardBundle('assets/room/board/')],
  define: { 'process.env.NODE_ENV': '"production"', ...boardDefine },
  publicDir: process.env['GALLERY_PUBLIC'] ?? false,
  build: { outDir: process.env['GALLERY_OUT'] ?? '/tmp/gallery-site', emptyOutDir: true, reportCompressedSize: false, assetsInlineLimit: 0, chunkSizeWarningLimit: 2_000, rolldownOptions: { onwarn: (warning, warn) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(warning) } },
});
