import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist';
import worker from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

GlobalWorkerOptions.workerSrc = worker;

/** The widest a page is drawn, in pixels: a poster of two square metres would take all the memory of a phone. */
const WIDEST = 2_400;

/** A deck whose pages can be drawn. Links, forms and scripts of the file are never looked at: only its pages become pictures. */
export class Deck {
  private readonly file: PDFDocumentProxy;

  private constructor(file: PDFDocumentProxy) {
    this.file = file;
  }

  static async load(address: string): Promise<Deck> {
    const asked = getDocument({ url: address, enableXfa: false, useWasm: false, disableAutoFetch: true, stopAtErrors: false });
    // A file that asks for a password was not let into the library; if one comes all the same, it is not opened.
    asked.onPassword = () => void asked.destroy();
    return new Deck(await asked.promise);
  }

  get pages(): number {
    return this.file.numPages;
  }

  /** Draws a page, counted from 0, as wide as the canvas stands on the screen. Returns its text, for whoever hears it. */
  async draw(canvas: HTMLCanvasElement, index: number, width: number): Promise<string> {
    const page = await this.file.getPage(Math.min(index, this.pages - 1) + 1);
    const own = page.getViewport({ scale: 1 });
    const viewport = page.getViewport({ scale: Math.min(WIDEST, width) / own.width });
    canvas.width = Math.round(viewport.width);
    canvas.height = Math.round(viewport.height);
    await page.render({ canvas, viewport, annotationMode: 0 }).promise;
    const { items } = await page.getTextContent();
    return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
  }

  close(): void {
    void this.file.loadingTask.destroy();
  }
}
