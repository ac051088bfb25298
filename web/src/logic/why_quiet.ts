import type { SymbolAnswer } from '../api/types';
import type { Model } from '../state/model';
import { nextTry, sinceOf, stateOf, whyNot, type Tone } from './connection_state';
import { clock, duration } from './format';

export interface Finding {
  tone: Tone;
  text: string;
}

/** Seconds without a tick from which on a symbol counts as quiet. A bar of a minute comes once a minute,
 *  some seconds after its end. */
const kQuietAfter = 60;
const kQuietAfterBar = 150;

/** What speaks for or against a symbol's ticks arriving, the likeliest cause first. */
export function whyQuiet(model: Model, answer: SymbolAnswer): Finding[] {
  const { symbol, connection_id: id } = answer;
  if (id === null) {
    return [
      {
        tone: 'error',
        text: `No connection carries ${symbol}. It is in no connection's universe or list, or was unsubscribed.`,
      },
    ];
  }
  const findings: Finding[] = [];
  const connection = model.connections.find((c) => c.connection_id === id);
  if (connection) {
    const state = stateOf(connection);
    if (state.tone !== 'ok') {
      const why = `${whyNot(connection)} ${nextTry(connection, model.now)}`.trim();
      const from = sinceOf(connection);
      const since = from ? ` since ${clock(from, model.now)}` : '';
      findings.push({
        tone: state.tone,
        text: `Its connection ${connection.name} is ${state.word === 'error' ? 'in error' : state.word}${since}. ${why}`.trim(),
      });
    }
  }
  for (const gap of model.gaps) {
    if (gap.to !== null) continue;
    const isIn = gap.symbols.includes(symbol);
    // Of a large gap only the first symbols are told.
    const mayBeIn = gap.connection_id === id && gap.symbols.length < gap.symbol_count;
    if (!isIn && !mayBeIn) continue;
    findings.push({
      tone: isIn ? 'error' : 'warning',
      text: `It ${isIn ? 'is' : 'may be'} part of a gap that has been open since ${clock(gap.from, model.now)}: ${gap.reason}.`,
    });
  }
  if (findings.length > 0) return findings;
  const last = answer.last_tick;
  if (last === null) {
    return [
      {
        tone: 'warning',
        text: `Its connection is up, but no tick of ${symbol} has come since the engine started. The symbol may not trade now, or the vendor may not know it.`,
      },
    ];
  }
  const quietAfter = last.kind === 'bar' ? kQuietAfterBar : kQuietAfter;
  const quiet = model.now - last.received;
  if (quiet <= quietAfter) {
    return [{ tone: 'ok', text: `Not quiet: its last tick came ${duration(quiet)} ago.` }];
  }
  const others = connection ? model.now - connection.metrics.last_update : Infinity;
  return [
    {
      tone: 'warning',
      text:
        others <= quietAfter
          ? `Its connection is up and other tickers on it tick (${duration(others)} ago): ${symbol} itself has not traded or been quoted for ${duration(quiet)}.`
          : `Its connection is up but silent for ${duration(others)}: outside trading hours this is normal.`,
    },
  ];
}
