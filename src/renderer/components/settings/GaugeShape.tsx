import type { Settings } from '../../../shared/settings.js';

/** A small picture of one of the gauge's shapes; decoration beside its name. */
export function GaugeShape({ shape }: { readonly shape: Settings['gaugeStyle'] }) {
  return (
    <svg className="gauge-shape" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {shape === 'ring' ? (
        <>
          <circle className="gauge-shape-rest" cx="8" cy="8" r="5.5" />
          <path className="gauge-shape-fill" d="M8 2.5a5.5 5.5 0 1 1-5.5 5.5" />
        </>
      ) : shape === 'bar' ? (
        <>
          <rect className="gauge-shape-rest" x="5" y="1.5" width="6" height="13" rx="1.5" />
          <path className="gauge-shape-fill" d="M8 12.2V6" />
        </>
      ) : (
        <path
          className="gauge-shape-digits"
          d="M2 4.2h4.6L4 12M9.3 7.9c0-2.4 1.2-3.8 3.6-3.8M11.6 7.4a2.3 2.3 0 1 1 0 4.6 2.3 2.3 0 0 1-2.3-2.3V7.9"
        />
      )}
    </svg>
  );
}
