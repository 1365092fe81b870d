import { describe, expect, test } from 'vitest';
import { importedNames } from '../../main/engines/pdb/importedNames';

describe('what a source imports at its top level', () => {
  test.each([
    ['import numpy as np', ['numpy']],
    ['import os, sys, yaml.loader as y', ['os', 'sys', 'yaml']],
    ['from pandas.core import frame', ['pandas']],
    ['from pandas import (\n    DataFrame,\n    Series,\n)', ['pandas']],
    ['import größe', ['größe']],
    ['import a; import b', ['a']],
    ['import b # import c', ['b']],
    ['import b\nimport a\nfrom b import c', ['b', 'a']],
  ])('%j', (source, names) => {
    expect(importedNames(source)).toEqual(names);
  });

  test.each([
    ['a relative import', 'from . import orders\nfrom .orders import total'],
    ['one that is tried', 'try:\n    import ujson\nexcept ImportError:\n    ujson = None'],
    ['one of a function', 'def late():\n    import numpy'],
    ['a comment', '# import numpy'],
    ['a text', '"""\nimport numpy\n"""\nx = \'\'\'\nfrom pandas import x\n\'\'\''],
    ['the future', 'from __future__ import annotations'],
    ['a name that begins so', 'important = 1\nfrom_here = 2'],
  ])('%s is none', (_, source) => {
    expect(importedNames(source)).toEqual([]);
  });
});
