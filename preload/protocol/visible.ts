/**
 * What a reader does not see, or sees elsewhere than it stands: control characters (C0, C1, DEL), line and
 * paragraph separators, everything that Unicode has a font leave out (soft hyphen, zero-width and bidi controls,
 * fillers, tags), interlinear marks, lone surrogates. Only the two selectors that choose how an emoji looks stay.
 * @see Unicode TR36, "Unicode Security Considerations"; UAX 44, Default_Ignorable_Code_Point; CVE-2021-42574
 */
const UNSAFE = /(?![\ufe0e\ufe0f])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

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
