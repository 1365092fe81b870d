// Packs resources/probes/pdb into one Python file, which is started by absolute path and can be uploaded as it is.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const LAUNCHER = 'launcher.py';
const PLACE = /^SOURCES = \{\}.*$/m;

/** A Python string literal: JSON's escapes are Python's, and a source has no lone surrogates. */
const literal = (text) => JSON.stringify(text);

/**
 * Writes `casebook_pdb.py` into a folder, which is made when it is not there.
 *
 * @param {string} outFolder absolute, or relative to the working directory
 * @returns {string} the path of the packed file
 */
export function packProbes(outFolder) {
  const folder = join(root, 'resources', 'probes', 'pdb');
  const modules = readdirSync(folder)
    .filter((name) => name.endsWith('.py') && name !== LAUNCHER)
    .sort();
  const entries = modules.map((name) => {
    const stem = name.slice(0, -'.py'.length);
    const module = stem === '__init__' ? 'casebook_bridge' : `casebook_bridge.${stem}`;
    return `    ${literal(module)}: ${literal(readFileSync(join(folder, name), 'utf8'))},`;
  });
  const launcher = readFileSync(join(folder, LAUNCHER), 'utf8');
  if (!PLACE.test(launcher)) throw new Error(`${LAUNCHER} has no line "SOURCES = {}" to fill.`);
  const packed = join(outFolder, 'casebook_pdb.py');
  mkdirSync(outFolder, { recursive: true });
  writeFileSync(
    packed,
    launcher.replace(PLACE, () => `SOURCES = {\n${entries.join('\n')}\n}`),
  );
  return packed;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(packProbes(process.argv[2] ?? join(root, 'dist', 'probes')));
}
