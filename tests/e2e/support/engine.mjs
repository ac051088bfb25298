import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd } from './at_end.mjs';
import { Child, run } from './child.mjs';
import { kFeedmux } from './files.mjs';

export const kPassword = 'correct horse battery';

/** Three made-up connections, each with symbols of its own. */
export const kSynthetic = `
sources:
  - name: synthetic
    plugin: synthetic
    options: {rate: 200}
    connections:
      - {name: primary, symbols: [AAPL, MSFT, NVDA]}
      - {name: secondary, symbols: [SPY, QQQ]}
      - {name: tertiary, symbols: [TSLA]}
`;

/** The same as sessions of a scripted vendor. */
export const fromVendor = (vendor, more = '') => `
sources:
  - name: massive
    plugin: massive
    failover_after: 1s
    reconnect: {first: 200ms, max: 1s, healthy_after: 1s}
    ${more}
    options: {url: "${vendor.url}", api_key: test-key, channels: [T, Q]}
    connections:
      - {name: primary, symbols: [AAPL, MSFT, NVDA]}
      - {name: secondary, symbols: [SPY, QQQ]}
      - {name: tertiary, symbols: [TSLA]}
`;

/** A port that nothing listens on now. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** A real engine with a dashboard, in a folder of its own. */
export class Engine {
  /**
   * `users`: role by name; all have kPassword. `sinks`: YAML beside the dashboard. `dashboard`: more
   * of its options. `port`: 0 for any, whose sessions then do not outlast the engine.
   */
  static async start(t, { users = { anna: 'admin' }, ...configuration } = {}) {
    const engine = new Engine(await mkdtemp(join(tmpdir(), 'feedmux-e2e-')), configuration);
    atEnd(t, async () => {
      await engine.child?.stop();
      await rm(engine.folder, { recursive: true });
    });
    for (const [name, role] of Object.entries(users)) {
      const added = await engine.user(['add', name, '--role', role], `${kPassword}\n`);
      assert.equal(added.code, 0, added.output);
    }
    await engine.start();
    return engine;
  }

  constructor(folder, { sources = kSynthetic, sinks = '', dashboard = '', port = 0 }) {
    this.folder = folder;
    this.sources = sources;
    this.sinks = sinks;
    this.dashboard = dashboard;
    this.port = port;
    this.control = join(folder, 'control.sock');
    this.usersFile = join(folder, 'users.json');
    this.environment = { ...process.env, FEEDMUX_CONTROL: this.control };
  }

  get origin() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Runs the engine. After a stop it is at the same port. */
  async start() {
    await writeFile(
      join(this.folder, 'feedmux.yaml'),
      `${this.sources}
sinks:
  - {name: admin, plugin: dashboard, options: {listen: "127.0.0.1:${this.port}", users_file: "${this.usersFile}", ${this.dashboard}}, queue: {capacity: 65536}}
${this.sinks}`,
    );
    this.child = new Child(kFeedmux, ['run', 'feedmux.yaml'], {
      cwd: this.folder,
      env: this.environment,
    });
    const [, port] = await this.child.line(/the dashboard is at http:\/\/127\.0\.0\.1:(\d+)\//);
    this.port = Number(port);
  }

  async stop() {
    assert.equal(await this.child.stop(), 0, this.child.lines.join('\n'));
    assert.match(this.child.lines.join('\n'), /imbalance 0/);
  }

  /** Runs a feedmux command beside the engine. */
  feedmux(args, input) {
    return run(kFeedmux, args, { env: this.environment, input });
  }

  /** `feedmux user`. */
  user(args, input) {
    return this.feedmux(['user', ...args, '--users-file', this.usersFile], input);
  }

  /** What `feedmux where` says: the name of the connection that carries the symbol, or "". */
  async where(symbol) {
    const { code, output } = await this.feedmux(['where', symbol, '--json']);
    return code === 0 ? JSON.parse(output).name : '';
  }

  async status() {
    const { output } = await this.feedmux(['status', '--json']);
    return JSON.parse(output);
  }
}
