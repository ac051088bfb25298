import { describe, expect, test } from 'vitest';
import type { LogEvent } from '../src/api/types';
import {
  applyConnection,
  applyEvents,
  applyMetrics,
  applyStatus,
  isOutOfDate,
  kMaxEvents,
} from '../src/state/reduce';
import { connection, metrics, metricsOf, model, sink, status } from './samples';

const event = (id: number): LogEvent => ({
  id,
  time: id,
  level: 'info',
  component: 'test',
  text: `event ${id}`,
});
const ids = (events: LogEvent[]) => events.map((e) => e.id);

describe('the whole picture', () => {
  test('replaces the connections, in the order of their numbers', () => {
    const next = applyStatus(model(), status([connection(10), connection(2)]));
    expect(next.connections.map((c) => c.id)).toEqual([2, 10]);
  });

  test('of the same engine keeps the events', () => {
    const before = applyStatus(model({ events: [event(1)] }), status([]));
    expect(applyStatus(before, status([])).events).toHaveLength(1);
  });

  test('of a restarted engine forgets the events, which are numbered anew', () => {
    const before = applyStatus(model({ events: [event(900)] }), status([]));
    const engine = { version: '0.1.0', started: 2000, now: 2001 };
    const after = applyStatus(before, status([], { engine }));
    expect([after.events, after.now]).toEqual([[], 2001]);
  });
});

describe('a status update', () => {
  test('changes its connection and leaves the others as they are', () => {
    const before = model();
    const after = applyConnection(before, connection(2, { status: 'error', connected: false }));
    expect(after.connections[1]!.status).toBe('error');
    expect(after.connections[0]).toBe(before.connections[0]);
  });

  test('of an unknown connection adds it in its place', () => {
    const before = model({ connections: [connection(1), connection(3)] });
    expect(applyConnection(before, connection(2)).connections.map((c) => c.id)).toEqual([1, 2, 3]);
  });
});

describe('metrics', () => {
  test('change the figures and leave the status alone', () => {
    const before = model({ connections: [connection(1, { status: 'error', reason: 'lost' })] });
    const update = metrics({
      connections: [metricsOf(connection(1), { messages_per_second: 7, message_count: 2000 })],
    });
    const after = applyMetrics(before, update).connections[0]!;
    expect(after).toMatchObject({ status: 'error', reason: 'lost', message_count: 2000 });
    expect(after.metrics.messages_per_second).toBe(7);
  });

  test('give the sinks their rates', () => {
    const before = model({ now: 1000, sinks: [{ ...sink({ delivered: 500 }), rate: 0 }] });
    const after = applyMetrics(before, metrics({ time: 1002, sinks: [sink({ delivered: 1500 })] }));
    expect(after.sinks[0]!.rate).toBe(500);
  });

  test('after a restart give no negative rate', () => {
    const before = model({ now: 1000, sinks: [{ ...sink({ delivered: 500 }), rate: 9 }] });
    const after = applyMetrics(before, metrics({ time: 1001, sinks: [sink({ delivered: 3 })] }));
    expect(after.sinks[0]!.rate).toBe(0);
  });

  test('that speak of other connections show that the picture is out of date', () => {
    const known = model({ connections: [connection(1)] });
    const same = metrics({ connections: [metricsOf(connection(1))] });
    const other = metrics({ connections: [metricsOf(connection(4))] });
    expect([isOutOfDate(known, same), isOutOfDate(known, other)]).toEqual([false, true]);
    expect(isOutOfDate(known, metrics())).toBe(true);
  });
});

describe('events', () => {
  test('that overlap are there once, in order', () => {
    const live = applyEvents(model(), [event(3)]);
    expect(ids(applyEvents(live, [event(1), event(2), event(3)]).events)).toEqual([1, 2, 3]);
  });

  test('are bounded', () => {
    const many = Array.from({ length: kMaxEvents + 50 }, (_, i) => event(i + 1));
    const after = applyEvents(model(), many);
    expect([after.events.length, after.events[0]!.id]).toEqual([kMaxEvents, 51]);
  });

  test('that are all known change nothing', () => {
    const before = applyEvents(model(), [event(1)]);
    expect(applyEvents(before, [event(1)])).toBe(before);
  });
});
