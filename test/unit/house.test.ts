import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { Visitor } from 'oxc-parser';
import { z } from 'zod';
import { describe, expect, test } from 'vitest';
import { codeIn, filesIn, lineAt, parse, read, ROOT } from './sourceFiles';

const FOLDERS = ['main', 'preload', 'renderer', 'test', '.dev'];
const CODE = codeIn(...FOLDERS);
const PRODUCT = codeIn('main', 'preload', 'renderer');
const TESTS = codeIn('test').filter((file) => !file.startsWith('test/helpers/') && !file.startsWith('test/programs/'));
const THIS = 'test/unit/house.test.ts';

/** Every match in these files, as `main/app.ts:12 what`. This file holds the patterns and is left out. */
const findText = (files: readonly string[], pattern: RegExp): readonly string[] =>
  files
    .filter((file) => file !== THIS)
    .flatMap((file) => {
      const text = read(file);
      return [...text.matchAll(pattern)].map((match) => `${file}:${lineAt(text, match.index)} ${match[0].trim()}`);
    });

/** What the house does not want in code, by line. */
function findSmells(file: string, text: string): readonly string[] {
  const found: string[] = [];
  const report = (smell: string) => (node: { readonly start: number }) => void found.push(`${file}:${lineAt(text, node.start)} ${smell}`);
  new Visitor({
    TSAnyKeyword: report('any'),
    TSEnumDeclaration: report('enum'),
    TSModuleDeclaration: (node) => node.kind !== 'global' && report('namespace')(node),
    TSAsExpression: (node) => node.expression.type === 'TSAsExpression' && report('cast of a cast')(node),
    TSNonNullExpression: report('non-null assertion'),
    CatchClause: (node) => node.body.body.length === 0 && report('catch that swallows')(node),
    ExportDefaultDeclaration: (node) => !/\.config\.m?ts$/.test(file) && report('default export')(node),
  }).visit(parse(file, text).program);
  return found;
}

describe('code', () => {
  test('has no any, enum, namespace, default export, cast of a cast or catch that swallows', () => {
    expect(CODE.flatMap((file) => findSmells(file, read(file)))).toEqual([]);
  });

  test.each([
    ['any', 'const x: any = 1;'],
    ['enum', 'enum E { A }'],
    ['namespace', 'namespace N { const a = 1; }'],
    ['default export', 'export default 1;'],
    ['cast of a cast', 'const x = y as unknown as string;'],
    ['non-null assertion', 'const x = y!;'],
    ['catch that swallows', 'try { f(); } catch { /* fine */ }'],
  ])('%s would be found', (smell, text) => {
    expect(findSmells('main/planted.ts', text)).toEqual([`main/planted.ts:1 ${smell}`]);
  });

  test('switches neither the compiler nor a linter off', () => {
    expect(findText(CODE, /@ts-(ignore|expect-error|nocheck)|(oxlint|eslint)-disable|(oxfmt|prettier|biome)-ignore/g)).toEqual([]);
  });

  test('leaves no note to do later', () => {
    expect(findText(CODE, /\b(TODO|FIXME|XXX|HACK)\b/g)).toEqual([]);
  });

  test('is in files of at most 400 lines', () => {
    const long = CODE.map((file) => [file, read(file).trimEnd().split('\n').length] as const).filter(([, lines]) => lines > 400);
    expect(long).toEqual([]);
  });

  test('is in files that are named by what they hold', () => {
    const heaps = PRODUCT.filter((file) => /(manager|helpers?|utils?|service|info|common|misc|types|index)\.tsx?$/i.test(basename(file)));
    expect(heaps).toEqual([]);
  });

  test('names no path of the machine that it was written on', () => {
    const texts = filesIn(
      'main',
      'preload',
      'renderer',
      'resources',
      '.dev',
      '.ci',
      'test/unit',
      'test/engines',
      'test/e2e',
      'test/helpers',
    );
    const readable = texts.filter((file) => /\.(ts|tsx|mts|mjs|cjs|py|json|md|css|html|yml)$/.test(file));
    expect(findText(readable, /(?<![\w.~])\/(work|root)\/[\w.]*/g)).toEqual([]);
  });
});

describe('tests', () => {
  test('wait for events: no timer but in the helper that races one', () => {
    expect(findText(TESTS, /\bset(Timeout|Interval)\(|waitForTimeout\(|timers\/promises/g)).toEqual([]);
  });

  test('are not repeated until they pass', () => {
    expect(findText(TESTS, /\bretry:\s*[1-9]|retries:\s*[1-9]|\.poll\(|repeats:/g)).toEqual([]);
  });

  test('are not left alone by accident', () => {
    expect(findText(TESTS, /\b(test|it|describe)\.only\(/g)).toEqual([]);
  });
});

describe('the tree', () => {
  test('has the top level of the design, and dot entries', () => {
    const IGNORED = ['node_modules', 'dist', 'release', 'bench.json'];
    const plain = readdirSync(ROOT).filter((name) => !name.startsWith('.') && !IGNORED.includes(name));
    expect(plain.sort()).toEqual(
      [
        ...['main', 'preload', 'renderer', 'resources', 'test'],
        ...['package.json', 'package-lock.json', 'electron-builder.yml', 'tsconfig.json'],
        ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'LICENSE'],
      ].sort(),
    );
  });

  test.each(['main', 'renderer', 'resources', 'test'])('%s has a README of one screen', (folder) => {
    const lines = read(`${folder}/README.md`).trim().split('\n').length;
    expect(lines).toBeGreaterThan(3);
    expect(lines).toBeLessThanOrEqual(60);
  });

  test("keeps Node's types out of the renderer: its build's configuration would bring them in", () => {
    const config = z.object({ exclude: z.array(z.string()) }).safeParse(JSON.parse(read('renderer/tsconfig.json')));
    expect(config.data?.exclude).toContain('vite.config.mts');
  });

  test('has icons that are drawn from logo.svg', () => {
    expect(execFileSync(process.execPath, ['.dev/icons.mjs', '--check'], { encoding: 'utf8' })).toBe('');
  });
});

describe('packages', () => {
  const manifest = z
    .object({
      scripts: z.record(z.string(), z.string()),
      dependencies: z.record(z.string(), z.string()),
      devDependencies: z.record(z.string(), z.string()),
    })
    .parse(JSON.parse(read('package.json')));

  test('are pinned to exact versions', () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test('come from whatever registry a person uses: the lockfile names none', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });

  test('have an integrity in the lockfile, each', () => {
    const entry = z.object({ integrity: z.string().optional(), link: z.boolean().optional(), inBundle: z.boolean().optional() });
    const lock = z.object({ packages: z.record(z.string(), entry) }).parse(JSON.parse(read('package-lock.json')));
    const loose = Object.entries(lock.packages).filter(([path, { integrity, inBundle }]) => path && !integrity && !inBundle);
    expect(loose.map(([path]) => path)).toEqual([]);
  });

  test('are not needed by a script before it has installed them', () => {
    const files = Object.values(manifest.scripts).flatMap((script) => /^node (\.dev\/\w+\.mjs)/.exec(script)?.slice(1) ?? []);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    const early = codeIn('.dev').flatMap((file) =>
      [...read(file).matchAll(/^(?:import|export) .*from '([^.n][^']*|n(?!ode:)[^']*)'/gm)].map(([line]) => `${file}: ${line}`),
    );
    expect(early).toEqual([]);
  });
});
