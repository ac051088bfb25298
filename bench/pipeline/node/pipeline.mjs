// The peer: Massive's own client and ioredis with auto-pipelining publish every trade as feedmux's
// Redis sink does in its format tickstock.
//
// Environment: FEED_URL, REDIS_PORT, CHANNEL, SYMBOLS (comma-separated). On SIGTERM it waits for
// what is under way and writes {"received", "published", "failed"} to standard output.

import { websocketClient } from '@massive.com/client-js';
import Redis from 'ioredis';

const { FEED_URL, REDIS_PORT, CHANNEL, SYMBOLS } = process.env;

const redis = new Redis({ port: Number(REDIS_PORT), enableAutoPipelining: true });
await new Promise((resolve, reject) => redis.once('ready', resolve).once('error', reject));

let received = 0;
let published = 0;
let failed = 0;

const succeed = () => { published += 1; };
const fail = () => { failed += 1; };

function publish(trade) {
  received += 1;
  const message = JSON.stringify({
    type: 'market_tick',
    symbol: trade.sym,
    price: trade.p,
    volume: trade.s,
    timestamp: trade.t / 1000,
    source: 'massive',
  });
  redis.publish(CHANNEL, message).then(succeed, fail);
}

const feed = websocketClient('benchmark-key', FEED_URL).stocks();

feed.onmessage = ({ data }) => {
  for (const event of JSON.parse(data)) {
    if (event.ev === 'T') {
      publish(event);
    } else if (event.ev === 'status' && event.status === 'auth_success') {
      const params = SYMBOLS.split(',').map((symbol) => `T.${symbol}`).join(',');
      feed.send(JSON.stringify({ action: 'subscribe', params }));
    }
  }
};
feed.onerror = () => { console.error('the feed failed'); process.exit(1); };

process.once('SIGTERM', () => {
  feed.onmessage = () => {};
  feed.close();
  const report = () => {
    if (published + failed < received) {
      setTimeout(report, 10);
      return;
    }
    console.log(JSON.stringify({ received, published, failed }));
    process.exit(0);
  };
  report();
});
