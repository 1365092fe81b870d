/** A session's letter; the colour only helps (ui.md §3). */
export function SessionBadge({ id, small = false }: { readonly id: string; readonly small?: boolean }) {
  const colour = 'ABC'[(id.charCodeAt(0) - 65) % 3] ?? 'A';
  return <span className={`sess ${colour} ${small ? 'small-badge' : ''}`}>{id}</span>;
}
