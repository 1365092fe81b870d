/** Texts in triple quotes may have lines that look like imports. */
const QUOTED = /("""|''')[\s\S]*?\1/g;
const IMPORT = /^import[ \t]+([^#;\n\\]+)/gm;
const FROM = /^from[ \t]+([\p{L}\p{N}_]+)[.\p{L}\p{N}_]*[ \t]+import\b/gmu;

/**
 * Names of the modules that a Python source imports when it is loaded: the first part of each name, in order, once each.
 * Only lines that begin with `import` or `from` count: what is indented is tried, or done only sometimes.
 */
export function importedNames(source: string): readonly string[] {
  const text = source.replace(QUOTED, '""');
  const plain = [...text.matchAll(IMPORT)].flatMap(({ index, 1: list = '' }) =>
    list.split(',').map((part) => ({ index, name: /^\s*([\p{L}\p{N}_]+)/u.exec(part)?.[1] ?? '' })),
  );
  const from = [...text.matchAll(FROM)].map(({ index, 1: name = '' }) => ({ index, name }));
  const inOrder = [...plain, ...from].sort((a, b) => a.index - b.index).map(({ name }) => name);
  return [...new Set(inOrder)].filter((name) => name !== '' && name !== '__future__');
}
