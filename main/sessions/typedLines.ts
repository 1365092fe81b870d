const ESCAPE_SEQUENCE = /^\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O.|.)?/;

/** What Backspace takes back: both halves of a character beyond the 16-bit ones. */
const LAST_CHARACTER = /.$/su;

/**
 * The lines that a person types at a prompt, from the keys they send.
 *
 * Only Backspace, Ctrl-U and Ctrl-C are understood: what history and cursor keys make of a line is
 * the debugger's own business, and the terminal's output shows it.
 *
 * @param line called with each line at its Enter, without it; not for empty lines
 * @returns takes keys as they come
 */
export function typedLines(line: (text: string) => void): (keys: string) => void {
  let text = '';
  return (keys) => {
    for (let rest = keys; rest;) {
      const escape = rest[0] === '\x1b' ? (ESCAPE_SEQUENCE.exec(rest)?.[0] ?? rest) : '';
      const key = escape || String.fromCodePoint(rest.codePointAt(0) ?? 0);
      rest = rest.slice(key.length);
      if (key === '\r' || key === '\n') {
        if (text) line(text);
        text = '';
      } else if (key === '\x7f' || key === '\b') text = text.replace(LAST_CHARACTER, '');
      else if (key === '\x15' || key === '\x03') text = '';
      else if (!escape && key >= ' ') text += key;
    }
  };
}
