// Things the server sends, filled in; a test says only what matters to it.
import type {
  Connection,
  ConnectionMetrics,
  MetricsUpdate,
  Problem,
  Sink,
  StatusAnswer,
  Summary,
  Tick,
} from '../src/api/types';
import { kEmptyModel, type Model } from '../src/state/model';

export function connection(id: number, change: Partial<Connection> = {}): Connection {
  return {
    id,
    connection_id: `connection_${id}`,
    name: ['primary', 'secondary', 'tertiary'][id - 1] ?? `number ${id}`,
    enabled: true,
    connected: true,
    status: 'connected',
    config: { ticker_count: 3 },
    metrics: { messages_per_second: 100, last_update: 999.5, error_count: 0 },
    source: 'massive',
    universe: '',
    status_since: 900,
    down_since: 0,
    paused: false,
    stale: false,
    evicted: false,
    next_attempt: 0,
    reason: '',
    message_count: 1000,
    borrowed_tickers: 0,
    ticks_per_second_60: 100,
    latency_p50_ms: 1,
    latency_p99_ms: 2,
    connects: 1,
    reconnects: 0,
    last_error: '',
    last_error_time: 0,
    frames: 10,
    bytes: 1000,
    rejected: 0,
    duplicates: 0,
    open_gaps: 0,
    ...change,
  };
}

export function summary(problems: Problem[] = [], change: Partial<Summary> = {}): Summary {
  const level = problems.some((p) => p.level === 'error')
    ? 'error'
    : problems.length
      ? 'warning'
      : 'ok';
  return {
    total: 3,
    connected: 3,
    ticks_total: 3000,
    errors_total: 0,
    imbalance: 0,
    verdict: { level, problems },
    ...change,
  };
}

export function status(
  connections: Connection[],
  change: Partial<StatusAnswer> = {},
): StatusAnswer {
  return {
    connections,
    summary: summary(),
    engine: { version: '0.1.0', started: 500, now: 1000 },
    ...change,
  };
}

export function sink(change: Partial<Sink> = {}): Sink {
  return {
    name: 'redis',
    available: true,
    queued: 0,
    queue_capacity: 1000,
    when_full: 'drop_oldest',
    delivered: 0,
    filtered: 0,
    dropped: 0,
    conflated: 0,
    failed: 0,
    error_count: 0,
    last_error: '',
    ...change,
  };
}

export function metricsOf(
  c: Connection,
  change: Partial<ConnectionMetrics> = {},
): ConnectionMetrics {
  return {
    connection_id: c.connection_id,
    ...c.metrics,
    message_count: c.message_count,
    latency_p50_ms: c.latency_p50_ms,
    latency_p99_ms: c.latency_p99_ms,
    ticker_count: c.config.ticker_count,
    bytes: c.bytes,
    reconnects: c.reconnects,
    ...change,
  };
}

export function metrics(change: Partial<MetricsUpdate> = {}): MetricsUpdate {
  return {
    time: 1001,
    summary: summary(),
    connections: [],
    sinks: [],
    ledger: { published: 0, imbalance: 0 },
    stream: { seen: 0, shown: 0 },
    ...change,
  };
}

export function tick(symbol: string, change: Partial<Tick> = {}): Tick {
  return {
    connection_id: 'connection_1',
    symbol,
    kind: 'trade',
    price: 10,
    size: 1,
    time: 1000,
    received: 1000,
    count: 1,
    ...change,
  };
}

export function model(change: Partial<Model> = {}): Model {
  return {
    ...kEmptyModel,
    link: { phase: 'live' },
    now: 1000,
    connections: [connection(1), connection(2), connection(3)],
    summary: summary(),
    ...change,
  };
}
