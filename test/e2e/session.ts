import { join } from 'node:path';
import { within } from '../helpers/within';
import { expect, PROGRAMS } from './host';
import type { Workbench } from './host';

export type Role = 'console' | 'program';

/** What a person fills in before they press Launch. */
export interface Form {
  readonly program: string;
  readonly args?: string;
  readonly interpreter?: string;
  readonly stopOnEntry?: boolean;
  readonly programTerminal?: 'In the console' | 'Own pane';
}

/** Fills the form as a person does and presses Launch. A bare file name is one of test/programs. */
export async function launch(workbench: Workbench, form: Form): Promise<void> {
  await fillForm(workbench, form);
  await workbench.page.getByRole('button', { name: 'Launch', exact: true }).click();
}

/** Fills the form as a person does. A bare file name is one of test/programs. */
export async function fillForm({ page }: Workbench, form: Form): Promise<void> {
  await page.keyboard.press('Control+Shift+D');
  const path = form.program.startsWith('/') ? form.program : join(PROGRAMS, form.program);
  await page.getByRole('textbox', { name: 'Program', exact: true }).fill(path);
  if (form.args !== undefined) await page.getByRole('textbox', { name: 'Arguments' }).fill(form.args);
  await expect(page.getByRole('radiogroup', { name: 'Interpreter' }).getByRole('radio').first()).toBeAttached();
  const python = form.interpreter ?? process.env['CASEBOOK_TEST_PYTHON'] ?? '/usr/bin/python3';
  const listed = page.getByRole('radiogroup', { name: 'Interpreter' }).locator(`[data-path="${python}"]`);
  if (await listed.count()) await listed.click();
  else {
    await page.getByRole('button', { name: 'Other' }).click();
    await page.getByRole('textbox', { name: 'Path of another Python' }).fill(python);
  }
  const stops = page.getByRole('switch', { name: 'Stop at start' });
  if ((await stops.isChecked()) !== (form.stopOnEntry ?? true)) await page.locator('.switch', { has: stops }).click();
  if (form.programTerminal) await page.getByRole('radio', { name: form.programTerminal }).click();
}

/** Waits until the session stands at a line, by the status bar's own words. */
export const stoppedAt = ({ page }: Workbench, place: string) => expect(page.locator('.status')).toContainText(`stopped at ${place}`);

/** Waits until the session whose tab is open runs. */
export const running = ({ page }: Workbench) => expect(page.locator('.status')).toContainText(/[A-Z] running/);

/** The number of the debugger's process, as the status bar says it. */
export async function pidOf({ page }: Workbench): Promise<number> {
  await expect(page.locator('.status')).toContainText(/pid \d+/);
  return Number(/pid (\d+)/.exec((await page.locator('.status').textContent()) ?? '')?.[1]);
}

/** Waits until the views show a frame, wherever the program stands. */
export const looksAt = ({ page }: Workbench, place: string) =>
  expect(page.getByRole('listbox', { name: 'Stack' }).locator('.fr.on')).toContainText(place);

/** The rows of a terminal's screen as a person reads them. */
export async function screenText({ page }: Workbench, role: Role): Promise<string> {
  return page
    .getByTestId(`terminal-${role}`)
    .locator('.screen')
    .evaluate((element) => {
      const read = Reflect.get(element, 'readText');
      return typeof read === 'function' ? String(read.call(element)) : '';
    });
}

/** A terminal's size in cells, and the first line that is seen, of all that can be scrolled to. */
export async function grid({ page }: Workbench, role: Role): Promise<{ columns: number; rows: number; top: number }> {
  return page
    .getByTestId(`terminal-${role}`)
    .locator('.screen')
    .evaluate((element) => {
      const read = Reflect.get(element, 'readGrid');
      if (typeof read !== 'function') throw new Error('there is no screen');
      return read.call(element);
    });
}

/** Waits until a terminal shows a text: asked at each drawing, not by the clock. */
export async function shows(workbench: Workbench, role: Role, text: string | RegExp): Promise<void> {
  const wanted = typeof text === 'string' ? text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : text.source;
  const drawn = workbench.page
    .getByTestId(`terminal-${role}`)
    .locator('.screen')
    .evaluate(
      (element, source) =>
        new Promise<void>((found) => {
          const look = () => {
            const read = Reflect.get(element, 'readText');
            if (typeof read !== 'function' || !new RegExp(source).test(String(read.call(element)))) return;
            element.removeEventListener('drawn', look);
            found();
          };
          element.addEventListener('drawn', look);
          look();
        }),
      wanted,
    );
  try {
    await within(15_000, `text ${wanted} on the ${role}'s screen`, drawn);
  } catch (error) {
    throw new Error(`${String(error)}; it shows:\n${await screenText(workbench, role)}`, { cause: error });
  }
}

/** The numbers of the lines of prints.py in a text. @throws when one is missing or there twice */
export function printedLines(text: string): readonly number[] {
  const numbers = [...text.matchAll(/^(\d+) {20,}end \d+ *$/gm)].map(([, number]) => Number(number));
  const [first = 0] = numbers;
  expect(numbers).toEqual(numbers.map((_, i) => first + i));
  return numbers;
}

/** Types into a terminal. */
export async function type({ page }: Workbench, role: Role, keys: string): Promise<void> {
  const keyboard = page.getByTestId(`terminal-${role}`).locator('textarea');
  await keyboard.focus();
  // A pane that is not shown yet takes no focus, and keys would go elsewhere.
  await expect(keyboard).toBeFocused();
  await page.keyboard.type(keys);
}

/** The source line with this text, for clicking. */
export const sourceLine = ({ page }: Workbench, text: string) =>
  page.getByTestId('source').locator('.view-line').filter({ hasText: text }).first();

/** Clicks in the margin left of a line number. */
export async function clickMargin({ page }: Workbench, line: number): Promise<void> {
  await page
    .getByTestId('source')
    .locator('.line-numbers', { hasText: new RegExp(`^${line}$`) })
    .click();
}

/** A row of the Variables view by its name. */
export const variable = ({ page }: Workbench, name: string) =>
  page
    .getByRole('treegrid', { name: 'Variables' })
    .getByRole('row')
    .filter({ has: page.locator('.vn', { hasText: new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`) }) })
    .first();

/** What was copied. On the desktop a window may write to the clipboard and not read it. */
export const clipboardText = ({ page, app }: Workbench): Promise<string> =>
  app ? app.evaluate(({ clipboard }) => clipboard.readText()) : page.evaluate(() => navigator.clipboard.readText());
