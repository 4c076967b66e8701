const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Made once: a format takes longer to make than to use a hundred times. */
const clockFormat = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const dateFormat = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** How every figure in the page is written: the one place for units, rounding and local times. */
export const figures = { tokens, percent, bytes, age, minutes, roughMinutes, clock };

/** 950, 41k, 773k, 1M, 1.05M. */
function tokens(count: number): string {
  if (count < 1000) return String(Math.round(count));
  if (Math.round(count / 1000) < 1000) return `${Math.round(count / 1000)}k`;
  return `${String(Number((count / 1_000_000).toFixed(2)))}M`;
}

/** The whole percent without its sign, not clamped; `–` where nothing is known. */
function percent(value: number | null): string {
  return value === null ? '–' : String(Math.round(value));
}

/** 812 B, 41 KB, 1.2 MB; a thousand bytes are a kilobyte. */
function bytes(count: number): string {
  if (count < 1000) return `${count} B`;
  const units = ['KB', 'MB', 'GB', 'TB'];
  let value = count / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 10 ? Number(value.toFixed(1)) : Math.round(value)} ${units[unit] ?? ''}`;
}

/** 20 s, 14 min, 3 h, 2 d. Seconds go by tens, so that the figure stands still while it is read. */
function age(milliseconds: number): string {
  if (milliseconds < minuteMs) return `${Math.max(0, Math.floor(milliseconds / 10_000) * 10)} s`;
  if (milliseconds < hourMs) return `${Math.floor(milliseconds / minuteMs)} min`;
  if (milliseconds < 2 * dayMs) return `${Math.floor(milliseconds / hourMs)} h`;
  return `${Math.floor(milliseconds / dayMs)} d`;
}

/** 10 min, 2 h, 1 h 30 min. */
function minutes(count: number): string {
  if (count < 60) return `${count} min`;
  const rest = count % 60;
  return rest === 0 ? `${count / 60} h` : `${Math.floor(count / 60)} h ${rest} min`;
}

/** Minutes that are only about right: `under 1 min`, single ones up to an hour, tens up to ten hours, then whole hours. */
function roughMinutes(count: number): string {
  if (count < 1) return `under ${minutes(1)}`;
  if (count < 60) return minutes(count);
  return minutes(count < 600 ? Math.round(count / 10) * 10 : Math.round(count / 60) * 60);
}

/** The local time of day, with the local date before it where it is not today. */
function clock(isoTime: string, nowMs: number): string {
  const time = new Date(isoTime);
  if (Number.isNaN(time.getTime())) return isoTime;
  const isToday = time.toDateString() === new Date(nowMs).toDateString();
  return (isToday ? clockFormat : dateFormat).format(time);
}
