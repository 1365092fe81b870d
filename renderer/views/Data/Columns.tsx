import { GridList, GridListItem } from 'react-aria-components';
import type { Result } from '../../../preload/protocol/bridge';
import { visible } from '../../../preload/protocol/visible';

type Column = Result<'session.dataSummary'>['columns'][number];

interface Props {
  readonly columns: readonly Column[];
  readonly rows: number;
  /** The one whose figures are shown; -1 for none. */
  readonly chosen: number;
  onChoose(column: number): void;
}

/** A table's columns with their figures; choosing one shows how its numbers are distributed. */
export function Columns({ columns, rows, chosen, onChoose }: Props) {
  return (
    <GridList
      aria-label="Columns"
      className="data-block data-columns"
      selectionMode="single"
      selectedKeys={chosen < 0 ? [] : [String(chosen)]}
      onSelectionChange={(keys) => onChoose(keys === 'all' ? -1 : Number([...keys][0] ?? -1))}
    >
      {columns.map((column, at) => (
        <GridListItem
          key={at}
          id={String(at)}
          textValue={visible(column.name)}
          className={`data-column small ${at === chosen ? 'on' : ''}`}
        >
          <span className="row">
            <span className="m el grow">{visible(column.name)}</span>
            <span className="xs fg3 mono el">{visible(column.dtype)}</span>
          </span>
          <span className="xs fg3 mono el">{told(column, rows)}</span>
        </GridListItem>
      ))}
    </GridList>
  );
}

function told({ min, max, mean, missing, seen }: Column, rows: number): string {
  const parts = [
    min === '' ? '' : `${visible(min)} to ${visible(max)}`,
    mean === '' ? '' : `mean ${visible(mean)}`,
    missing ? `${missing.toLocaleString('en')} missing` : '',
    seen < rows ? `${seen.toLocaleString('en')} rows read` : '',
  ].filter(Boolean);
  return parts.join(', ') || 'nothing missing';
}
