import { DataTable } from '../components/data_table';
import { Empty, Panel } from '../components/panel';
import { useDashboard } from '../state/dashboard';
import { useStore } from '../state/store';

export function PluginsPanel() {
  const plugins = useStore(useDashboard().model, (m) => m.plugins);
  return (
    <Panel id="plugins" title="Plugins" note={plugins.length || undefined}>
      {plugins.length === 0 ? (
        <Empty>Not read yet.</Empty>
      ) : (
        <DataTable
          label="Plugins"
          rows={plugins}
          rowKey={(p) => `${p.kind} ${p.name}`}
          columns={[
            { head: 'Plugin', cell: (p) => <strong>{p.name}</strong>, title: (p) => p.file },
            { head: 'Kind', cell: (p) => p.kind.replace(/_/g, ' ') },
            { head: 'Version', cell: (p) => p.version },
            { head: 'What it does', cell: (p) => <span class="wrap">{p.summary}</span> },
          ]}
        />
      )}
    </Panel>
  );
}
