import type { RebalancePlan } from '../api/types';
import { DataTable } from '../components/data_table';
import { Modal } from '../components/modal';
import { plural, rate } from '../logic/format';
import { useDashboard } from '../state/dashboard';
import { useStore } from '../state/store';
import { useAnswer } from '../state/use_answer';

const kMovesShown = 200;

interface Plans {
  plans: RebalancePlan[];
}

/** Shows what would move, then moves it. */
export function RebalanceDialog() {
  const dashboard = useDashboard();
  const { answer, error } = useAnswer<Plans>('/api/admin/rebalance');
  const plans = answer?.plans;
  const moves = plans?.reduce((sum, p) => sum + p.moves.length, 0) ?? 0;
  const apply = () => {
    dashboard.closeDialog();
    void dashboard.act<Plans>('/api/admin/rebalance', {}, (done) => {
      const moved = done.plans.reduce((sum, p) => sum + p.moves.length, 0);
      return `${plural(moved, 'ticker')} ${moved === 1 ? 'moves' : 'move'}.`;
    });
  };
  return (
    <Modal title="Rebalance" class="modal-wide" onClose={dashboard.closeDialog}>
      {error && (
        <p class="tone-error toned" role="alert">
          {error}
        </p>
      )}
      {!plans && !error && <p class="muted">Asking the engine for a plan…</p>}
      {plans && moves === 0 && (
        <p>
          {plans.every((p) => p.measured)
            ? 'Nothing to move: the loads are as even as tickers allow.'
            : 'Rates are not measured yet: ask again 10 s after the start.'}
        </p>
      )}
      {plans?.map((plan) => plan.moves.length > 0 && <Plan key={plan.source} plan={plan} />)}
      <div class="modal-buttons">
        <button type="button" onClick={dashboard.closeDialog}>
          {moves > 0 ? 'Leave as it is' : 'Close'}
        </button>
        {moves > 0 && (
          <button type="button" class="primary" onClick={apply}>
            Move {plural(moves, 'ticker')}
          </button>
        )}
      </div>
    </Modal>
  );
}

function Plan({ plan }: { plan: RebalancePlan }) {
  const names = useConnectionNames();
  return (
    <section>
      <h3>{plan.source}</h3>
      <DataTable
        label={`Loads of ${plan.source}`}
        rows={plan.loads}
        rowKey={(l) => l.connection_id}
        columns={[
          { head: 'Connection', cell: (l) => names(l.connection_id) },
          { head: 'Ticks/s now', figure: true, cell: (l) => rate(l.before) },
          { head: 'Ticks/s then', figure: true, cell: (l) => rate(l.after) },
        ]}
      />
      <DataTable
        label={`Moves of ${plan.source}`}
        rows={plan.moves.slice(0, kMovesShown)}
        rowKey={(m) => m.symbol}
        columns={[
          { head: 'Ticker', cell: (m) => m.symbol },
          { head: 'From', cell: (m) => names(m.from) },
          { head: 'To', cell: (m) => names(m.to) },
          { head: 'Ticks/s', figure: true, cell: (m) => rate(m.ticks_per_second) },
        ]}
      />
      {plan.moves.length > kMovesShown && (
        <p class="muted">and {plural(plan.moves.length - kMovesShown, 'other')}</p>
      )}
    </section>
  );
}

function useConnectionNames(): (id: string) => string {
  const connections = useStore(useDashboard().model, (m) => m.connections);
  return (id) => connections.find((c) => c.connection_id === id)?.name ?? id;
}
