// What the server says, see GET /api/openapi.json. Times are seconds since the Unix epoch, UTC; 0: never.

export type Role = 'admin' | 'super' | 'viewer' | 'user';

export interface Session {
  user: string;
  role: Role;
  csrf_token: string;
}

export type ConnectionStatus = 'disconnected' | 'connecting' | 'connected' | 'error';

export interface Connection {
  id: number;
  connection_id: string;
  name: string;
  enabled: boolean;
  connected: boolean;
  status: ConnectionStatus;
  config: { ticker_count: number; tickers?: string[] };
  metrics: { messages_per_second: number; last_update: number; error_count: number };
  source: string;
  universe: string;
  status_since: number;
  /** When it was last connected, over all attempts since; 0: it is connected, or disabled. */
  down_since: number;
  paused: boolean;
  /** It was silent where ticks were due, and taken for dead; until it is tried again. */
  stale: boolean;
  /** By the vendor's connection limit; until it has streamed for a while again. */
  evicted: boolean;
  next_attempt: number;
  /** Why it is not connected, or "". */
  reason: string;
  message_count: number;
  borrowed_tickers: number;
  ticks_per_second_60: number;
  latency_p50_ms: number | null;
  latency_p99_ms: number | null;
  connects: number;
  reconnects: number;
  last_error: string;
  last_error_time: number;
  frames: number;
  bytes: number;
  rejected: number;
  duplicates: number;
  open_gaps: number;
}

export interface Problem {
  level: 'warning' | 'error';
  since: number;
  text: string;
  /** The part of the page that tells more. */
  panel: 'connections' | 'sinks' | 'universes' | 'events' | 'ledger';
  connection_id?: string | null;
  sink?: string | null;
}

export interface Summary {
  total: number;
  connected: number;
  ticks_total: number;
  errors_total: number;
  imbalance: number;
  verdict: { level: 'ok' | 'warning' | 'error'; problems: Problem[] };
}

export interface Engine {
  version: string;
  started: number;
  now: number;
}

export interface StatusAnswer {
  connections: Connection[];
  summary: Summary;
  engine: Engine;
}

export interface Sink {
  name: string;
  available: boolean;
  queued: number;
  queue_capacity: number;
  when_full: string;
  delivered: number;
  filtered: number;
  dropped: number;
  conflated: number;
  failed: number;
  error_count: number;
  last_error: string;
}

export interface ConnectionMetrics {
  connection_id: string;
  messages_per_second: number;
  message_count: number;
  error_count: number;
  last_update: number;
  latency_p50_ms: number | null;
  latency_p99_ms: number | null;
  ticker_count: number;
  bytes: number;
  reconnects: number;
}

export interface MetricsUpdate {
  time: number;
  summary: Summary;
  connections: ConnectionMetrics[];
  sinks: Sink[];
  ledger: { published: number; imbalance: number };
  stream: { seen: number; shown: number };
}

/** Those of a feed. */
export const kTickKinds = [
  'trade',
  'quote',
  'bar',
  'luld',
  'imbalance',
  'value',
  'other',
] as const;

/** `gap`, the engine's own, comes only where the dashboard's filter in the YAML names it. */
export type TickKind = (typeof kTickKinds)[number] | 'gap';

export interface Tick {
  connection_id: string;
  symbol: string;
  kind: TickKind;
  price: number | null;
  size: number | null;
  bid?: number | null;
  ask?: number | null;
  bid_size?: number | null;
  ask_size?: number | null;
  /** The vendor's stamp. */
  time: number;
  /** When it arrived: later than `time` by far on a delayed feed or a recorded day. */
  received: number;
  /** Ticks of that symbol since its last showing. */
  count: number;
}

export interface TickUpdate {
  ticks: Tick[];
  /** All ticks that matched since the last update, shown or not. */
  seen: number;
}

export interface LogEvent {
  id: number;
  time: number;
  level: 'info' | 'warning' | 'error';
  component: string;
  text: string;
}

export interface LedgerConnection {
  frames: number;
  bytes: number;
  events: number;
  status_events: number;
  ticks: number;
  duplicates: number;
  withheld: number;
  rejected: number;
  rejected_by_reason: Record<string, number>;
}

export interface Ledger {
  published: number;
  gap_ticks: number;
  imbalance: number;
  connections: Record<string, LedgerConnection>;
}

export interface Universe {
  key: string;
  resolver: string;
  count: number;
  content_hash: string;
  resolved_at: number;
  stale: boolean;
  last_error: string;
}

export interface Gap {
  connection_id: string;
  connection_name: string;
  from: number;
  /** null while it is open. */
  to: number | null;
  reason: string;
  symbol_count: number;
  /** The first 100. */
  symbols: string[];
}

export interface PluginInfo {
  kind: string;
  name: string;
  version: string;
  summary: string;
  file: string;
}

export interface AuditEntry {
  time: number;
  user: string;
  address: string;
  action: string;
  target: string;
  result: string;
}

export interface SymbolAnswer {
  symbol: string;
  connection_id: string | null;
  connection_name: string | null;
  last_tick: Tick | null;
}

export interface RebalancePlan {
  source: string;
  /** False for the first ten seconds, which have no rates to go by. */
  measured: boolean;
  moves: { symbol: string; from: string; to: string; ticks_per_second: number }[];
  loads: { connection_id: string; before: number; after: number }[];
}

/** Symbols that the server takes in a view, and bytes of each. */
export const kMostViewSymbols = 1000;
export const kMostSymbolBytes = 64;

/** What a viewer chooses to see of the ticks; empty lists mean all. */
export interface View {
  connections: string[];
  symbols: string[];
  kinds: TickKind[];
}

export type ServerMessage =
  | { event: 'connection_status_update'; data: Connection }
  | { event: 'metrics_update'; data: MetricsUpdate }
  | { event: 'tick_update'; data: TickUpdate }
  | { event: 'event'; data: LogEvent }
  | { event: 'session_ended'; data: { reason: string } }
  | { event: 'pong'; data: { t: number; time: number } }
  | { event: 'error'; data: { error: string } };

export type ClientMessage =
  { event: 'view'; data: View & { ticks: boolean } } | { event: 'ping'; data: { t: number } };
