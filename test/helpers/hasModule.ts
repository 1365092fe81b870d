import { spawnSync } from 'node:child_process';

/** Can this Python import a module of that name? */
export const hasModule = (python: string, name: string): boolean => spawnSync(python, ['-c', `import ${name}`]).status === 0;
