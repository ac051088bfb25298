import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { atEnd } from './at_end.mjs';
import { eventually } from './eventually.mjs';

/** The dashboard's WebSocket, read without a browser. */
export class LiveStream {
  /** Of the messages, oldest first. */
  texts = [];

  static async open(t, engine, headers) {
    const asked = request(`${engine.origin}/admin-ws`, {
      headers: {
        ...headers,
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      },
    }).end();
    const [response, socket, head] = await once(asked, 'upgrade');
    assert.equal(response.statusCode, 101);
    return new LiveStream(t, socket, head);
  }

  constructor(t, socket, head) {
    this.bytes = head;
    this.take();
    socket.on('data', (data) => {
      this.bytes = Buffer.concat([this.bytes, data]);
      this.take();
    });
    socket.on('error', () => {});
    atEnd(t, () => socket.destroy());
  }

  has(event) {
    return this.texts.some((text) => JSON.parse(text).event === event);
  }

  wait(event) {
    return eventually(`${event} in the live stream`, () => this.has(event));
  }

  /** Whole frames, as the server sends them: neither masked nor in fragments. */
  take() {
    for (;;) {
      if (this.bytes.length < 2) return;
      const short = this.bytes[1] & 0x7f;
      const start = short === 126 ? 4 : short === 127 ? 10 : 2;
      if (this.bytes.length < start) return;
      const size =
        short === 126
          ? this.bytes.readUInt16BE(2)
          : short === 127
            ? Number(this.bytes.readBigUInt64BE(2))
            : short;
      if (this.bytes.length < start + size) return;
      const isText = (this.bytes[0] & 0x0f) === 1;
      if (isText) this.texts.push(this.bytes.toString('utf8', start, start + size));
      this.bytes = this.bytes.subarray(start + size);
    }
  }
}
