import type { MetricsUpdate } from '../api/types';
import { Series } from './series';

/** Seconds that the plots reach back; one point a second. */
export const kHistorySeconds = 600;

/** Messages a second over time: of each connection and of all. */
export class Histories {
  readonly total = new Series(kHistorySeconds);
  private readonly perConnection = new Map<string, Series>();

  add(update: MetricsUpdate): void {
    let total = 0;
    for (const metrics of update.connections) {
      total += metrics.messages_per_second;
      this.of(metrics.connection_id).push(update.time, metrics.messages_per_second);
    }
    this.total.push(update.time, total);
  }

  of(connectionId: string): Series {
    let series = this.perConnection.get(connectionId);
    if (!series) this.perConnection.set(connectionId, (series = new Series(kHistorySeconds)));
    return series;
  }

  keepConnections(ids: ReadonlySet<string>): void {
    for (const id of [...this.perConnection.keys()]) {
      if (!ids.has(id)) this.perConnection.delete(id);
    }
  }
}
