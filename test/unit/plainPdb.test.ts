import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { advance, beginning } from '../../main/sessions/advance';
import { PlainPdb } from '../../main/engines/pdb/plainPdb';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a bridge that does not report is given up with a sentence, once', () => {
  const told: string[] = [];
  new PlainPdb().await((why) => told.push(why));
  vi.advanceTimersByTime(14_999);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual(["Casebook's part beside pdb has not reported within 15 s of the start."]);
});

test('one that has reported is not', () => {
  const told: string[] = [];
  const plain = new PlainPdb();
  plain.await((why) => told.push(why));
  plain.settle('');
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([]);
});

test('a command is not typed behind a half-typed line', () => {
  const plain = new PlainPdb();
  expect(() => plain.type(undefined, ['next'], 'p x')).toThrow('half typed');
});

test('a session of plain pdb runs as far as anybody knows, and says so', () => {
  const begun = beginning({ id: 'A', title: 'orders.py', host: 'local', folder: '/shop', debugger: 'pdb', parent: undefined });
  const state = advance(begun, { type: 'started', pid: 7, debugger: 'pdb 3.11.2', degraded: 'No json.', plain: true }, 40);
  expect(state.phase).toEqual({ phase: 'running', since: 40 });
  expect(state.capabilities).toEqual({ expand: false, degraded: 'No json.', plain: true });
});
