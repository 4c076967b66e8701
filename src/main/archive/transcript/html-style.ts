import { createHash } from 'node:crypto';

/** The whole style of an HTML transcript, light and dark. */
export const htmlStyle = `
:root { color-scheme: light dark; --page: #fbfaf8; --ink: #22211f; --soft: #63605a; --line: #e0ddd6; --panel: #f1efea;
  --user: #e8eef8; --accent: #2a5db0; --error: #a8321f; }
@media (prefers-color-scheme: dark) { :root { --page: #191a1c; --ink: #e6e4df; --soft: #a3a09a; --line: #34353a;
  --panel: #222327; --user: #222d40; --accent: #8fb6f5; --error: #f0917f; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1.5rem; }
body { margin: 0 auto; max-width: 50rem; padding: 2.5rem 1.25rem 5rem; background: var(--page); color: var(--ink);
  font: 1rem/1.6 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; overflow-wrap: anywhere; }
header { margin-bottom: 2rem; padding-bottom: 1.25rem; border-bottom: 1px solid var(--line); }
h1 { margin: 0 0 .375rem; font-size: 1.5rem; line-height: 1.3; }
header p { margin: 0; color: var(--soft); font-size: .875rem; }
article { margin: 0 0 .375rem; }
article.headed { margin-top: 1.75rem; }
article.user { padding: .75rem 1rem .875rem; border-radius: .625rem; background: var(--user); }
article.tool.headed { margin-top: .375rem; }
.head { display: flex; gap: .625rem; align-items: baseline; margin-bottom: .25rem; color: var(--soft); font-size: .8125rem; }
.head b { color: var(--ink); font-size: .9375rem; font-weight: 650; }
time { font-variant-numeric: tabular-nums; }
.head time { margin-left: auto; white-space: nowrap; }
.prose { margin: .25rem 0; white-space: pre-wrap; }
pre { margin: .5rem 0; padding: .75rem .875rem; max-height: 32rem; overflow: auto; border-radius: .5rem; background: var(--panel);
  font: .8125rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace; white-space: pre-wrap;
  tab-size: 4; }
details { margin: .25rem 0; }
summary { padding: .125rem .25rem; border-radius: .25rem; color: var(--soft); font-size: .875rem; cursor: pointer;
  overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
summary:hover { color: var(--ink); }
summary:focus-visible { outline: 2px solid var(--accent); }
details[open] > summary { color: var(--ink); }
.result, .error, .entries { margin-left: 1rem; }
.call > summary { color: var(--ink); }
.error > summary { color: var(--error); }
.entries { font-size: .8125rem; }
.entries > summary { font-size: .8125rem; }
.nested { margin: .75rem 0; padding-left: 1rem; border-left: 2px solid var(--line); }
.nested > summary { color: var(--ink); font-weight: 600; }
.note, .trouble { margin: .25rem 0; color: var(--soft); font-size: .875rem; }
.trouble { padding: .5rem .75rem; border: 1px solid var(--error); border-radius: .5rem; color: var(--error); }
.mark { display: flex; gap: .75rem; align-items: center; margin: 2rem 0; color: var(--soft); font-size: .8125rem;
  font-variant-numeric: tabular-nums; }
.mark::before, .mark::after { content: ''; flex: 1; height: 1px; background: var(--line); }
img { display: block; max-width: 100%; max-height: 32rem; margin: .5rem 0; border-radius: .5rem; }
:target { outline: 2px solid var(--accent); outline-offset: .375rem; border-radius: .375rem; }
`;

/** What a transcript may load: this style and its own images. No script, no address, no form. */
export const htmlPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(htmlStyle).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
