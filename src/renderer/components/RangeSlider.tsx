import * as Slider from '@radix-ui/react-slider';
import { type KeyboardEvent, useRef } from 'react';

const pageSteps = 5;

/** How one thumb is named and spoken; `now`, `min` and `max` in the unit that people think in, where it isn't the position. */
interface ThumbWords {
  readonly label: string;
  readonly valueText: string;
  readonly now?: number;
  readonly min?: number;
  readonly max?: number;
}

interface RangeSliderProps {
  readonly positions: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly thumbs: readonly ThumbWords[];
  readonly describedBy?: string | undefined;
  /** Draws the track in the colours that begin at the two thumbs. */
  readonly hasZones?: boolean;
  readonly onPreview: (positions: readonly number[]) => void;
  readonly onCommit: () => void;
  readonly onCommitSoon: () => void;
  readonly onCancel: () => boolean;
}

/**
 * A slider with one or more thumbs that never cross. It shows while dragging and acts on release; keys act
 * a while after the last one: arrows by 1, PageUp and PageDown (or Shift) by 5, Home and End to the thumb's own limits.
 */
export function RangeSlider(props: RangeSliderProps) {
  const {
    positions,
    min,
    max,
    thumbs,
    describedBy,
    hasZones = false,
    onPreview,
    onCommit,
    onCommitSoon,
    onCancel,
  } = props;
  const isDragging = useRef(false);

  const onThumbKey = (event: KeyboardEvent, index: number): void => {
    if (event.key === 'Escape' && onCancel()) {
      isDragging.current = false;
      return event.preventDefault();
    }
    const lower = (positions[index - 1] ?? min - 1) + 1;
    const upper = (positions[index + 1] ?? max + 1) - 1;
    const target = positionAfter(event, positions[index] ?? min, lower, upper);
    if (target === null) return;
    event.preventDefault();
    onPreview(positions.map((position, at) => (at === index ? Math.min(Math.max(target, lower), upper) : position)));
    onCommitSoon();
  };
  const endDrag = (finish: () => void): void => {
    if (!isDragging.current) return;
    isDragging.current = false;
    finish();
  };

  return (
    <Slider.Root
      className="slider"
      value={[...positions]}
      min={min}
      max={max}
      step={1}
      minStepsBetweenThumbs={1}
      preserveThumbOrder
      onPointerDown={() => {
        isDragging.current = true;
      }}
      onValueChange={(next) => isDragging.current && onPreview(next)}
      onPointerUp={() => endDrag(onCommit)}
      onPointerCancel={() => endDrag(onCancel)}
      onBlur={() => {
        if (!isDragging.current) onCommit();
      }}
    >
      <Slider.Track className="slider-track">
        {hasZones ? <Zones edges={positions.map((position) => shareOf(position, min, max))} /> : null}
        <Slider.Range className="slider-range" data-zones={hasZones || undefined} />
      </Slider.Track>
      {thumbs.map((words, index) => (
        <Slider.Thumb
          key={words.label}
          className="slider-thumb"
          aria-label={words.label}
          aria-valuetext={words.valueText}
          aria-valuenow={words.now ?? positions[index]}
          aria-valuemin={words.min ?? min}
          aria-valuemax={words.max ?? max}
          aria-describedby={describedBy}
          onKeyDown={(event) => onThumbKey(event, index)}
        />
      ))}
    </Slider.Root>
  );
}

/** Calm, near and full, each from its edge (percent of the track) to the next. */
function Zones({ edges: [near = 0, full = 100] }: { readonly edges: readonly number[] }) {
  return (
    <>
      <span className="zone" data-tone="calm" style={{ insetInlineStart: 0, width: `${near}%` }} />
      <span className="zone" data-tone="band" style={{ insetInlineStart: `${near}%`, width: `${full - near}%` }} />
      <span className="zone" data-tone="above" style={{ insetInlineStart: `${full}%`, insetInlineEnd: 0 }} />
    </>
  );
}

function shareOf(position: number, min: number, max: number): number {
  return ((position - min) / (max - min)) * 100;
}

function positionAfter(event: KeyboardEvent, from: number, lower: number, upper: number): number | null {
  const steps = event.shiftKey ? pageSteps : 1;
  switch (event.key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.floor(from) + steps;
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.ceil(from) - steps;
    case 'PageUp':
      return Math.floor(from) + pageSteps;
    case 'PageDown':
      return Math.ceil(from) - pageSteps;
    case 'Home':
      return lower;
    case 'End':
      return upper;
    default:
      return null;
  }
}
