/** A moment in local time as the daemon writes it into names: `YYYYMMDD` and `HHMMSS`. */
export function localStamp(at: Date): { readonly date: string; readonly time: string } {
  return {
    date: `${at.getFullYear()}${two(at.getMonth() + 1)}${two(at.getDate())}`,
    time: `${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`,
  };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
