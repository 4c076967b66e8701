const shapes = {
  export: 'M8 2v7.5M4.8 6.5 8 9.7l3.2-3.2M2.5 11v1.5a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1V11',
  check: 'm3 8.5 3.2 3.2L13 4.8',
  open: 'M8 3.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6Z',
  folder: 'M2 4.5v7.3a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V6a1 1 0 0 0-1-1H8L6.6 3.4H3a1 1 0 0 0-1 1.1Z',
  log: 'M4 2.5h5.5L12.5 5.5v7a1 1 0 0 1-1 1H4.5a1 1 0 0 1-1-1V3a.5.5 0 0 1 .5-.5ZM6 7.5h4M6 10.3h4',
  page: 'M2.5 3.8c2.2-.7 4-.5 5.5.7 1.5-1.2 3.3-1.4 5.5-.7v8.4c-2.2-.7-4-.5-5.5.7-1.5-1.2-3.3-1.4-5.5-.7ZM8 4.5v8.4',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M5 3.3v9.4L12.5 8 5 3.3Z',
  warning: 'M8 2.2 14.3 13H1.7L8 2.2ZM8 6.4v3M8 11.2v.1',
  bellOff:
    'M4.2 6.2c0 3.3-1.4 4.8-1.4 4.8h8.4M12 8.6V6.2a4 4 0 0 0-6.3-3.3M6.8 13a1.3 1.3 0 0 0 2.4 0M2.2 2.2l11.6 11.6',
  close: 'm4 4 8 8M12 4l-8 8',
  eye: 'M1.6 8S4 3.6 8 3.6 14.4 8 14.4 8 12 12.4 8 12.4 1.6 8 1.6 8ZM8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6Z',
  asks: 'M3 2.8h10a1 1 0 0 1 1 1v6.4a1 1 0 0 1-1 1H8.2L4.8 14v-2.8H3a1 1 0 0 1-1-1V3.8a1 1 0 0 1 1-1ZM5.3 7h.1M8 7h.1M10.7 7h.1',
  minus: 'M3.5 8h9',
  plus: 'M3.5 8h9M8 3.5v9',
  aside: 'M2.5 3.5h7M2.5 8h4M2.5 12.5h7M9 8h5M11.8 5.8 14 8l-2.2 2.2',
  back: 'M13.5 8H4M6.6 5 3.5 8l3.1 3',
  reset: 'M3.5 6h6a3.5 3.5 0 0 1 0 7H6M6.2 3 3.2 6l3 3',
  previous: 'M9.8 3.5 5.3 8l4.5 4.5',
  next: 'M6.2 3.5 10.7 8l-4.5 4.5',
  bell: 'M3.2 11.2h9.6c-.9-1-1.3-2.3-1.3-4.4a3.5 3.5 0 0 0-7 0c0 2.1-.4 3.4-1.3 4.4ZM6.8 13.4a1.3 1.3 0 0 0 2.4 0',
  gauge: 'M3.4 12.6a6 6 0 1 1 9.2 0M8 9l2.6-3.2M7.6 9.2h.8',
  window: 'M3 3h10a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1ZM2 6h12M4.4 4.5h.1M6.4 4.5h.1',
  ruler: 'M2 5.5h12v5H2ZM4.5 5.5v2M7 5.5v3M9.5 5.5v2M12 5.5v3',
  script: 'M3 3h10a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1ZM4.8 6 6.8 8l-2 2M8.4 10.2h2.8',
  copy: 'M6 5.5h6.5a1 1 0 0 1 1 1V13a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V6.5a1 1 0 0 1 1-1ZM10.5 5.5V3.5a1 1 0 0 0-1-1H3.5a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1H5',
  more: 'M3.2 8h.1M8 8h.1M12.8 8h.1',
  threshold: 'M2.5 8h6M12.5 8h1M10.5 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z',
  dismiss:
    'M1.6 8S4 3.6 8 3.6c1 0 1.9.3 2.7.7M13 6.1A12 12 0 0 1 14.4 8S12 12.4 8 12.4c-1.1 0-2.1-.3-2.9-.8M2.5 13.5l11-11',
  compaction: 'M8 1.8v4M5.8 4 8 6.2 10.2 4M2.5 8h11M8 14.2v-4M5.8 12 8 9.8l2.2 2.2',
  retry: 'M13 8a5 5 0 1 1-1.6-3.7M13.2 2.2v2.9h-2.9',
  archive: 'M2.5 3h11v3h-11ZM3.5 6v6a1 1 0 0 0 1 1h7a1 1 0 0 0 1-1V6M6.5 8.7h3',
  search: 'M7 2.6a4.4 4.4 0 1 0 0 8.8 4.4 4.4 0 0 0 0-8.8ZM10.3 10.3l3.3 3.3',
  down: 'm4.5 6.5 3.5 3.5 3.5-3.5',
  bin: 'M3 4.5h10M6.5 4.5V3a.5.5 0 0 1 .5-.5h2a.5.5 0 0 1 .5.5v1.5M4.2 4.5l.6 8a1 1 0 0 0 1 .9h4.4a1 1 0 0 0 1-.9l.6-8',
} as const;

/** The names of the page's icons. */
export type IconName = keyof typeof shapes;

/** A line icon the size of the text around it; always decoration, the words stand beside it or in the control's label. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={shapes[name]} />
    </svg>
  );
}
