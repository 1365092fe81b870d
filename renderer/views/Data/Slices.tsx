import { Button, Group, Input, Label, NumberField, Slider, SliderThumb, SliderTrack } from 'react-aria-components';

interface Props {
  readonly shape: readonly number[];
  /** The chosen index in each leading dimension. */
  readonly at: readonly number[];
  onChange(at: readonly number[]): void;
}

/** Which slice of an array with more than two dimensions is shown: a slider and a field for each leading one. */
export function Slices({ shape, at, onChange }: Props) {
  return (
    <div className="slices" role="group" aria-label="Slice">
      {shape.slice(0, -2).map((side, dimension) => {
        const value = at[dimension] ?? 0;
        const change = (next: number) => {
          if (Number.isInteger(next) && next >= 0 && next < side)
            onChange(shape.slice(0, -2).map((_, i) => (i === dimension ? next : (at[i] ?? 0))));
        };
        const name = `Dimension ${dimension}`;
        return (
          <div className="row small" key={dimension}>
            <NumberField className="row" value={value} minValue={0} maxValue={Math.max(0, side - 1)} onChange={change}>
              <Label className="fg3 nw">{name}</Label>
              <Group className="row slice-field">
                <Input className="in mono" />
                <Button slot="decrement" className="ib sm">
                  −
                </Button>
                <Button slot="increment" className="ib sm">
                  +
                </Button>
              </Group>
            </NumberField>
            <Slider
              aria-label={`${name}, slider`}
              value={value}
              minValue={0}
              maxValue={Math.max(0, side - 1)}
              onChange={change}
              className="slice-slider"
            >
              <SliderTrack className="slider">
                <SliderThumb className="thumb" />
              </SliderTrack>
            </Slider>
            <span className="fg3 nw">of {side.toLocaleString('en')}</span>
          </div>
        );
      })}
    </div>
  );
}
