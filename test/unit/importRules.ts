import { posix } from 'node:path';

/**
 * Who may import what. A file obeys the row with the longest `from` that its path begins with; it may import what
 * belongs to the same row, and what the row lists: folders, files without their ending, packages, `node:` modules.
 * A name that ends in `*` stands for all that begin so.
 */
export interface ImportRule {
  readonly from: string;
  readonly may: readonly string[];
  readonly because: string;
}

const FILES = ['node:fs', 'node:fs/promises', 'node:path', 'node:crypto'];

/** The rules. ARCHITECTURE.md shows them as a table; a test keeps the two the same. */
export const IMPORT_RULES: readonly ImportRule[] = [
  { from: 'preload/protocol', may: ['zod'], because: 'both sides compile against it, so it knows neither Node nor DOM nor clock' },
  { from: 'preload/preload', may: ['preload/protocol', 'electron'], because: 'shows the seam to the window, and nothing else' },
  { from: 'main/failures', may: ['preload/protocol'], because: 'every folder of main throws them' },
  {
    from: 'main/transports',
    may: ['preload/protocol', 'main/failures', 'node:*', 'node-pty', 'ssh2'],
    because: 'the only place that knows where a program runs and how it is started',
  },
  {
    from: 'main/engines',
    may: ['preload/protocol', 'main/failures', 'main/engines/engine', 'main/transports/transport', 'node:crypto', 'node:path', 'zod'],
    because: 'gets its terminals and files from a transport, so that a debugger over SSH is the same debugger',
  },
  {
    from: 'main/engines/engine',
    may: ['preload/protocol', 'main/transports/transport'],
    because: 'says what an engine is, for all engines alike',
  },
  {
    from: 'main/sessions/advance',
    may: ['preload/protocol', 'main/engines/engine'],
    because: 'pure: the same events lead to the same state',
  },
  {
    from: 'main/sessions',
    may: [
      'preload/protocol',
      'main/failures',
      'main/sessions/advance',
      'main/engines',
      'main/transports/transport',
      'main/cases',
      ...FILES,
    ],
    because: 'joins an engine, its terminals and the journal; starts no program itself',
  },
  { from: 'main/cases', may: ['preload/protocol', 'main/failures', ...FILES], because: 'a case is a file, with or without a debugger' },
  {
    from: 'main/hosts/electron',
    may: ['preload/protocol', 'main/app', 'main/failures', 'main/hosts', 'main/keptFile', 'package.json', 'node:*', 'electron', 'zod'],
    because: 'the only importer of electron in main',
  },
  {
    from: 'main/hosts',
    may: ['preload/protocol', 'main/app', 'main/failures', 'package.json', 'node:*', 'ws', 'zod'],
    because: 'brings requests in and events out; knows no debugger',
  },
  {
    from: 'main',
    may: ['preload/protocol', 'main/failures', 'main/transports', 'main/engines', 'main/sessions', 'main/cases', 'node:*', 'zod'],
    because: 'builds everything; knows no host, so it runs in all of them',
  },
  {
    from: 'renderer/store',
    may: ['preload/protocol', 'zustand', 'react'],
    because: "mirrors main's state and draws nothing; React only for its hooks",
  },
  {
    from: 'renderer/widgets',
    may: [
      'preload/protocol',
      'renderer/store',
      'react',
      'react-dom',
      'react-aria-components',
      '@vscode/codicons',
      'monaco-editor',
      '@xterm/*',
    ],
    because: 'what views are made of; the only importer of Monaco and xterm, which are large and imperative',
  },
  {
    from: 'renderer',
    may: [
      'preload/protocol',
      'renderer/store',
      'renderer/widgets',
      'resources/icons',
      'react',
      'react-dom',
      'react-aria-components',
      'dockview-react',
      'zustand',
      'fuzzysort',
      '@vscode/codicons',
      '@fontsource-variable/*',
    ],
    because: 'draws what the store holds; no Node, no Electron',
  },
];

/** Files that build a part and are no part of it. */
const OUTSIDE = /\.config\.m?ts$/;

const without = (path: string) => path.replace(/\?.*$/, '').replace(/\.(tsx?|mts)$/, '');
const isUnder = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);

/** The rule that a file obeys; undefined for one that no rule knows. */
export function ruleFor(file: string): ImportRule | undefined {
  const owners = IMPORT_RULES.filter(({ from }) => isUnder(without(file), from));
  return owners.sort((a, b) => b.from.length - a.from.length)[0];
}

/**
 * What is wrong with an import: `file -> target (reason)`; undefined when it is allowed.
 *
 * @param file from the repository's folder, as in `main/app.ts`
 * @param specifier as it stands in the code
 */
export function judgeImport(file: string, specifier: string): string | undefined {
  if (OUTSIDE.test(file)) return undefined;
  const rule = ruleFor(file);
  const target = specifier.startsWith('.') ? without(posix.join(posix.dirname(file), specifier)) : without(specifier);
  if (!rule) return `${file} -> ${target} (no rule knows this file: add its folder to IMPORT_RULES)`;
  if (ruleFor(target) === rule) return undefined;
  const allowed = rule.may.some((name) => (name.endsWith('*') ? target.startsWith(name.slice(0, -1)) : isUnder(target, name)));
  return allowed ? undefined : `${file} -> ${target} (${rule.from}: ${rule.because})`;
}

/** The rules as a Markdown table, for ARCHITECTURE.md. */
export function importTable(): string {
  const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(' ');
  const rows = IMPORT_RULES.map(({ from, may, because }) => `| \`${from}\` | ${code(may)} | ${because} |`);
  return ['| in | may import, besides itself | because |', '|---|---|---|', ...rows].join('\n');
}
