import { useEffect, useState } from 'react';
import { visible } from '../../../preload/protocol/visible';
import { Icon } from '../../widgets/Icon';
import { IconButton } from '../../widgets/IconButton';
import type { Run, Watched } from './useWatches';

interface Props {
  readonly watched: Watched;
  readonly run: Run | undefined;
  onRun(): void;
  onCancel(): void;
}

/** What stands behind an expression: its value, or why there is none and how to have it. */
export function WatchContent({ watched: { node, answer }, run, onRun, onCancel }: Props) {
  if (run && 'since' in run)
    return (
      <span className="watch-why">
        <Icon name="loading" size="xs" />
        <Elapsed since={run.since} />
        <IconButton icon="debug-stop" label="Cancel" small tone="halt" onPress={onCancel} />
      </span>
    );
  if (!answer) return <span className="watch-why" />;
  const ran = run !== undefined;
  if (answer.variable)
    return (
      <>
        <span className="mono vv el" title={`${visible(node.name)}: ${visible(node.type)}\n${visible(node.value)}\n${answer.why}`}>
          {visible(node.value)}
        </span>
        <span className="xs fg3 mono ty0 el">
          {ran ? `${took(answer.tookMs)} ` : ''}
          {visible(node.type)}
        </span>
      </>
    );
  const offered = answer.runsCode || ran;
  return (
    <span className={`watch-why ${offered && !ran ? '' : 'fails'}`} title={visible(answer.why)}>
      <Icon name={offered && !ran ? 'info' : 'warning'} size="xs" />
      <span className="el">{visible(answer.why)}</span>
      {offered ? <IconButton icon="play" label="Run" keys="Ctrl+Enter" small onPress={onRun} /> : null}
    </span>
  );
}

const took = (ms: number): string => (ms < 1000 ? `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

/** Seconds since the evaluation began. */
function Elapsed({ since }: { readonly since: number }) {
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 100);
    return () => clearInterval(timer);
  }, []);
  return <span className="el num">{((now - since) / 1000).toFixed(1)} s</span>;
}
