import { existsSync } from 'node:fs';
import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { z } from 'zod';
import { expect, test } from 'vitest';
import { read } from './sourceFiles';

const schema = z.record(z.string(), z.unknown()).parse(JSON.parse(read('node_modules/app-builder-lib/scheme.json')));
const validate = new Ajv({ allErrors: true, strict: false, validateFormats: false }).compile(schema);
const config = z.record(z.string(), z.unknown()).parse(load(read('electron-builder.yml')));

test('the packaging configuration is one that electron-builder accepts', () => {
  expect(validate(config) ? [] : validate.errors).toEqual([]);
});

test.each([
  ['an unknown key', { ...config, asarUnpakc: [] }],
  ['a wrong type', { ...config, npmRebuild: 'no' }],
  ['an unknown installer', { ...config, win: { target: 7 } }],
])('%s would be refused', (_, broken) => {
  expect(validate(broken)).toBe(false);
});

test('what must be a real file at run time is kept out of the archive', () => {
  expect(config['asarUnpack']).toEqual(expect.arrayContaining(['node_modules/node-pty/**', 'dist/probes/**']));
});

test('the icons that it names are there', () => {
  const platform = z.object({ icon: z.string() });
  for (const system of ['linux', 'win', 'mac']) {
    const { icon } = platform.parse(config[system]);
    expect(existsSync(`resources/${icon}`), icon).toBe(true);
  }
});
