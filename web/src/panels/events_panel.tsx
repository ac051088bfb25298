import { useMemo, useState } from 'preact/hooks';
import type { LogEvent } from '../api/types';
import { Icon } from '../components/icon';
import { memo } from '../components/memo';
import { Moment } from '../components/moment';
import { Empty, Panel } from '../components/panel';
import { useDashboard } from '../state/dashboard';
import { useStore } from '../state/store';

const kShown = 200;
const kLevels = ['info', 'warning', 'error'] as const;

/** What happened, the newest on top. */
export function EventsPanel() {
  const events = useStore(useDashboard().model, (m) => m.events);
  const [least, setLeast] = useState<LogEvent['level']>('info');
  const shown = useMemo(
    () =>
      events
        .filter((e) => kLevels.indexOf(e.level) >= kLevels.indexOf(least))
        .slice(-kShown)
        .reverse(),
    [events, least],
  );
  return (
    <Panel
      id="events"
      title="Events"
      actions={
        <label class="inline-label">
          Show
          <select
            value={least}
            onChange={(e) => setLeast(e.currentTarget.value as LogEvent['level'])}
          >
            <option value="info">all</option>
            <option value="warning">warnings and errors</option>
            <option value="error">errors</option>
          </select>
        </label>
      }
    >
      {shown.length === 0 ? (
        <Empty>{events.length === 0 ? 'Nothing has happened yet.' : 'None of that kind.'}</Empty>
      ) : (
        <ol class="events" tabIndex={0} aria-label="Events, newest first">
          {shown.map((e) => (
            <EventLine key={e.id} event={e} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

const kTones = { info: 'off', warning: 'warning', error: 'error' } as const;

const EventLine = memo(({ event }: { event: LogEvent }) => (
  <li class={`event tone-${kTones[event.level]}`}>
    <Moment at={event.time} />
    {event.level === 'info' ? (
      <span class="event-dot" aria-hidden="true" />
    ) : (
      <span class="event-mark" title={event.level}>
        <Icon name={event.level} size={13} />
        <span class="only-spoken">{event.level}</span>
      </span>
    )}
    <span class="event-component">{event.component}</span>
    <span class="event-text">{event.text}</span>
  </li>
));
