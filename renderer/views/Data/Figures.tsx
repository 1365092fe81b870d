import { visible } from '../../../preload/protocol/visible';
import type { Result } from '../../../preload/protocol/bridge';

type Summary = Result<'session.dataSummary'>;

const CELL = 6;
const TALL = 48;
const BAR = 8;

/** What is known of an array's numbers: figures, their distribution, and where in the array they are. */
export function Figures({ summary }: { readonly summary: Summary }) {
  const { statistics, histogram, heat } = summary;
  return (
    <>
      {statistics ? <Statistics statistics={statistics} /> : null}
      {histogram ? <Histogram histogram={histogram} /> : null}
      {heat ? <HeatMap heat={heat} /> : null}
    </>
  );
}

function Statistics({ statistics }: { readonly statistics: NonNullable<Summary['statistics']> }) {
  const { min, max, mean, std, nan, inf, seen, total } = statistics;
  const rows = [
    ['Min', min],
    ['Max', max],
    ['Mean', mean],
    ['Deviation', std],
    ['Missing', nan.toLocaleString('en')],
    ['Infinite', inf.toLocaleString('en')],
    ['Seen', seen === total ? `all ${total.toLocaleString('en')}` : `${seen.toLocaleString('en')} of ${total.toLocaleString('en')}`],
  ].filter(([, value]) => value !== '');
  return (
    <dl className="kv data-block" aria-label="Figures">
      {rows.map(([name, value]) => (
        <div className="kv-row" key={name}>
          <dt>{name}</dt>
          <dd className="mono num">{visible(value ?? '')}</dd>
        </div>
      ))}
    </dl>
  );
}

function Histogram({ histogram: { low, high, counts, seen } }: { readonly histogram: NonNullable<Summary['histogram']> }) {
  const most = Math.max(1, ...counts);
  const bar = (BAR * 32) / counts.length;
  const peak = counts.indexOf(most);
  const words = `${counts.length} steps from ${low} to ${high}, of ${seen.toLocaleString('en')} elements. Most, ${most.toLocaleString('en')}, in step ${peak + 1}.`;
  return (
    <figure className="data-block">
      <svg
        className="histogram"
        viewBox={`0 0 ${BAR * 32} ${TALL}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Histogram. ${visible(words)}`}
      >
        {counts.map((count, at) => {
          const tall = count ? Math.max(1, (count / most) * TALL) : 0;
          return (
            <rect key={at} x={at * bar} y={TALL - tall} width={Math.max(1, bar - 1)} height={tall}>
              <title>{`Step ${at + 1}: ${count.toLocaleString('en')}`}</title>
            </rect>
          );
        })}
      </svg>
      <figcaption className="row xs fg3 mono">
        <span className="el">{visible(low)}</span>
        <span className="el right">{visible(high)}</span>
      </figcaption>
      <TextTwin
        title="Histogram as text"
        head={['Step', 'Count']}
        rows={counts.map((count, at) => [String(at + 1), count.toLocaleString('en')])}
      />
    </figure>
  );
}

function HeatMap({ heat: { rows, columns, cells, low, high } }: { readonly heat: NonNullable<Summary['heat']> }) {
  const words = `Means of ${rows} by ${columns} blocks, from ${low} (cool) to ${high} (hot).`;
  const lines = Array.from({ length: rows }, (_, row) => cells.slice(row * columns, (row + 1) * columns));
  return (
    <figure className="data-block">
      <svg
        className="heat"
        viewBox={`0 0 ${columns * CELL} ${rows * CELL}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Heat map. ${visible(words)}`}
      >
        {cells.map((cell, at) => (
          <rect
            key={at}
            className={cell === null ? 'none' : cell < 0.5 ? 'cool' : 'hot'}
            fillOpacity={cell === null ? 1 : Math.abs(cell - 0.5) * 2}
            x={(at % columns) * CELL}
            y={Math.floor(at / columns) * CELL}
            width={CELL}
            height={CELL}
          />
        ))}
      </svg>
      <figcaption className="row xs fg3 mono">
        <span className="key cool" aria-hidden />
        <span className="el">{visible(low)}</span>
        <span className="el right">{visible(high)}</span>
        <span className="key hot" aria-hidden />
      </figcaption>
      <TextTwin
        title="Heat map as text, from 0 (cool) to 100 (hot)"
        head={['', ...Array.from({ length: columns }, (_, at) => String(at))]}
        rows={lines.map((line, at) => [String(at), ...line.map((cell) => (cell === null ? '-' : String(Math.round(cell * 100))))])}
      />
    </figure>
  );
}

interface TwinProps {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A picture's numbers, for who does not see it. */
function TextTwin({ title, head, rows }: TwinProps) {
  return (
    <details className="twin xs">
      <summary className="fg3">As text</summary>
      <div className="twin-table">
        <table aria-label={title}>
          <thead>
            <tr>
              {head.map((name, at) => (
                <th key={at}>{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at}>
                {row.map((cell, column) => (
                  <td key={column} className="mono num">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
