import type { Connection, View } from '../api/types';
import { plural } from './format';

/** Why a connection's list of ticks is empty. */
export function whyNoTicks(c: Connection, view: View, isPaused: boolean): string {
  if (view.connections.length > 0 && !view.connections.includes(c.connection_id)) {
    return 'Left out by the filter';
  }
  if (isPaused) return 'None: the ticks are paused';
  if (!c.enabled || c.status !== 'connected') return 'No ticks';
  if (c.config.ticker_count === 0) return 'No tickers here, so no ticks';
  const isFiltered = view.symbols.length + view.kinds.length > 0;
  if (isFiltered) return 'No tick yet that the filter lets through';
  return `No tick yet of ${plural(c.config.ticker_count, 'ticker')}`;
}
