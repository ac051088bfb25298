import type { Connection } from '../api/types';
import { clock, duration } from './format';

/** How a state looks: green, yellow, red, grey, always with a word and an icon beside. */
export type Tone = 'ok' | 'warning' | 'error' | 'off';

export interface StateLabel {
  tone: Tone;
  word: string;
}

export function stateOf(c: Connection): StateLabel {
  if (!c.enabled) return { tone: 'off', word: 'disabled' };
  if (isPausing(c)) return { tone: 'warning', word: 'pausing' };
  if (c.paused) return { tone: 'off', word: 'paused' };
  if (c.status === 'connected') return { tone: 'ok', word: 'connected' };
  if (c.status === 'connecting') return { tone: 'warning', word: 'connecting' };
  if (c.status === 'error' && c.stale) return { tone: 'error', word: 'silent' };
  if (isEvicted(c)) return { tone: 'error', word: 'evicted' };
  return { tone: 'error', word: c.status };
}

/** Asked to pause, but still at work until its tickers have moved. */
const isPausing = (c: Connection) => c.paused && c.status === 'connected';

/** `evicted` alone holds until it has streamed for a while again. */
const isEvicted = (c: Connection) => c.evicted && c.status === 'error';

/** One sentence on why it is not simply connected; "" if it is. */
export function whyNot(c: Connection): string {
  if (!c.enabled) return 'Switched off in the configuration.';
  if (isPausing(c)) return 'It stays connected until its tickers have moved.';
  if (c.paused) return 'Paused by an operator until somebody resumes it.';
  if (c.status === 'connected') return '';
  if (c.reason) return sentence(c.reason);
  if (isEvicted(c)) return "The vendor's limit of connections was reached: it holds off.";
  return sentence(c.last_error);
}

/** Since when it is as it is; an outage counts over all attempts to end it. 0: not known. */
export function sinceOf(c: Connection): number {
  // The status of one that pauses still dates from when it connected.
  return isPausing(c) ? 0 : c.down_since || c.status_since;
}

/** When it is tried again; "" if nothing is to be tried. */
export function nextTry(c: Connection, now: number): string {
  if (!c.enabled || c.paused || c.status === 'connected' || c.next_attempt <= 0) return '';
  const wait = c.next_attempt - now;
  return wait <= 0
    ? 'Trying again now.'
    : `Next try at ${clock(c.next_attempt, now)}, in ${duration(Math.ceil(wait), true)}.`;
}

export function sentence(text: string): string {
  const trimmed = text.trim();
  if (!trimmed) return '';
  const capital = trimmed[0]!.toUpperCase() + trimmed.slice(1);
  // Also where the vendor's own words, which are quoted, end the sentence.
  return /[.!?]["')]*$/.test(capital) ? capital : `${capital}.`;
}
