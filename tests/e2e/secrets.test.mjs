import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Engine, freePort, fromVendor, kPassword } from './support/engine.mjs';
import { LiveStream } from './support/live_stream.mjs';
import { Vendor } from './support/vendor.mjs';

const kApiKey = 'Zk7vendorKey9q2';
const kRedisPassword = 'Zk7redisPass/w0rd';
const kTyped = 'Zk7 typed by mistake';

/** As they are, and as they would stand in URLs, JSON or headers. */
const spellings = (secret) => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('hex'),
];

async function tokenOf(engine, role) {
  const added = await engine.feedmux(['token', 'add', role, '--role', role, '--users-file', engine.usersFile]);
  const [token] = /fmx_[A-Za-z0-9_-]{43}/.exec(added.output);
  return token;
}

/** A route of the description with something in place of its parameters. */
const filled = (path) =>
  path.replace('{connection_id}', 'connection_1').replace('{symbol}', 'AAPL').replace('{path}', 'none.js');

test('no secret is answered, streamed, logged or written down', async (t) => {
  const vendor = await Vendor.start(t, kApiKey);
  const redis = `redis://:${encodeURIComponent(kRedisPassword)}@127.0.0.1:${await freePort()}`;
  const engine = await Engine.start(t, {
    sources: fromVendor(vendor).replace('test-key', kApiKey),
    sinks: `  - {name: redis, plugin: redis, options: {url: "${redis}"}, queue: {capacity: 1000}}`,
  });
  const token = await tokenOf(engine, 'admin');
  const authorization = { Authorization: `Bearer ${token}` };
  const seen = new Map();
  const get = async (route) => {
    const answer = await fetch(engine.origin + route, { headers: authorization, redirect: 'manual' });
    seen.set(`GET ${route}`, JSON.stringify([...answer.headers]) + (await answer.text()));
    return answer.status;
  };
  const post = async (route, body) => {
    const headers = { ...authorization, 'Content-Type': 'application/json' };
    const answer = await fetch(engine.origin + route, { method: 'POST', headers, body: JSON.stringify(body) });
    seen.set(`POST ${route}`, await answer.text());
    return answer.status;
  };

  const stream = await LiveStream.open(t, engine, authorization);
  await stream.wait('tick_update');
  // What goes wrong is told, in words of the vendor, of sockets and of plugins.
  await vendor.do('refuse');
  await vendor.do('evict T.SPY');
  await vendor.do('drop T.AAPL');
  await engine.child.line(/connection_1.*authentication failed|primary.*authentication failed/);
  assert.equal(await post('/api/login', { user: 'anna', password: kTyped }), 401);
  assert.equal(await post('/api/admin/connections/connection_3/reconnect', {}), 200);
  await stream.wait('event');

  const description = await fetch(`${engine.origin}/api/openapi.json`, { headers: authorization });
  const { paths } = await description.json();
  const routes = Object.keys(paths).filter((path) => paths[path].get);
  assert.ok(routes.length > 15, routes.join(' '));
  for (const route of routes) {
    const status = await get(filled(route));
    const isFine = status < 400 || route === '/assets/{path}' || route.endsWith('z');
    assert.ok(isFine, `${route}: ${status}`);
  }
  seen.set('the live stream', stream.texts.join('\n'));
  await engine.stop();
  seen.set('the log', engine.child.lines.join('\n'));
  seen.set('the audit log', await readFile(join(engine.folder, 'audit.log'), 'utf8'));
  seen.set('the users file', await readFile(engine.usersFile, 'utf8'));

  const all = [...seen.values()].join('\n');
  for (const said of ['authentication failed', 'sink redis', 'wrong', '"reconnect"']) {
    assert.ok(all.includes(said), `nowhere: ${said}`);
  }
  for (const secret of [kApiKey, kRedisPassword, kTyped, kPassword, token]) {
    for (const spelling of spellings(secret)) {
      const places = [...seen].filter(([, text]) => text.includes(spelling)).map(([place]) => place);
      assert.deepEqual(places, [], `${secret} is told, as ${spelling}`);
    }
  }
});
