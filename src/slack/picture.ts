import { readFile } from 'node:fs/promises';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

/** Loaded when the first picture is drawn. */
let drawing: Promise<Uint8Array> | undefined;

async function load(): Promise<Uint8Array> {
  await initWasm(await readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')));
  return readFile(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'));
}

/** An SVG as PNG. Needs no browser and no font of the machine's. */
export async function pngOf(svg: string): Promise<Buffer> {
  drawing ??= load();
  const font = { fontBuffers: [await drawing], defaultFontFamily: 'DejaVu Sans' };
  return Buffer.from(new Resvg(svg, { font }).render().asPng());
}
