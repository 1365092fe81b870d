import { Button, Collection, TreeItem, TreeItemContent } from 'react-aria-components';
import { visible } from '../../../preload/protocol/visible';
import { baseName } from '../../store/paths';
import { Icon } from '../../widgets/Icon';
import type { VariableNode } from '../Variables/variableTree';
import { markedText } from './exceptionTree';
import type { ExceptionRow } from './exceptionTree';

interface Props {
  readonly row: ExceptionRow;
  draw(row: ExceptionRow | VariableNode): React.ReactElement;
}

/** An exception, a note, a frame or a recursion, with what is open below it. */
export function ExceptionTreeRow({ row, draw }: Props) {
  const children: readonly (ExceptionRow | VariableNode)[] = 'children' in row ? row.children : [];
  const opens = row.kind === 'frame' || children.length > 0;
  return (
    <TreeItem id={row.key} textValue={textOf(row)} hasChildItems={opens} className={`exc exc-${row.kind}`}>
      <TreeItemContent>
        {({ isExpanded, level }) => (
          <span className="var-row exc-row" data-level={Math.min(level, 8)} data-key={row.key}>
            {opens ? (
              <Button slot="chevron" className="tw" aria-label={isExpanded ? 'Close' : 'Open'}>
                <Icon name={isExpanded ? 'chevron-down' : 'chevron-right'} size="xs" />
              </Button>
            ) : (
              <span className="tw" />
            )}
            <Content row={row} />
          </span>
        )}
      </TreeItemContent>
      <Collection items={children}>{draw}</Collection>
    </TreeItem>
  );
}

function Content({ row }: { readonly row: ExceptionRow }) {
  switch (row.kind) {
    case 'exception':
      return (
        <span className="exc-what">
          {row.words ? <span className="chip line">{row.words}</span> : null}
          <span className="mono err b">{visible(row.node.typeName)}</span>
          <span className="exc-message">{visible(row.node.message)}</span>
        </span>
      );
    case 'note':
      return (
        <>
          <Icon name="note" size="xs" />
          <span className="exc-message small fg2">{visible(row.text)}</span>
        </>
      );
    case 'gap':
      return <span className="xs fg3">{row.text}</span>;
    case 'fold':
      return (
        <>
          <Icon name="sync" size="xs" />
          <span className="mono el">{visible(row.text)}</span>
        </>
      );
    case 'place':
      return <TwoLines name={`line ${row.place.line}`} place={placeOf(row.place)} text={[row.place.text.trim(), '', '']} />;
    case 'frame':
      return <TwoLines name={row.frame.name} place={placeOf(row.frame)} text={markedText(row.frame)} />;
  }
}

interface Lines {
  readonly name: string;
  readonly place: string;
  readonly text: readonly [string, string, string];
}

/** A frame's name and place, and below it the line with the expression that failed. */
function TwoLines({ name, place, text: [before, failed, after] }: Lines) {
  return (
    <span className="exc-lines">
      <span className="exc-head">
        <span className="mono m el grow">{visible(name)}</span>
        <span className="mono xs fg3 nw">{visible(place)}</span>
      </span>
      {before || failed ? (
        <span className="mono el exc-text">
          {visible(before)}
          {failed ? <mark className="exc-failed">{visible(failed)}</mark> : null}
          {visible(after)}
        </span>
      ) : null}
    </span>
  );
}

const placeOf = ({ path, line }: { readonly path: string; readonly line: number }) => (path ? `${baseName(path)}:${line}` : '');

/** What a screen reader says, and what typing in the tree finds. */
function textOf(row: ExceptionRow): string {
  switch (row.kind) {
    case 'exception':
      return visible(`${row.words} ${row.node.typeName}: ${row.node.message}`.trim());
    case 'place':
      return visible(`${placeOf(row.place)} ${row.place.text}`);
    case 'frame':
      return visible(`${row.frame.name} ${placeOf(row.frame)}`);
    default:
      return visible(row.text);
  }
}
