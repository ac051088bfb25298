import type { Connection, LogEvent, MetricsUpdate, Sink, StatusAnswer } from '../api/types';
import type { Model, SinkRow } from './model';

export const kMaxEvents = 1000;

/** The whole picture. Replaces all connections: after a restart there may be others. */
export function applyStatus(model: Model, answer: StatusAnswer): Model {
  const restarted = model.engine !== null && model.engine.started !== answer.engine.started;
  return {
    ...model,
    engine: answer.engine,
    now: restarted || model.now === 0 ? answer.engine.now : model.now,
    connections: [...answer.connections].sort((a, b) => a.id - b.id),
    summary: answer.summary,
    // Another process counts its events from 1 again.
    events: restarted ? [] : model.events,
  };
}

export function applyConnection(model: Model, connection: Connection): Model {
  const known = model.connections.some((c) => c.connection_id === connection.connection_id);
  const connections = known
    ? model.connections.map((c) => (c.connection_id === connection.connection_id ? connection : c))
    : [...model.connections, connection].sort((a, b) => a.id - b.id);
  return { ...model, connections };
}

export function applyMetrics(model: Model, update: MetricsUpdate): Model {
  const figures = new Map(update.connections.map((m) => [m.connection_id, m]));
  const elapsed = update.time - model.now;
  return {
    ...model,
    now: update.time,
    summary: update.summary,
    published: update.ledger.published,
    stream: update.stream,
    sinks: withRates(update.sinks, model.sinks, elapsed),
    connections: model.connections.map((c) => {
      const m = figures.get(c.connection_id);
      if (!m) return c;
      return {
        ...c,
        config: { ...c.config, ticker_count: m.ticker_count },
        metrics: {
          messages_per_second: m.messages_per_second,
          last_update: m.last_update,
          error_count: m.error_count,
        },
        message_count: m.message_count,
        latency_p50_ms: m.latency_p50_ms,
        latency_p99_ms: m.latency_p99_ms,
        bytes: m.bytes,
        reconnects: m.reconnects,
      };
    }),
  };
}

/** Whether the figures speak of other connections than the page knows: it must ask for the whole picture. */
export function isOutOfDate(model: Model, update: MetricsUpdate): boolean {
  const known = new Set(model.connections.map((c) => c.connection_id));
  return (
    update.connections.length !== known.size ||
    update.connections.some((m) => !known.has(m.connection_id))
  );
}

/** Adds events; they may overlap with those that are known. */
export function applyEvents(model: Model, events: LogEvent[]): Model {
  const known = new Set(model.events.map((e) => e.id));
  const fresh = events.filter((e) => !known.has(e.id));
  if (fresh.length === 0) return model;
  const all = [...model.events, ...fresh].sort((a, b) => a.id - b.id);
  return { ...model, events: all.slice(-kMaxEvents) };
}

function withRates(sinks: Sink[], before: SinkRow[], elapsed: number): SinkRow[] {
  return sinks.map((sink) => {
    const old = before.find((s) => s.name === sink.name);
    if (!old || elapsed <= 0) return { ...sink, rate: old?.rate ?? 0 };
    // A restarted engine counts from 0 again.
    return { ...sink, rate: Math.max(0, sink.delivered - old.delivered) / elapsed };
  });
}
