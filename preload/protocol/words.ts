/**
 * A line of arguments as a POSIX shell splits it, without expansion: blanks separate, single and
 * double quotes and backslashes keep.
 *
 * @returns the words, or a sentence saying what is wrong
 * @see POSIX.1-2017, Shell Command Language, 2.2 Quoting
 */
export function splitWords(line: string): { readonly words: readonly string[] } | { readonly trouble: string } {
  const words: string[] = [];
  let word: string | undefined;
  let quote: '"' | "'" | '' = '';
  for (let i = 0; i < line.length; i++) {
    const char = line[i] ?? '';
    if (quote === "'") {
      if (char === "'") quote = '';
      else word += char;
    } else if (char === '\\') {
      const next = line[++i];
      if (next === undefined) return { trouble: 'The line ends in a backslash. Add what it should keep, or take it away.' };
      word = (word ?? '') + (quote === '"' && !'"\\$`'.includes(next) ? `\\${next}` : next);
    } else if (quote === '"') {
      if (char === '"') quote = '';
      else word += char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + char;
  }
  if (quote) return { trouble: `A ${quote === '"' ? 'double' : 'single'} quote is not closed. Close it, or put a backslash before it.` };
  return { words: word === undefined ? words : [...words, word] };
}

/** The line that splits into these words again. */
export const joinWords = (words: readonly string[]): string => words.map(quotedWord).join(' ');

/** As a POSIX shell needs it typed. An ellipsis stands for what is not known yet, and stays bare. */
export const quotedWord = (word: string): string => (/^[\w@%+=:,./…-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
