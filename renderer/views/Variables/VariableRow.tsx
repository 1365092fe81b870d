import { Button, Collection, TreeItem, TreeItemContent } from 'react-aria-components';
import type { ReactNode } from 'react';
import { visible } from '../../../preload/protocol/visible';
import { Icon } from '../../widgets/Icon';
import { DataIcon } from '../Data/OpenData';
import { opens } from './variableTree';
import type { VariableNode } from './variableTree';

interface Props {
  readonly node: VariableNode;
  readonly changed: ReadonlySet<string>;
  /** Stands in place of the value; undefined: the value. */
  readonly content?: ReactNode;
  row(node: VariableNode): React.ReactElement;
}

/** A scope, a value or a range of values, with what is open below it. */
export function VariableRow({ node, changed, content, row }: Props) {
  const isNew = changed.has(node.key);
  const name = visible(node.name);
  const value = visible(node.value);
  return (
    <TreeItem
      id={node.key}
      textValue={`${name} ${value}${isNew ? ' changed' : ''}`}
      hasChildItems={opens(node)}
      className={`tr var ${node.kind} ${isNew ? 'new' : ''}`}
    >
      <TreeItemContent>
        {({ isExpanded, hasChildItems, level }) => (
          <span
            className="var-row"
            data-level={level}
            data-key={node.key}
            title={node.kind === 'variable' && !content ? `${name}: ${visible(node.type)}\n${value}` : undefined}
          >
            {hasChildItems ? (
              <Button slot="chevron" className="tw" aria-label={isExpanded ? 'Close' : 'Open'}>
                <Icon name={isExpanded ? 'chevron-down' : 'chevron-right'} size="xs" />
              </Button>
            ) : (
              <span className="tw" />
            )}
            <span className={node.kind === 'variable' ? 'mono vn' : 'lab'}>{name}</span>
            {content ?? <Value node={node} />}
            <DataIcon viewer={node.viewer} />
          </span>
        )}
      </TreeItemContent>
      <Collection items={node.children ?? []}>{row}</Collection>
    </TreeItem>
  );
}

function Value({ node }: { readonly node: VariableNode }) {
  if (node.kind !== 'variable') return <span className="xs fg3">{node.kind === 'scope' ? node.count.toLocaleString('en') : ''}</span>;
  return (
    <>
      <span className={`mono vv el ${node.lazy ? 'fg3' : ''}`}>{visible(node.value)}</span>
      <span className="xs fg3 mono ty0 el">{visible(node.type)}</span>
    </>
  );
}
