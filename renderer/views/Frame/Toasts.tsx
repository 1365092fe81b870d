import { useEffect } from 'react';
import { dispatch, useView } from '../../store/store';
import type { Toast } from '../../store/view';
import { Icon } from '../../widgets/Icon';
import { IconButton } from '../../widgets/IconButton';

const SHOWN_MS = 8000;

/** What happened elsewhere, or why something was refused: at most three, at the bottom right. That the link is cut stays until it is back. */
export function Toasts() {
  const toasts = useView((v) => v.toasts);
  const lost = useView((v) => (v.hello && v.link.state === 'lost' ? v.link.message : ''));
  return (
    <div className="toasts" role="log" aria-label="Messages">
      {lost ? (
        <div className="toast error" role="alert">
          <Icon name="debug-disconnect" size="s" />
          <span className="grow">{lost}</span>
        </div>
      ) : null}
      {toasts.map((toast) => (
        <OneToast key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function OneToast({ toast }: { readonly toast: Toast }) {
  const dismiss = () => dispatch({ type: 'dismiss', id: toast.id });
  useEffect(() => {
    const timer = setTimeout(dismiss, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast.id]);
  return (
    <div className={`toast ${toast.kind}`} role={toast.kind === 'error' ? 'alert' : 'status'}>
      <Icon name={toast.kind === 'error' ? 'error' : 'info'} size="s" />
      <span className="grow">{toast.text}</span>
      <IconButton icon="close" label="Dismiss" small onPress={dismiss} />
    </div>
  );
}
