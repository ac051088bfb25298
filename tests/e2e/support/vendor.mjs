import { atEnd } from './at_end.mjs';
import { Child } from './child.mjs';
import { kVendor } from './files.mjs';

/** tests/support/scripted_vendor: a server of the Massive protocol that does as it is told. */
export class Vendor {
  /** `key`: the API key that it accepts; the one of fromVendor if none is said. */
  static async start(t, key) {
    const vendor = new Vendor(key);
    atEnd(t, () => vendor.child.stop());
    const [, port] = await vendor.child.line(/^port (\d+)$/);
    vendor.url = `ws://127.0.0.1:${port}/stocks`;
    return vendor;
  }

  constructor(key) {
    this.child = new Child(kVendor, key ? [key] : []);
  }

  /** A command, see scripted_vendor.cpp. */
  async do(command) {
    const before = this.child.lines.length;
    this.child.tell(command);
    const [answer] = await this.child.line(/^(ok|error: .*)$/, before);
    if (answer !== 'ok') throw new Error(`vendor: ${answer}`);
  }
}
