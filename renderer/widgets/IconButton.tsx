import { Button, Tooltip, TooltipTrigger } from 'react-aria-components';
import { Icon } from './Icon';

interface Props {
  readonly icon: string;
  readonly label: string;
  /** The key that does the same, as written on the keyboard. */
  readonly keys?: string;
  /** Why it cannot be used now; it stays focusable so that the reason can be read. */
  readonly whyNot?: string;
  readonly tone?: 'go' | 'halt' | 'step' | '';
  readonly small?: boolean;
  onPress(): void;
}

/** A button with a picture only: its label and key are in the tooltip after half a second. */
export function IconButton({ icon, label, keys = '', whyNot = '', tone = '', small = false, onPress }: Props) {
  const disabled = whyNot !== '';
  return (
    <TooltipTrigger delay={500}>
      <Button
        className={`ib ${tone} ${small ? 'sm' : ''}`}
        aria-label={label}
        aria-disabled={disabled}
        data-off={disabled || undefined}
        onPress={() => disabled || onPress()}
      >
        <Icon name={icon} />
      </Button>
      <Tooltip className="tip">
        {label}
        {keys ? <kbd>{keys}</kbd> : null}
        {disabled ? <span className="fg3">{whyNot}</span> : null}
      </Tooltip>
    </TooltipTrigger>
  );
}
