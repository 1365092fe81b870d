import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeIcns, writeIco } from './iconFiles.mjs';
import { ROOT, textOf } from './tree.mjs';

/** Linux takes single pictures by size; Windows and macOS take one file of several. */
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const ICO_SIZES = [16, 24, 32, 48, 64, 256];
const ICNS_SIZES = [16, 32, 64, 128, 256, 512, 1024];
const FOLDER = join(ROOT, 'resources/icons');

/** Every icon file as it must be, drawn from the one drawing: file name to bytes. */
async function drawIcons() {
  const { Resvg } = await import('@resvg/resvg-js');
  const svg = readFileSync(join(FOLDER, 'logo.svg'));
  const draw = (size) => new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng();
  const png = new Map(SIZES.map((size) => [size, draw(size)]));
  const pictures = (sizes) => sizes.map((size) => ({ size, png: png.get(size) }));
  return {
    ...Object.fromEntries(SIZES.map((size) => [`${size}x${size}.png`, png.get(size)])),
    'icon.ico': writeIco(pictures(ICO_SIZES)),
    'icon.icns': writeIcns(pictures(ICNS_SIZES)),
  };
}

const icons = Object.entries(await drawIcons());
if (process.argv.includes('--check')) {
  const wrong = icons.filter(
    ([name, bytes]) => textOf(join(FOLDER, name)) === undefined || !readFileSync(join(FOLDER, name)).equals(bytes),
  );
  for (const [name] of wrong) console.log(`resources/icons/${name} is not drawn from logo.svg: run node .dev/icons.mjs`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} else {
  for (const [name, bytes] of icons) writeFileSync(join(FOLDER, name), bytes);
  console.log(`Wrote ${icons.length} icons.`);
}
