import { useRef } from 'react';
import { Button } from 'react-aria-components';
import type { Params } from '../../../preload/protocol/bridge';
import { visible } from '../../../preload/protocol/visible';
import { useAnswer } from '../../store/useAnswer';
import { copyText } from '../copyText';
import { bytesOf, hexLine, WIDTH } from './hexLine';
import { useScrollWindow } from './scrollWindow';

/** The last digit's place of each byte in a row. */
const HEAD = hexLine(
  Uint8Array.from({ length: WIDTH }, (_, at) => at),
  0,
  0,
).hex.padEnd(WIDTH * 3);

interface Props {
  /** The session, the stop and the value; undefined while nothing can be asked. */
  readonly asking: Pick<Params<'session.bytesPage'>, 'session' | 'stopId' | 'reference'> | undefined;
  readonly total: number;
}

/** Bytes as they lie: offset, 16 of them, and the same as text. */
export function HexView({ asking, total }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const filler = useRef<HTMLDivElement>(null);
  const seen = useScrollWindow(host, filler, { rows: Math.ceil(total / WIDTH), columns: 1 });
  const count = Math.min(seen.rows * WIDTH, 32_768);
  const page = useAnswer('session.bytesPage', asking && { ...asking, start: seen.row * WIDTH, count });
  const digits = Math.max(8, total.toString(16).length);
  const bytes = page.value ? bytesOf(page.value.base64) : new Uint8Array();
  const start = page.value?.start ?? 0;
  const lines = Array.from({ length: Math.ceil(bytes.length / WIDTH) }, (_, at) =>
    hexLine(bytes.subarray(at * WIDTH, (at + 1) * WIDTH), start + at * WIDTH, digits),
  );
  const text = lines.map(({ offset, hex, text: shown }) => `${offset}  ${hex.padEnd(WIDTH * 3)}  ${shown}`).join('\n');
  return (
    <div className="data-cells">
      <div className="row data-bar small">
        <span className="fg3">{total.toLocaleString('en')} bytes</span>
        <Button
          className="btn sm right"
          onPress={() => void copyText(text, `Copied ${bytes.length.toLocaleString('en')} bytes as they are shown.`)}
        >
          Copy what is shown
        </Button>
      </div>
      {page.trouble ? <p className="note err">{visible(page.trouble)}</p> : null}
      <div ref={host} className="grid-host" role="textbox" aria-readonly aria-multiline aria-label="Bytes" tabIndex={0}>
        <div ref={filler} className="grid-filler hex-filler">
          <pre className="grid-sheet hex">
            <span className="hex-line fg3">{`${'offset'.padEnd(digits)}  ${HEAD}  text`}</span>
            {lines.map(({ offset, hex, text: shown }) => (
              <span className="hex-line" key={offset}>
                <span className="fg3">{offset}</span>
                {`  ${hex.padEnd(WIDTH * 3)}  `}
                <span className="str">{visible(shown)}</span>
              </span>
            ))}
          </pre>
        </div>
      </div>
    </div>
  );
}
