/**
 * Control, invisible and direction-changing characters: C0 and C1, DEL, soft hyphen, Arabic letter mark,
 * zero-width and bidi controls, line and paragraph separators, the byte-order mark, lone surrogates.
 * @see Unicode TR36, "Unicode Security Considerations"; CVE-2021-42574 for the bidi controls
 */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;

/**
 * Text of a program, a file name or a host, fit to be shown: what could hide, reorder or command is
 * shown as a sign (`␛`, `<U+202E>`). Everything of a target that reaches the DOM, a report, a log or
 * a terminal of ours passes here.
 */
export function visible(text: string): string {
  return text.replace(UNSAFE, (char) => {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return '\u2421';
    return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}
