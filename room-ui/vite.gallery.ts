import { defineConfig } from 'vite';

// The gallery is never part of what is shipped; it is built outside of the tree.
export default defineConfig({
  root: 'gallery',
  publicDir: process.env['GALLERY_PUBLIC'] ?? false,
  build: { outDir: process.env['GALLERY_OUT'] ?? '/tmp/gallery-site', emptyOutDir: true, reportCompressedSize: false, assetsInlineLimit: 0 },
});
