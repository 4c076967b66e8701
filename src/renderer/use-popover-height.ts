import { useCallback, useLayoutEffect, useState } from 'react';
import type { RefCallback } from 'react';
import type { PopoverApi } from '../shared/ipc-contract.js';

const lowestPixels = 300;
const highestPixels = 720;

/**
 * Tells main how high the page wants to be: the sum of all parts that carry the returned `ref`, clamped to
 * 300–720. It is measured after each drawing, and again when a part changes by itself. Only a new height is told.
 */
export function usePopoverHeight(setPopoverHeight: PopoverApi['setPopoverHeight']): RefCallback<HTMLElement> {
  const [measure] = useState(() => createMeasure(setPopoverHeight));
  useLayoutEffect(() => measure.tell());
  return useCallback((part: HTMLElement | null) => (part === null ? undefined : measure.follow(part)), [measure]);
}

function createMeasure(setPopoverHeight: PopoverApi['setPopoverHeight']) {
  const parts = new Set<HTMLElement>();
  let told = 0;
  const tell = (): void => {
    let sum = 0;
    for (const part of parts) sum += part.getBoundingClientRect().height;
    const height = Math.min(Math.max(Math.ceil(sum), lowestPixels), highestPixels);
    if (height === told || parts.size === 0) return;
    told = height;
    void setPopoverHeight(height);
  };
  const observer = new ResizeObserver(tell);
  const follow = (part: HTMLElement): (() => void) => {
    parts.add(part);
    observer.observe(part);
    return () => {
      parts.delete(part);
      observer.unobserve(part);
    };
  };
  return { tell, follow };
}
