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

const kCertificate = 'certificate.pem';
const kKey = 'key.pem';

/** Signed by itself, for 127.0.0.1. */
async function makeCertificate(folder) {
  const { code, output } = await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
    ...['-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'],
    ...['-keyout', join(folder, kKey), '-out', join(folder, kCertificate)],
  ]);
  assert.equal(code, 0, output);
}

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
   * of its options. `port`: 0 for any, whose sessions then do not outlast the engine. `files`: text by
   * name, in the engine's folder. `tls`: with a certificate that nobody knows. At the end of the test the
   * engine must stop well and its ledger balance.
   */
  static async start(t, { users = { anna: 'admin' }, files = {}, ...configuration } = {}) {
    const engine = new Engine(await mkdtemp(join(tmpdir(), 'feedmux-e2e-')), configuration);
    atEnd(t, () => rm(engine.folder, { recursive: true }));
    atEnd(t, async () => {
      if (engine.child) await engine.stop();
    });
    for (const [name, role] of Object.entries(users)) {
      const added = await engine.user(['add', name, '--role', role], `${kPassword}\n`);
      assert.equal(added.code, 0, added.output);
    }
    for (const [name, text] of Object.entries(files)) await engine.write(name, text);
    if (engine.tls) await makeCertificate(engine.folder);
    await engine.start();
    return engine;
  }

  constructor(folder, { sources = kSynthetic, sinks = '', dashboard = '', port = 0, tls = false }) {
    this.folder = folder;
    this.sources = sources;
    this.sinks = sinks;
    this.dashboard = dashboard;
    this.port = port;
    this.tls = tls;
    this.control = join(folder, 'control.sock');
    this.usersFile = join(folder, 'users.json');
    this.environment = { ...process.env, FEEDMUX_CONTROL: this.control };
  }

  get origin() {
    return `${this.tls ? 'https' : 'http'}://127.0.0.1:${this.port}`;
  }

  /** A file in the engine's folder. */
  write(name, text) {
    return writeFile(join(this.folder, name), text);
  }

  /** Runs the engine. After a stop it is at the same port. */
  async start() {
    const options = [
      `listen: "127.0.0.1:${this.port}"`,
      `users_file: "${this.usersFile}"`,
      this.tls && `tls_certificate: "${join(this.folder, kCertificate)}"`,
      this.tls && `tls_key: "${join(this.folder, kKey)}"`,
      this.dashboard,
    ].filter(Boolean);
    await this.write(
      'feedmux.yaml',
      `${this.sources}
sinks:
  - {name: admin, plugin: dashboard, options: {${options.join(', ')}}, queue: {capacity: 65536}}
${this.sinks}`,
    );
    this.child = new Child(kFeedmux, ['run', 'feedmux.yaml'], {
      cwd: this.folder,
      env: this.environment,
    });
    const [, port] = await this.child.line(/the dashboard is at https?:\/\/127\.0\.0\.1:(\d+)\//);
    this.port = Number(port);
  }

  async stop() {
    const said = () => this.child.lines.join('\n');
    assert.equal(await this.child.stop(), 0, said());
    assert.match(said(), / stopped: .*, imbalance 0$/m);
  }

  /** Runs a feedmux command beside the engine. */
  feedmux(args, input) {
    return run(kFeedmux, args, { env: this.environment, input });
  }

  /** `feedmux user`. */
  user(args, input) {
    return this.feedmux(['user', ...args, '--users-file', this.usersFile], input);
  }

  /** What `feedmux where` says: the id of the connection that carries the symbol, or null. */
  async where(symbol) {
    const { output } = await this.feedmux(['where', symbol, '--json']);
    const id = JSON.parse(output);
    assert.ok(id === null || typeof id === 'string', output);
    return id;
  }

  async status() {
    const { output } = await this.feedmux(['status', '--json']);
    return JSON.parse(output);
  }
}
