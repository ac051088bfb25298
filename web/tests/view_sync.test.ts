import { beforeEach, expect, test } from 'vitest';
import type { ClientMessage, View } from '../src/api/types';
import { kNoFilter, ViewSync } from '../src/state/view_sync';

const of = (...symbols: string[]): View => ({ ...kNoFilter, symbols });

let sent: ClientMessage[];
let sync: ViewSync;

beforeEach(() => {
  sent = [];
  sync = new ViewSync((message) => {
    sent.push(message);
    return true;
  });
});

test('a view is followed by a ping that asks whether it was taken', () => {
  sync.say(of('A'), true);
  expect(sent).toEqual([
    { event: 'view', data: { ...of('A'), ticks: true } },
    { event: 'ping', data: { t: 1 } },
  ]);
});

test('after a refusal the last view that was taken is in force', () => {
  sync.say(of('A'), true);
  sync.answered(1);
  sync.say(of('B'), true);
  expect(sync.refused()).toEqual(of('A'));
  sync.answered(2);
  sync.say(of('C'), true);
  expect(sync.refused()).toEqual(of('A'));
});

test('a refusal is of the first one that is not answered, and a later one may do', () => {
  sync.say(of('A'), true);
  sync.say(of('B'), true);
  expect(sync.refused()).toBeNull();
  sync.answered(1);
  sync.answered(2);
  sync.say(of('C'), true);
  expect(sync.refused()).toEqual(of('B'));
});

test('a new socket has no filter', () => {
  sync.say(of('A'), true);
  sync.answered(1);
  sync.begin();
  sync.say(of('A'), true);
  expect(sync.refused()).toEqual(kNoFilter);
});

test('what could not be sent needs no answer', () => {
  const mute = new ViewSync(() => false);
  mute.say(of('A'), true);
  expect(mute.refused()).toEqual(kNoFilter);
});
