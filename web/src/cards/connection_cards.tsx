import { Empty, panelAnchor } from '../components/panel';
import { useDashboard } from '../state/dashboard';
import { useStore } from '../state/store';
import { ConnectionCard } from './connection_card';

export function ConnectionCards() {
  const { model } = useDashboard();
  const connections = useStore(model, (m) => m.connections);
  const known = useStore(model, (m) => m.engine !== null);
  return (
    <section id={panelAnchor('connections')} class="cards" aria-label="Connections" tabIndex={-1}>
      {connections.map((c, i) => (
        <ConnectionCard key={c.connection_id} connection={c} accent={i % 6} />
      ))}
      {known && connections.length === 0 && (
        <Empty>No connections are configured: add some under sources in the YAML.</Empty>
      )}
    </section>
  );
}
