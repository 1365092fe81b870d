import { isAbsolute } from 'node:path';
import type { Handlers, RequestName } from '../preload/protocol/bridge';
import type { LaunchConfig } from '../preload/protocol/launch';
import { REMEMBERED } from '../preload/protocol/settings';
import type { Settings } from '../preload/protocol/settings';
import { collectTests } from './engines/pdb/collectTests';
import type { Interpreters } from './engines/pdb/interpreters';
import { planLaunch } from './engines/pdb/launchPlan';
import { pythonProcesses } from './engines/pdb/pythonProcesses';
import { Failure } from './failures';
import type { Parts } from './handlers';
import { withHome } from './homePaths';

type LaunchHandlers = Pick<Handlers, Extract<RequestName, `launch.${string}`>>;

/** What is asked before a program runs: reading only, but for the collection of tests, which the person asks for. */
export function launchHandlers({ world, files, recent, pythons, tell }: Parts): LaunchHandlers {
  const collecting = new Map<number, AbortController>();
  const newest = new Map<number, number>();
  const asking = new Map<number, Promise<unknown>>();
  const cancel = (window: number) => collecting.get(window)?.abort();
  return {
    'launch.interpreters': async ({ folder: typed }) => {
      const { folder } = withHome({ kind: 'script', program: '', folder: typed, interpreter: '' }, world.home);
      const found = await pythons.find(isAbsolute(folder) ? folder : '');
      return found.map(({ path, kind, version, trouble, lacks }) => ({ path, kind, version, trouble, lacks }));
    },
    // Interpreters are started for it: while one question is on its way only the newest of the next ones is asked.
    'launch.missing': async (target, { window }) => {
      const mine = (newest.get(window) ?? 0) + 1;
      newest.set(window, mine);
      await asking.get(window);
      if (newest.get(window) !== mine) return [];
      const asked = pythons.missing(withHome({ ...target, interpreter: '' }, world.home));
      asking.set(window, Promise.allSettled([asked]));
      return asked;
    },
    'launch.plan': (config) => planLaunch(withHome(config, world.home), pythons, world.probe),
    'launch.processes': () => pythonProcesses(files),
    'launch.collect': async (asked, { window }) => {
      cancel(window);
      const controller = new AbortController();
      collecting.set(window, controller);
      try {
        const { folder, interpreter } = withHome({ kind: 'pytest', program: '', ...asked }, world.home);
        const env = { ...world.env, ...asked.env };
        return await collectTests({ folder, interpreter, env, args: asked.args }, pythons.around.transport, controller.signal);
      } finally {
        if (collecting.get(window) === controller) collecting.delete(window);
      }
    },
    'launch.cancelCollect': async (_, { window }) => cancel(window),
    'launch.forget': async ({ at }) => {
      await recent.set(recent.value.filter((r) => r.at !== at));
      tell({ type: 'recent', recent: recent.value });
      return recent.value;
    },
  };
}

/** @throws Failure when this cannot be launched, with the first of the reasons */
export async function checkLaunch(config: LaunchConfig, pythons: Interpreters, probe: string): Promise<void> {
  // What was wrong with an interpreter when it was listed may have been mended since.
  await pythons.find(config.folder);
  const plan = await planLaunch(config, pythons, probe);
  const wrong = plan.problems.find((p) => p.severity === 'error');
  if (wrong) throw new Failure('bad-request', wrong.message);
  const python = await pythons.named(config.interpreter);
  if (python.trouble) throw new Failure('interpreter-unusable', `${config.interpreter}: ${python.trouble}`);
}

/** The settings with this launch's interpreter remembered for its folder; the folders used longest ago are forgotten. */
export function remembering(settings: Settings, { folder, interpreter }: LaunchConfig): Settings {
  const others = Object.entries(settings.interpreters).filter(([known]) => known !== folder);
  return { ...settings, interpreters: Object.fromEntries([...others, [folder, interpreter] as const].slice(-REMEMBERED)) };
}
