import type {
  AuditEntry,
  Connection,
  Engine,
  Gap,
  Ledger,
  LogEvent,
  PluginInfo,
  Session,
  Sink,
  Summary,
  Universe,
} from '../api/types';
import type { LinkState } from '../live/live_socket';

/** A sink with what the page works out itself. */
export interface SinkRow extends Sink {
  /** Delivered ticks a second, between the last two figures. */
  rate: number;
}

export type Access =
  | { kind: 'asking' }
  /** `message`: why one has to log in (again), or "". `isOutage`: it may pass by itself. */
  | { kind: 'login'; message: string; isOutage: boolean }
  | { kind: 'forbidden'; user: string }
  | { kind: 'in'; session: Session };

/** Everything the page shows but ticks and plots, which change in place (`Tape`, `Histories`). */
export interface Model {
  access: Access;
  /** Whose page it is, also while he has to log in again; "" before the first log-in and after a log-out. */
  user: string;
  link: LinkState;
  engine: Engine | null;
  /** The engine's clock at the last figures. Ages are measured against it, so they stand still while
   *  nothing arrives, and this machine's clock may be wrong. */
  now: number;
  /** In the order of their numbers. */
  connections: Connection[];
  summary: Summary | null;
  sinks: SinkRow[];
  published: number;
  ledger: Ledger | null;
  gaps: Gap[];
  universes: Universe[];
  plugins: PluginInfo[];
  audit: AuditEntry[];
  /** Oldest first, bounded. */
  events: LogEvent[];
  stream: { seen: number; shown: number };
}

export const kEmptyModel: Model = {
  access: { kind: 'asking' },
  user: '',
  link: { phase: 'connecting' },
  engine: null,
  now: 0,
  connections: [],
  summary: null,
  sinks: [],
  published: 0,
  ledger: null,
  gaps: [],
  universes: [],
  plugins: [],
  audit: [],
  events: [],
  stream: { seen: 0, shown: 0 },
};

/** Roles that may act; the others only see. */
export function mayAct(model: Model): boolean {
  return (
    model.access.kind === 'in' &&
    (model.access.session.role === 'admin' || model.access.session.role === 'super')
  );
}
