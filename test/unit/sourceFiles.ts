import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import type { ParseResult } from 'oxc-parser';

/** The repository's folder: tests are started there. */
export const ROOT = process.cwd();

const NOT_OURS = new Set(['node_modules', 'dist', 'release', 'results', '__pycache__', '.git']);

/** Every file that belongs to the repository under these folders, as `main/app.ts`. */
export function filesIn(...folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { withFileTypes: true })
      .filter((entry) => !NOT_OURS.has(entry.name))
      .flatMap((entry) => {
        const path = posix.join(folder, entry.name);
        return entry.isDirectory() ? filesIn(path) : [path];
      }),
  );
}

/** Those that hold code of ours in TypeScript or JavaScript. */
export const codeIn = (...folders: readonly string[]): readonly string[] =>
  filesIn(...folders).filter((file) => /\.(ts|tsx|mts|mjs|cjs)$/.test(file));

export const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Parses code; a file that does not parse is an error of its own. */
export function parse(file: string, text: string): ParseResult {
  const result = parseSync(file, text);
  const [error] = result.errors;
  if (error) throw new Error(`${file} does not parse: ${error.message}`);
  return result;
}

/** Every module that a piece of code names: imports, exports from, import(), import types and require(). */
export function importsOf(file: string, text: string): readonly string[] {
  const found: string[] = [];
  new Visitor({
    ImportDeclaration: ({ source }) => found.push(source.value),
    ExportNamedDeclaration: ({ source }) => source && found.push(source.value),
    ExportAllDeclaration: ({ source }) => found.push(source.value),
    TSImportType: ({ source }) => found.push(source.value),
    ImportExpression: ({ source }) => found.push(literalOf(source)),
    CallExpression: ({ callee, arguments: [first] }) => {
      if (callee.type === 'Identifier' && callee.name === 'require' && first) found.push(literalOf(first));
    },
  }).visit(parse(file, text).program);
  return found;
}

/** A name that is computed cannot be checked, so no rule allows it. */
const literalOf = (node: { readonly type: string; readonly value?: unknown }): string =>
  node.type === 'Literal' && typeof node.value === 'string' ? node.value : '(computed)';

/** The line of an offset, counted from 1. */
export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
