// Figures and times as text. A figure that is not there is an en dash.

export const kNone = '–';

const kWhole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const kOneDigit = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

export function count(value: number | null | undefined): string {
  return value == null ? kNone : kWhole.format(value);
}

/** Ticks a second: a digit behind the point only where it says something. */
export function rate(value: number): string {
  return value >= 100 || value === 0 ? kWhole.format(value) : kOneDigit.format(value);
}

/** A count that must stay narrow: 1,234  12.3 k  4.56 M. */
export function compact(value: number): string {
  const size = Math.abs(value);
  if (size < 10_000) return kWhole.format(value);
  for (const [unit, name] of [
    [1e12, 'T'],
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const) {
    if (size >= unit * 0.9995) {
      const scaled = value / unit;
      return `${scaled.toFixed(Math.abs(scaled) < 10 ? 2 : Math.abs(scaled) < 100 ? 1 : 0)} ${name}`;
    }
  }
  return kWhole.format(value);
}

/** A tick's size in at most five places: 300  1.2k  45k  0.0125. */
export function short(value: number): string {
  const size = Math.abs(value);
  if (size >= 999.5) {
    const [unit, name] = size < 999_500 ? [1e3, 'k'] : size < 999.5e6 ? [1e6, 'M'] : [1e9, 'G'];
    const scaled = value / unit;
    return `${scaled.toFixed(Math.abs(scaled) < 9.95 ? 1 : 0)}${name}`;
  }
  return String(Number(size < 1 ? value.toFixed(4) : value.toPrecision(3)));
}

export function bytes(value: number): string {
  return `${compact(value)}${Math.abs(value) < 10_000 ? ' ' : ''}B`;
}

export function milliseconds(value: number | null | undefined): string {
  if (value == null) return kNone;
  if (value >= 10_000) return `${(value / 1000).toFixed(1)} s`;
  return `${value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : kWhole.format(value)} ms`;
}

/** Prices keep their digits: at least two behind the point, at most four, below 1 six. */
export function price(value: number | null | undefined): string {
  if (value == null) return kNone;
  const digits = Math.abs(value) < 1 ? 6 : 4;
  const text = value.toFixed(digits).replace(/0+$/, '');
  const behind = text.length - text.indexOf('.') - 1;
  const [whole = '', part = ''] = text.split('.');
  const grouped = kWhole.format(Number(whole)).replace(/^0/, whole === '-0' ? '-0' : '0');
  return `${grouped}.${behind < 2 ? part.padEnd(2, '0') : part}`;
}

/** How long something has lasted: 3.2 s, 45 s, 12 min, 2 h 5 min, 3 d 4 h. `whole`: 3 s. */
export function duration(seconds: number, whole = false): string {
  const s = Math.max(0, seconds);
  if (s < 10 && !whole) return `${s.toFixed(1)} s`;
  if (s < 60) return `${Math.floor(s)} s`;
  const minutes = Math.floor(s / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  const days = Math.floor(hours / 24);
  return hours % 24 ? `${days} d ${hours % 24} h` : `${days} d`;
}

/** Age of a moment. Clocks differ a little: what is in the future is "now". */
export function age(time: number, now: number): string {
  return time === 0 ? kNone : duration(now - time);
}

const two = (n: number) => String(n).padStart(2, '0');

/** Time of day of the person who looks; with the day if it is not today's. */
export function clock(time: number, now: number = Date.now() / 1000): string {
  if (time === 0) return kNone;
  const date = new Date(time * 1000);
  const text = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  if (date.toDateString() === new Date(now * 1000).toDateString()) return text;
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${text}`;
}

/** The same moment for everybody, for tooltips and <time>. */
export function utc(time: number): string {
  return time === 0 ? '' : new Date(time * 1000).toISOString();
}

export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}
