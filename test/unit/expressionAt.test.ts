import { expect, test } from 'vitest';
import { expressionAt } from '../../renderer/widgets/expressionAt';

/** What the pointer means at the sign `|` of a line. */
const at = (line: string) => expressionAt(line.replace('|', ''), line.indexOf('|'))?.text;

test.each([
  ['a name', 'tot|al = 1', 'total'],
  ['its first letter', '|total', 'total'],
  ['an attribute, with what is before it', 'x = order.pri|ce.net', 'order.price'],
  ['the beginning of a chain', 'or|der.price', 'order'],
  ['a name within a call', 'print(len(ord|ers))', 'orders'],
  ['a name of another script', 'prix_tot|é = 1', 'prix_toté'],
  ['a name behind a string', `say('it') + na|me`, 'name'],
])('%s', (_, line, expected) => {
  expect(at(line)).toBe(expected);
});

test.each([
  ['a keyword', 'ret|urn total'],
  ['a string', `print('tot|al')`],
  ['a comment', 'x = 1  # tot|al'],
  ['an attribute of a call, whose value has no name', 'order().pri|ce'],
  ['an attribute of an element', 'orders[0].pri|ce'],
  ['a number', 'x = 1|2'],
  ['a space', 'x |= 1'],
  ['the end of the line', 'total|'],
])('nothing is meant by %s', (_, line) => {
  expect(at(line)).toBeUndefined();
});
