/** A codicon, decorative: its meaning is always beside it in words or in the button's label. */
export function Icon({ name, size = '' }: { readonly name: string; readonly size?: '' | 's' | 'xs' }) {
  return <i className={`codicon codicon-${name} ${size}`} aria-hidden="true" />;
}
