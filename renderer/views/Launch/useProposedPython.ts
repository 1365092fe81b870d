import { useEffect, useState } from 'react';
import type { LaunchConfig } from '../../../preload/protocol/launch';
import { useView } from '../../store/store';
import { proposePython } from './interpreterStates';
import type { ListedPython } from './interpreterStates';

/** Whose the interpreter is that stands in the form, and for which folder. */
interface Choice {
  readonly folder: string;
  readonly byPerson: boolean;
}

/**
 * Puts an interpreter into the form for the folder that stands there, until the person chooses one for it.
 *
 * @param pythons those of the draft's folder; undefined until they were looked for
 * @returns to be told for which folder the person has chosen
 */
export function useProposedPython(
  draft: LaunchConfig,
  pythons: readonly ListedPython[] | undefined,
  change: (part: Partial<LaunchConfig>) => void,
): (folder: string) => void {
  const everRemembered = useView((v) => v.settings.interpreters);
  const { folder, interpreter } = draft;
  const [choice, setChoice] = useState<Choice>({ folder, byPerson: interpreter !== '' });
  const settled = choice.byPerson && choice.folder === folder;
  useEffect(() => {
    if (!pythons || settled) return;
    const kept = choice.byPerson ? interpreter : '';
    const next = proposePython(pythons, { folder, remembered: everRemembered[folder], kept });
    setChoice({ folder, byPerson: kept !== '' && next === kept });
    if (next && next !== interpreter) change({ interpreter: next });
    // What the person does to the interpreter meanwhile settles it.
  }, [pythons, settled, folder]);
  return (chosenFor) => setChoice({ folder: chosenFor, byPerson: true });
}
