import { useRef } from 'preact/hooks';
import type { Ring } from '../state/ring';

interface Held<T> {
  ring: Ring<T>;
  cuts: number;
  pushed: number;
  /** Newest first. */
  rows: T[];
}

/** What a list shows of a ring, newest first. While somebody reads further down, it stays as it was when
 *  he began; `fresh` have come since. What is cleared or filtered away goes all the same. */
export function useHeldRows<T>(ring: Ring<T>, isReading: boolean) {
  const held = useRef<Held<T> | null>(null);
  const isOf = (h: Held<T>) => h.ring === ring && h.cuts === ring.cuts;
  if (!isReading) held.current = null;
  else if (!held.current || !isOf(held.current)) {
    const { cuts, pushed } = ring;
    held.current = { ring, cuts, pushed, rows: ring.toArray().reverse() };
  }
  const shown = held.current;
  if (!shown) return { count: ring.length, row: (i: number) => ring.newest(i)!, fresh: 0 };
  return {
    count: shown.rows.length,
    row: (i: number) => shown.rows[i]!,
    fresh: ring.pushed - shown.pushed,
  };
}
