import { useEffect, useRef, useState } from 'react';
import type { Params, Result } from '../../../preload/protocol/bridge';
import { Refusal } from '../../store/connect';
import { request, useView } from '../../store/store';

type Asked = Params<'session.dataPage'>;
type Page = Result<'session.dataPage'>;

/** The cells that were read last, and where they lie. */
export interface Read extends Page {
  readonly asked: Asked;
}

export interface CellsState {
  readonly read: Read | undefined;
  readonly busy: boolean;
  /** Why they could not be read; empty when they could. */
  readonly trouble: string;
}

/** Asks for pages until the window is full: an answer ends early where its text would be too much. @throws Refusal */
export async function readCells(asked: Asked): Promise<Read> {
  let read: Read = { ...(await request('session.dataPage', asked)), asked };
  const wanted = () => Math.min(asked.rows, read.totalRows - asked.row);
  while (read.cells.length < wanted()) {
    const done = read.cells.length;
    const next = await request('session.dataPage', { ...asked, row: asked.row + done, rows: asked.rows - done });
    if (!next.cells.length) break;
    read = { ...read, cells: [...read.cells, ...next.cells], rowNames: [...read.rowNames, ...next.rowNames] };
  }
  return read;
}

/**
 * The cells of a window. While one question is on its way the newest other one waits, so that scrolling asks no more than
 * can be answered. `undefined` asks nothing and keeps what is shown.
 */
export function useCells(asked: Asked | undefined): CellsState {
  const [state, setState] = useState<CellsState>({ read: undefined, busy: false, trouble: '' });
  const flight = useRef<{ busy: boolean; next: Asked | undefined }>({ busy: false, next: undefined });
  const alive = useRef(true);
  const hello = useView((v) => v.hello);
  useEffect(() => {
    alive.current = true;
    return () => {
      alive.current = false;
    };
  }, []);
  const key = asked && JSON.stringify(asked);
  useEffect(() => {
    const line = flight.current;
    line.next = asked;
    if (!asked || line.busy) return;
    const go = async () => {
      line.busy = true;
      setState((s) => ({ ...s, busy: true }));
      while (line.next && alive.current) {
        const now = line.next;
        line.next = undefined;
        await readCells(now).then(
          (read) => setState({ read, busy: true, trouble: '' }),
          (error: unknown) => {
            if (!(error instanceof Refusal)) throw error;
            if (error.code !== 'stale' && error.code !== 'not-stopped') setState((s) => ({ ...s, trouble: error.message }));
          },
        );
      }
      line.busy = false;
      setState((s) => ({ ...s, busy: false }));
    };
    void go();
  }, [key, hello]);
  return state;
}
