import { Label, Radio, RadioGroup, Slider, SliderOutput, SliderThumb, SliderTrack, Switch } from 'react-aria-components';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { Settings as Values } from '../../../preload/protocol/settings';
import { perform, useView } from '../../store/store';
import './settings.css';

const THEMES: readonly { readonly id: Values['theme']; readonly name: string }[] = [
  { id: 'system', name: 'As the system' },
  { id: 'dark', name: 'Dark' },
  { id: 'light', name: 'Light' },
  { id: 'hc', name: 'High contrast' },
];
const FILTERS: readonly { readonly id: keyof Values['stepFilters']; readonly name: string }[] = [
  { id: 'library', name: 'The standard library and installed packages' },
  { id: 'decorators', name: 'Decorators, on the way into what they wrap' },
  { id: 'generators', name: 'Generators and comprehensions' },
];
const GIGABYTE = 1024 ** 3;

/** What a person can set. Everything takes effect at once. */
export function Settings() {
  const settings = useView((v) => v.settings);
  const change = (part: Partial<Values>) => void perform('settings.change', part);
  return (
    <div className="scroll">
      <div className="settings">
        <h1>Settings</h1>
        <Row name="Theme">
          <RadioGroup
            className="seg"
            aria-label="Theme"
            value={settings.theme}
            onChange={(theme) => change({ theme: THEMES.find((t) => t.id === theme)?.id ?? 'system' })}
          >
            {THEMES.map((t) => (
              <Radio key={t.id} value={t.id}>
                {t.name}
              </Radio>
            ))}
          </RadioGroup>
        </Row>
        <Size
          name="Source text"
          value={settings.sourceFontSize}
          min={10}
          max={24}
          unit="px"
          onChange={(sourceFontSize) => change({ sourceFontSize })}
        />
        <Size
          name="Terminal text"
          value={settings.terminalFontSize}
          min={8}
          max={24}
          unit="px"
          onChange={(terminalFontSize) => change({ terminalFontSize })}
        />
        <Row name="Step goes past" hint="A step typed in the console is pdb’s own and goes into all of them.">
          {FILTERS.map(({ id, name }) => (
            <Switch
              key={id}
              className="switch set-switch"
              isSelected={settings.stepFilters[id]}
              onChange={(on) => change({ stepFilters: { ...settings.stepFilters, [id]: on } })}
            >
              <span className="sw" />
              <span>{name}</span>
            </Switch>
          ))}
        </Row>
        <Row name="Screen reader" hint="Terminals announce what is written to them. Costs some speed in floods.">
          <Switch
            className="switch"
            isSelected={settings.screenReader}
            onChange={(screenReader) => change({ screenReader })}
            aria-label="Screen-reader mode"
          >
            <span className="sw" />
            <span>{settings.screenReader ? 'On' : 'Off'}</span>
          </Switch>
        </Row>
        <Size
          name="Disk for one session’s output"
          value={Math.round(settings.spoolBudget / GIGABYTE)}
          min={1}
          max={64}
          unit="GB"
          hint="At the budget the program waits, and you choose. The disk’s last 1 GB is never used."
          onChange={(gb) => change({ spoolBudget: gb * GIGABYTE })}
        />
      </div>
    </div>
  );
}

function Row({ name, hint = '', children }: { readonly name: string; readonly hint?: string; readonly children: ReactNode }) {
  return (
    <div className="set-row">
      <span className="set-name m">{name}</span>
      <div>
        {children}
        {hint ? <p className="xs fg3">{hint}</p> : null}
      </div>
    </div>
  );
}

interface SizeProps {
  readonly name: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
  readonly hint?: string;
  onChange(value: number): void;
}

function Size({ name, value, min, max, unit, hint = '', onChange }: SizeProps) {
  const [now, setNow] = useState(value);
  useEffect(() => setNow(value), [value]);
  return (
    <Slider className="set-row" value={now} onChange={setNow} minValue={min} maxValue={max} onChangeEnd={onChange}>
      <Label className="set-name m">{name}</Label>
      <div>
        <div className="row">
          <SliderTrack className="slider">
            <SliderThumb className="thumb" />
          </SliderTrack>
          <SliderOutput className="mono small">{({ state }) => `${state.getThumbValueLabel(0)} ${unit}`}</SliderOutput>
        </div>
        {hint ? <p className="xs fg3">{hint}</p> : null}
      </div>
    </Slider>
  );
}
