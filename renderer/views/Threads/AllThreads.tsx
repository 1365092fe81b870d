import { Collection, Tree, TreeItem, TreeItemContent } from 'react-aria-components';
import { Button } from 'react-aria-components';
import type { QueryAnswer } from '../../../preload/protocol/queries/queries';
import type { StackFrame } from '../../../preload/protocol/session';
import { visible } from '../../../preload/protocol/visible';
import { baseName } from '../../store/paths';
import { dispatch } from '../../store/store';
import { Icon } from '../../widgets/Icon';
import { groupThreads } from './groupThreads';
import type { ThreadGroup, ThreadRow } from './groupThreads';

const STATES = { stopped: 'stopped', 'waits-for-prompt': 'waits', runs: 'runs', bridge: 'Casebook’s' } as const;
/** More names than this are said as a number. */
const NAMES = 3;

/** Every thread's stack, equal ones folded into one row. `asOf` is the stop they were read at, when that is over. */
export function AllThreads({ answer, asOf }: { readonly answer: QueryAnswer<'threads'>; readonly asOf: number | undefined }) {
  const { threads, tookMs } = answer;
  const groups = groupThreads(threads).map((group, at) => ({ ...group, id: `g${at}` }));
  const open = (frame: StackFrame | undefined) => {
    if (frame?.path) dispatch({ type: 'show', place: { path: frame.path, line: frame.line, at: Date.now() } });
  };
  return (
    <>
      <p className="threads-cost xs fg3" role="status">
        {threads.length === 1 ? '1 thread' : `${threads.length.toLocaleString('en')} threads`}, read in{' '}
        {tookMs < 10 ? tookMs.toFixed(1) : Math.round(tookMs)} ms
        {asOf === undefined ? '' : `, as of stop ${asOf}`}
      </p>
      <Tree aria-label="All threads" selectionMode="none" items={groups} className={asOf === undefined ? '' : 'threads-old'}>
        {(group) => <GroupRow group={group} id={group.id} open={open} />}
      </Tree>
    </>
  );
}

interface GroupProps {
  readonly group: ThreadGroup;
  readonly id: string;
  open(frame: StackFrame | undefined): void;
}

function GroupRow({ group: { threads, at }, id, open }: GroupProps) {
  const [first] = threads;
  if (!first) return null;
  const where = at ? placeOf(at) : '';
  const frames = first.frames.map((frame, index) => ({ frame, id: `${id}-${index}` }));
  const left = first.frameCount - frames.length;
  return (
    <TreeItem id={id} textValue={`${namesOf(threads)} ${STATES[first.state]} ${where}`} onAction={() => open(at)}>
      <TreeItemContent>
        {({ isExpanded }) => (
          <span className="tr thread">
            <Button slot="chevron" className="threads-twist">
              <Icon name={isExpanded ? 'chevron-down' : 'chevron-right'} size="xs" />
            </Button>
            {threads.length > 1 ? <span className="cnt">{threads.length}</span> : null}
            <span className="el m mono" title={visible(tipOf(threads))}>
              {visible(namesOf(threads))}
            </span>
            <span className="xs fg3">{STATES[first.state]}</span>
            <span className="xs fg3 mono nw el">{visible(where)}</span>
          </span>
        )}
      </TreeItemContent>
      <Collection items={frames}>
        {(row) => (
          <TreeItem id={row.id} textValue={`${row.frame.name} ${placeOf(row.frame)}`} onAction={() => open(row.frame)}>
            <TreeItemContent>
              <span className={`tr fr threads-frame ${row.frame.subtle ? 'fold' : ''}`}>
                <span className="fno">{row.frame.id}</span>
                <span className="el grow m mono">{visible(row.frame.name)}</span>
                <span className="xs fg3 mono nw">{visible(placeOf(row.frame))}</span>
              </span>
            </TreeItemContent>
          </TreeItem>
        )}
      </Collection>
      {left > 0 ? (
        <TreeItem id={`${id}-left`} textValue={`${left} more frames`}>
          <TreeItemContent>
            <span className="tr fold threads-frame">{left.toLocaleString('en')} more frames were not read</span>
          </TreeItemContent>
        </TreeItem>
      ) : null}
    </TreeItem>
  );
}

const placeOf = (frame: StackFrame): string => (frame.path ? `${baseName(frame.path)}:${frame.line}` : frame.name);

const namesOf = (threads: readonly ThreadRow[]): string =>
  threads.length > NAMES
    ? `${threads
        .slice(0, NAMES - 1)
        .map((t) => t.name)
        .join(', ')} and ${threads.length - NAMES + 1} more`
    : threads.map((t) => t.name).join(', ');

const tipOf = (threads: readonly ThreadRow[]): string =>
  threads
    .slice(0, 40)
    .map((t) => `${t.name}${t.nativeId ? `, ${t.nativeId}` : ''}${t.daemon ? ', daemon' : ''}`)
    .join('; ');
