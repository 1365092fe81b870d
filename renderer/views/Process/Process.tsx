import { Button, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { SessionState } from '../../../preload/protocol/session';
import { useView } from '../../store/store';
import { activeSession } from '../../store/view';
import { Icon } from '../../widgets/Icon';
import { collectorWords, fileTable, memoryWords, siteTable, taskTable, typeTable } from './readings';
import { Section } from './Section';
import { useReading } from './useReading';
import './process.css';

interface Of {
  readonly session: SessionState;
}

const SECTIONS: readonly { readonly id: string; readonly title: string; readonly Content: (of: Of) => React.ReactNode }[] = [
  { id: 'tasks', title: 'Tasks', Content: Tasks },
  { id: 'files', title: 'Open files', Content: OpenFiles },
  { id: 'memory', title: 'Memory', Content: Memory },
  { id: 'collector', title: 'Collector', Content: Collector },
];

/** The whole process at a stop: each part is read only when it is asked for, and says what that costs. */
export function ProcessPanel() {
  const session = useView(activeSession);
  if (!session) return null;
  return (
    <Tabs className="process" keyboardActivation="manual">
      <TabList className="stabs" aria-label="Process">
        {SECTIONS.map(({ id, title }) => (
          <Tab key={id} id={id} className={({ isSelected }) => `stab ${isSelected ? 'on' : ''}`}>
            {title}
          </Tab>
        ))}
      </TabList>
      {SECTIONS.map(({ id, Content }) => (
        <TabPanel key={id} id={id} className="process-panel">
          <Content session={session} />
        </TabPanel>
      ))}
    </Tabs>
  );
}

function Tasks({ session }: Of) {
  const { reading, read, canRead, stopId } = useReading('session.tasks', session);
  return (
    <Section
      reading={reading}
      verb="Read tasks"
      cost="Runs none of the program's code. Milliseconds for hundreds of asyncio tasks."
      summary=""
      table={reading.value && taskTable(reading.value)}
      canRead={canRead}
      onRead={() => void read('session.tasks', { session: session.id, stopId })}
    />
  );
}

function OpenFiles({ session }: Of) {
  const { reading, read, canRead, stopId } = useReading('session.openFiles', session);
  const omitted = reading.value?.omitted ?? 0;
  return (
    <Section
      reading={reading}
      verb="Read open files"
      cost="Changes nothing. Milliseconds for hundreds of files and sockets; Casebook's own are left out."
      summary={omitted ? `${omitted.toLocaleString('en')} more are not shown.` : ''}
      table={reading.value && fileTable(reading.value)}
      canRead={canRead}
      onRead={() => void read('session.openFiles', { session: session.id, stopId })}
    />
  );
}

/** How long reading memory may take unless the person allows more. */
const MEMORY_MS = 1000;

function Memory({ session }: Of) {
  const { reading, read, canRead, stopId } = useReading<'session.memory' | 'session.traceAllocations'>('session.memory', session);
  const { value, busy } = reading;
  const at = { session: session.id, stopId };
  const trace = (on: boolean) => void read('session.traceAllocations', { ...at, on });
  return (
    <Section
      reading={reading}
      verb="Read memory"
      cost={
        value?.tracing
          ? 'Tracing makes allocations about 2.6 times slower. Reading holds the process for at most 1 s.'
          : 'Reads two numbers. To name lines, trace allocations: that makes them about 2.6 times slower until it is switched off.'
      }
      summary={value ? memoryWords(value) : ''}
      table={value && siteTable(value)}
      canRead={canRead}
      onRead={() => void read('session.memory', { ...at, budgetMs: MEMORY_MS })}
    >
      {value ? (
        <Button className="btn sm" isDisabled={!canRead || busy} onPress={() => trace(!value.tracing)}>
          <Icon name={value.tracing ? 'debug-stop' : 'record'} />
          {value.tracing ? 'Stop tracing' : 'Trace allocations'}
        </Button>
      ) : null}
      {value?.needsMs ? (
        <Button
          className="btn sm"
          isDisabled={!canRead || busy}
          onPress={() => void read('session.memory', { ...at, budgetMs: Math.min(60_000, value.needsMs * 3) })}
        >
          Read all, about {(value.needsMs / 1000).toFixed(1)} s
        </Button>
      ) : null}
    </Section>
  );
}

function Collector({ session }: Of) {
  const { reading, read, canRead, stopId } = useReading('session.collector', session);
  return (
    <Section
      reading={reading}
      verb="Read the collector"
      cost="Counts every object, and collects none. About 0.1 s for a million objects, at most 0.5 s."
      summary={reading.value ? collectorWords(reading.value) : ''}
      table={reading.value && typeTable(reading.value)}
      canRead={canRead}
      onRead={() => void read('session.collector', { session: session.id, stopId })}
    />
  );
}
