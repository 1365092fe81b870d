import type { ExceptionFrame, ExceptionNode } from '../../../preload/protocol/queries/exceptions';
import { visible } from '../../../preload/protocol/visible';

const CAUSED = 'The above exception was the direct cause of the following exception:';
const HANDLING = 'During handling of the above exception, another exception occurred:';
const HIDDEN = 'During handling of the above exception, which Python does not print here, another exception occurred:';

/** The whole tree as text, in the order and words of Python's own traceback. */
export function tracebackText(nodes: readonly ExceptionNode[]): string {
  const root = nodes.findIndex((node) => node.parent < 0);
  return root < 0 ? '' : block(nodes, root).join('\n');
}

function block(nodes: readonly ExceptionNode[], at: number): readonly string[] {
  const node = nodes[at];
  if (!node) return [];
  const lines: string[] = [];
  nodes.forEach((other, i) => {
    if (other.parent !== at || other.relation === 'member') return;
    const sentence = other.relation === 'cause' ? CAUSED : other.relation === 'context' ? HANDLING : HIDDEN;
    lines.push(...block(nodes, i), '', sentence, '');
  });
  if (node.frameCount) lines.push('Traceback (most recent call last):');
  node.frames.forEach((frame, i) => {
    if (node.omitted && i === node.omittedAt) lines.push(`  ... ${node.omitted.toLocaleString('en')} frames left out`);
    lines.push(...frameLines(frame));
  });
  lines.push(...placeLines(node), node.message ? `${visible(node.typeName)}: ${visible(node.message)}` : visible(node.typeName));
  lines.push(...node.notes.map(visible));
  nodes.forEach((other, i) => {
    if (other.parent !== at || other.relation !== 'member') return;
    lines.push(`  +---------------- ${other.member} ----------------`, ...block(nodes, i).map((line) => `  | ${line}`));
  });
  return lines;
}

function frameLines({ path, line, name, text, range }: ExceptionFrame): readonly string[] {
  const place = `  File "${visible(path)}", line ${line}, in ${visible(name)}`;
  if (!text.trim()) return [place];
  const letters = [...text];
  const indent = letters.length - [...text.trimStart()].length;
  const end = range && range.endLine === line ? range.endColumn : letters.length;
  const marks =
    range && range.column >= indent ? [`    ${' '.repeat(range.column - indent)}${'^'.repeat(Math.max(1, end - range.column))}`] : [];
  return [place, `    ${visible(text.trim())}`, ...marks];
}

function placeLines({ place }: ExceptionNode): readonly string[] {
  if (!place) return [];
  const text = place.text ? [`    ${visible(place.text.trim())}`] : [];
  return [`  File "${visible(place.path)}", line ${place.line}`, ...text];
}
