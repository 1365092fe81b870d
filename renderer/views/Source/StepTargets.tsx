import { useEffect, useRef, useState } from 'react';
import { Menu, MenuItem, Popover } from 'react-aria-components';
import type { QueryAnswer } from '../../../preload/protocol/queries/queries';
import type { SessionState } from '../../../preload/protocol/session';
import { visible } from '../../../preload/protocol/visible';
import { Refusal } from '../../store/connect';
import { perform, request, toast } from '../../store/store';
import { onWish } from '../../store/wishes';
import './source.css';

type Target = QueryAnswer<'stepInTargets'>['targets'][number];

/** The calls that Step can go into, as a menu at the line where the program stands. A single one needs no menu. */
export function StepTargets({ session }: { readonly session: SessionState }) {
  const anchor = useRef<HTMLSpanElement>(null);
  const [targets, setTargets] = useState<readonly Target[]>([]);
  const stopId = session.phase.phase === 'stopped' ? session.phase.stopId : undefined;
  const alike = new Set(targets.map((target) => target.label)).size < targets.length;
  const into = (target: Target) => void perform('session.stepIn', { session: session.id, target: target.id });
  useEffect(() => setTargets([]), [session.id, stopId]);
  useEffect(() =>
    onWish((wish) => {
      if (wish !== 'step-into-target' || stopId === undefined) return;
      request('session.stepInTargets', { session: session.id, stopId }).then(
        ({ targets: found, why }) => {
          const [only] = found;
          if (!only) toast('info', visible(why));
          else if (found.length === 1) into(only);
          else {
            placeAtLine(anchor.current);
            setTargets(found);
          }
        },
        (error: unknown) => {
          if (!(error instanceof Refusal)) throw error;
          if (error.code !== 'stale') toast('error', error.message);
        },
      );
    }),
  );
  return (
    <>
      <div className="step-anchor">
        <span ref={anchor} />
      </div>
      <Popover
        className="menu"
        triggerRef={anchor}
        isOpen={targets.length > 0}
        onOpenChange={() => setTargets([])}
        placement="bottom start"
        offset={0}
      >
        <Menu aria-label="Step into" autoFocus="first" onClose={() => setTargets([])}>
          {targets.map((target) => (
            <MenuItem
              key={target.id}
              id={target.id}
              className="pal-row mono"
              textValue={visible(target.label)}
              onAction={() => into(target)}
            >
              <span className="grow el">{visible(target.label)}</span>
              {alike ? (
                <span className="xs step-place">
                  line {target.line}, column {target.column + 1}
                </span>
              ) : null}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </>
  );
}

/** Under the line where the program stands; where that is out of sight, at the top of the source. */
function placeAtLine(anchor: HTMLElement | null): void {
  const source = document.querySelector('[data-testid="source"]');
  const line = source?.querySelector('.exec-here')?.getBoundingClientRect();
  const box = line ?? source?.getBoundingClientRect();
  const origin = anchor?.parentElement?.getBoundingClientRect();
  if (!anchor || !box || !origin) return;
  anchor.style.left = `${box.x - origin.x + 24}px`;
  anchor.style.top = `${(line ? box.bottom : box.y) - origin.y}px`;
}
