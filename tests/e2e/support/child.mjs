import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { eventually } from './eventually.mjs';

/** A program that runs beside the test. */
export class Child {
  /** Lines of stdout and stderr, as they came. */
  lines = [];

  constructor(program, args, options = {}) {
    this.process = spawn(program, args, { ...options, stdio: 'pipe' });
    this.ended = once(this.process, 'exit');
    for (const stream of [this.process.stdout, this.process.stderr]) {
      createInterface({ input: stream }).on('line', (line) => this.lines.push(line));
    }
  }

  get hasEnded() {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  /** The first line that matches, from line `start` on. */
  async line(pattern, start = 0) {
    const found = await eventually(`a line like ${pattern} in:\n${this.lines.join('\n')}`, () => {
      const line = this.lines.slice(start).find((l) => pattern.test(l));
      if (line === undefined && this.hasEnded) throw new Error(`ended:\n${this.lines.join('\n')}`);
      return line;
    });
    return pattern.exec(found);
  }

  tell(line) {
    this.process.stdin.write(`${line}\n`);
  }

  /** Asks it to end; returns its exit code, or the signal that it took. */
  async stop(signal = 'SIGTERM') {
    if (!this.hasEnded) this.process.kill(signal);
    const late = setTimeout(() => this.process.kill('SIGKILL'), 30_000);
    const [code, killedBy] = await this.ended;
    clearTimeout(late);
    return code ?? killedBy;
  }
}

/** Runs a program to its end; returns its exit code and what it printed. */
export async function run(program, args, { input = '', ...options } = {}) {
  const child = spawn(program, args, { ...options, stdio: 'pipe' });
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (output += text));
  child.stdin.on('error', () => {}); // it may end without having read
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  return { code, output };
}
