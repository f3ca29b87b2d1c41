// What the whiteboard brings along, made ours: its fonts and its sheet lie beside the room's bundle, it asks no other host for anything, and
// what the room does not use of it (diagrams from text, fifty languages, a font of thirteen megabytes) stays out.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/** Where the server has it; relative to the bundle that is `board/`. */
const PATH = '/assets/room/board/';
const FONTS = ['Assistant', 'Cascadia', 'ComicShanns', 'Excalifont', 'Liberation', 'Lilita', 'Nunito'];
const NOTHING = '\0board-nothing';
const OTHER_HOST = /`https:\/\/esm\.sh\/\$\{[^`]*(?:`[^`]*`[^`]*)*\}\/dist\/prod\/`/;

const home = dirname(createRequire(import.meta.url).resolve('@excalidraw/excalidraw'));
const { version } = JSON.parse(readFileSync(join(home, '../../package.json'), 'utf8')) as { version: string };

export const boardDefine = { 'process.env.IS_PREACT': '"false"', __BOARD_VERSION__: JSON.stringify(version) };

/** `under` is where the files go, seen from the output folder; no part of the bundle may load `entry`, whose address carries a hash. */
export function boardBundle(under: string, entry?: string): Plugin {
  let replaced = 0;
  return {
    name: 'board-bundle',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!importer?.includes('@excalidraw')) return null;
      const otherLanguage = /^\.\/locales\//.test(source) && !/\/(en|es-ES|percentages)-/.test(source);
      return otherLanguage || source === '@excalidraw/mermaid-to-excalidraw' ? NOTHING : null;
    },
    load: (id) => (id === NOTHING ? 'export default {}; export const parseMermaidToExcalidraw = () => { throw new Error("not here"); };' : null),
    transform(code, id) {
      if (!id.includes('@excalidraw/excalidraw') || !code.includes('esm.sh')) return null;
      replaced += 1;
      return { code: code.replace(OTHER_HOST, `(location.origin+"${PATH}")`), map: null };
    },
    generateBundle(_, bundle) {
      if (replaced === 0) return;
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type !== 'chunk') continue;
        if (file.code.includes('esm.sh')) this.error(`${name} still names another host`);
        if (entry && [...file.imports, ...file.dynamicImports].includes(entry)) this.error(`${name} would load ${entry} a second time`);
      }
      this.emitFile({ type: 'asset', fileName: `${under}board.css`, source: readFileSync(join(home, 'index.css')) });
      for (const font of FONTS) {
        for (const file of readdirSync(join(home, 'fonts', font))) {
          this.emitFile({ type: 'asset', fileName: `${under}fonts/${font}/${file}`, source: readFileSync(join(home, 'fonts', font, file)) });
        }
      }
    },
  };
}
