import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { baseName, shortPath } from '../../store/paths';
import { dispatch, useView } from '../../store/store';
import { Icon } from '../../widgets/Icon';

/** Files that stay as tabs; the one that was not seen longest goes first. */
const MOST = 8;

/** The files that this session's stops and the person's clicks have shown. */
export function FileTabs({ path, session }: { readonly path: string; readonly session: string }) {
  const home = useView((v) => v.hello?.home ?? '');
  const [files, setFiles] = useState<readonly string[]>([]);
  useEffect(() => setFiles([]), [session]);
  useEffect(() => {
    if (path) setFiles((open) => (open.includes(path) ? open : [...open, path].slice(-MOST)));
  }, [path, session]);
  const close = (file: string) => {
    const left = files.filter((f) => f !== file);
    setFiles(left);
    const next = left.at(-1);
    if (file === path && next) dispatch({ type: 'show', place: { path: next, line: 1, at: Date.now() } });
  };
  return (
    <div className="files">
      {files.map((file) => (
        <div key={file} className={`tab ${file === path ? 'on' : ''}`} title={shortPath(file, home, 200)}>
          <Button className="file" onPress={() => dispatch({ type: 'show', place: { path: file, line: 1, at: Date.now() } })}>
            <span className="tag py">Py</span>
            {baseName(file)}
          </Button>
          {files.length > 1 ? (
            <Button className="x" aria-label={`Close ${baseName(file)}`} onPress={() => close(file)}>
              <Icon name="close" size="xs" />
            </Button>
          ) : null}
        </div>
      ))}
      <span className="grow" />
      <span className="row xs fg3 mono file-path">
        {path ? shortPath(path, home, 60) : ''} {path ? <Icon name="lock-small" size="s" /> : null}
      </span>
    </div>
  );
}
