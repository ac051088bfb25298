const pad = (n: number, digits: number) => String(n).padStart(digits, '0');

/** 14:02:33.418, in the viewer's time. */
export function tickClock(time: number): string {
  const date = new Date(time * 1000);
  return `${pad(date.getHours(), 2)}:${pad(date.getMinutes(), 2)}:${pad(date.getSeconds(), 2)}.${pad(date.getMilliseconds(), 3)}`;
}
