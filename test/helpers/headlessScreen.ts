import { Terminal } from '@xterm/headless';

interface Cells {
  readonly columns: number;
  readonly rows: number;
}

/**
 * What a terminal of this size shows of these bytes, all lines that can be scrolled to, as the window's screens read them.
 * Characters are not joined to clusters here: the addon for it does not load under Playwright.
 */
export async function headlessScreen(bytes: Uint8Array, { columns, rows }: Cells): Promise<string> {
  const terminal = new Terminal({ cols: columns, rows, scrollback: 10_000, allowProposedApi: true });
  await new Promise<void>((parsed) => terminal.write(bytes, parsed));
  const { active } = terminal.buffer;
  const lines = Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '');
  terminal.dispose();
  return lines.join('\n').trimEnd();
}
