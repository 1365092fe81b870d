import { describe, expect, test } from 'vitest';
import { IMPORT_RULES, importTable, judgeImport } from './importRules';
import { codeIn, importsOf, read } from './sourceFiles';

const judge = (file: string, text: string) => importsOf(file, text).flatMap((name) => judgeImport(file, name) ?? []);

test('every import of the product is one that its folder may have', () => {
  const wrong = codeIn('preload', 'main', 'renderer').flatMap((file) => judge(file, read(file)));
  expect(wrong).toEqual([]);
});

test('every rule is about something that is there', () => {
  const files = codeIn('preload', 'main', 'renderer');
  const idle = IMPORT_RULES.filter(({ from }) => !files.some((file) => file.startsWith(from)));
  expect(idle.map(({ from }) => from)).toEqual([]);
});

test('ARCHITECTURE.md shows the same rules', () => {
  expect(read('ARCHITECTURE.md')).toContain(importTable());
});

describe('a planted import is caught', () => {
  const planted: readonly (readonly [string, string, string])[] = [
    ['Electron in the app', 'main/app.ts', "import { app } from 'electron';"],
    ['Electron in the web host', 'main/hosts/web/web.ts', "import '../electron/window';"],
    ['a pty in an engine', 'main/engines/pdb/pdbEngine.ts', "import { spawn } from 'node-pty';"],
    ['a transport in an engine', 'main/engines/pdb/pdbEngine.ts', "import { Local } from '../../transports/local/localTransport';"],
    ['a file of this machine in an engine', 'main/engines/pdb/pdbEngine.ts', "import { readFile } from 'node:fs/promises';"],
    ['Node in the pure state', 'main/sessions/advance.ts', "import { hrtime } from 'node:process';"],
    ['Node in the protocol', 'preload/protocol/bridge.ts', "export { join } from 'node:path';"],
    ['main in a view', 'renderer/views/Launch/Launch.tsx', "import type { App } from '../../../main/app';"],
    ['Monaco in a view', 'renderer/views/Source/Source.tsx', "import 'monaco-editor/editor/editor.api';"],
    ['xterm in a view, late', 'renderer/views/Console/Console.tsx', "const xterm = await import('@xterm/xterm');"],
    ['a required module', 'main/sessions/session.ts', "const pty = require('node-pty');"],
    ['an imported type', 'renderer/store/store.ts', "type Pty = import('node-pty').IPty;"],
    ['a computed name', 'main/app.ts', 'const engine = await import(`./engines/${name}`);'],
    ['a folder without a rule', 'preload/other.ts', "import 'zod';"],
  ];
  test.each(planted)('%s', (_, file, text) => {
    expect(judge(file, text)).toEqual([expect.stringMatching(new RegExp(`^${file} -> .+ \\(.+\\)$`))]);
  });
});

test('a query and an ending are no part of the target', () => {
  expect(judge('renderer/widgets/monaco.ts', "import Worker from 'monaco-editor/editor/editor.worker?worker';")).toEqual([]);
  expect(judge('renderer/widgets/terminal.ts', "import { view } from '../views/view.tsx';")).toHaveLength(1);
});
