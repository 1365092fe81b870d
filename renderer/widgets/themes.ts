import type { ITheme } from '@xterm/xterm';
import type { editor } from 'monaco-editor/editor/editor.api';

/** Tokens are written once, in tokens.css; every library's theme is made from what stands there now. */
const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** xterm's names of the sixteen colours, in the order of the `ansi` tokens. */
const ANSI = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
const BRIGHT = [
  'brightBlack',
  'brightRed',
  'brightGreen',
  'brightYellow',
  'brightBlue',
  'brightMagenta',
  'brightCyan',
  'brightWhite',
] as const;

/** xterm's theme from the tokens of the theme in force. */
export function terminalTheme(): ITheme {
  return {
    ...Object.fromEntries([...ANSI, ...BRIGHT].map((name, i) => [name, token(`ansi-${i}`)])),
    background: token('bg1'),
    foreground: token('fg'),
    cursor: token('fg'),
    cursorAccent: token('bg1'),
    selectionBackground: token('sel'),
    scrollbarSliderBackground: `${colour('line2')}99`,
    scrollbarSliderHoverBackground: colour('line2'),
    scrollbarSliderActiveBackground: colour('ctl-line'),
  };
}

/** `#abc` as Monaco wants it: six digits, no hash. */
const rule = (colour: string): string => {
  const hex = colour.replace('#', '');
  return hex.length === 3 ? [...hex].map((c) => c + c).join('') : hex;
};
const colour = (name: string): string => `#${rule(token(name))}`;

/** Monaco's theme from the same tokens. */
export function sourceTheme(): editor.IStandaloneThemeData {
  const dark = document.documentElement.dataset['theme'] !== 'light';
  const rules = [
    { token: '', foreground: rule(token('fg')) },
    { token: 'keyword', foreground: rule(token('k')) },
    { token: 'string', foreground: rule(token('str')) },
    { token: 'number', foreground: rule(token('num')) },
    { token: 'comment', foreground: rule(token('com')), fontStyle: 'italic' },
    { token: 'type', foreground: rule(token('ty')) },
    { token: 'tag', foreground: rule(token('fn')) },
    { token: 'delimiter', foreground: rule(token('fg2')) },
  ];
  return {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    rules,
    colors: {
      'editor.background': colour('bg1'),
      'editor.foreground': colour('fg'),
      'editorLineNumber.foreground': colour('fg3'),
      'editorLineNumber.activeForeground': colour('fg2'),
      'editor.lineHighlightBackground': colour('bg1'),
      'editor.lineHighlightBorder': colour('bg1'),
      'editor.selectionBackground': colour('sel'),
      'editor.inactiveSelectionBackground': colour('sel'),
      'editor.findMatchBackground': colour('mark'),
      'editor.findMatchHighlightBackground': colour('mark'),
      'editorCursor.foreground': colour('fg'),
      'editorWidget.background': colour('bg2'),
      'editorWidget.border': colour('line2'),
      'editorHoverWidget.background': colour('bg2'),
      'editorIndentGuide.background1': colour('line'),
      'editorGutter.background': colour('bg1'),
      ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`editorBracketHighlight.foreground${n}`, colour('fg2')])),
      'editorBracketHighlight.unexpectedBracket.foreground': colour('err'),
      'input.background': colour('bg1'),
      'input.border': colour('ctl-line'),
      focusBorder: colour('focus'),
      'menu.background': colour('bg2'),
      'menu.foreground': colour('fg'),
      'menu.selectionBackground': colour('accent-fill'),
      'menu.selectionForeground': colour('on-accent'),
      'scrollbarSlider.background': `${colour('line2')}99`,
      'scrollbarSlider.hoverBackground': colour('line2'),
      'minimap.background': colour('bg1'),
    },
  };
}

/** Calls back now and whenever the theme in force changes. @returns stops it */
export function onTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  changed();
  return () => observer.disconnect();
}
