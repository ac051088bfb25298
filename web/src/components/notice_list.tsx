import { useDashboard } from '../state/dashboard';
import { useStore } from '../state/store';
import { Icon } from './icon';

export function NoticeList() {
  const { notices } = useDashboard();
  const list = useStore(notices.list, (all) => all);
  return (
    <div class="notices" role="status" aria-live="polite">
      {list.map((n) => (
        <div key={n.id} class={`notice tone-${n.tone}`}>
          <Icon name={n.tone} />
          <span>{n.text}</span>
          <button
            type="button"
            class="icon-button"
            aria-label="Dismiss"
            onClick={() => notices.dismiss(n.id)}
          >
            <Icon name="close" size={13} />
          </button>
        </div>
      ))}
    </div>
  );
}
