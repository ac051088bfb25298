"""What is measured: a program that turns the feed into Redis messages."""

import json
import os

from .processes import Failure, Program
from .redis import CHANNEL

# With `block` the feed waits when Redis does not keep up, so that throughput can be measured
# without a loss. Where it does keep up, the queue is all but empty and the policy has no effect.
CONFIG = """\
engine: {{control: "off"}}
sources:
  - name: massive
    plugin: massive
    options: {{url: "ws://127.0.0.1:{feed_port}/stocks", api_key: benchmark-key, channels: [T]}}
    connections:
      - {{name: primary, symbols: [{symbols}]}}
sinks:
  - name: redis
    plugin: redis
    options: {{url: "redis://127.0.0.1:{redis_port}", channels: ["{channel}"], format: tickstock}}
    queue: {{when_full: block, capacity: 10000}}
"""


class Feedmux:
    name = "feedmux"

    def __init__(self, rig):
        self._rig = rig
        self._report = rig.folder / "report.json"

    def start(self, feed_port):
        config = self._rig.folder / "feedmux.yaml"
        # Quoted, because YAML takes symbols like ON for something else than text.
        symbols = ", ".join(f'"{symbol}"' for symbol in self._rig.symbols)
        config.write_text(CONFIG.format(feed_port=feed_port, redis_port=self._rig.redis.port,
                                        channel=CHANNEL, symbols=symbols))
        return Program("feedmux",
                       [self._rig.bin / "feedmux", "run", config, "--report", self._report],
                       self._rig.folder)

    def stop(self, program, ticks):
        """Raises Failure if its own account does not say that every tick was delivered."""
        program.terminate(20)
        report = json.loads(self._report.read_text())
        ledger = report["ledger"]
        sink = ledger["sinks"]["redis"]
        found = {"received": report["connections"]["connection_1"]["message_count"],
                 "published": ledger["published"], "imbalance": ledger["imbalance"],
                 "delivered": sink["delivered"], "dropped": sink["dropped"],
                 "failed": sink["failed"], "queued": sink["queued"]}
        wanted = {"received": ticks, "published": ticks, "imbalance": 0, "delivered": ticks,
                  "dropped": 0, "failed": 0, "queued": 0}
        if found != wanted:
            raise Failure(f"feedmux: sent {ticks} ticks, but its report says {found}")


class NodePipeline:
    name = "node"

    def __init__(self, rig, folder):
        self._rig = rig
        self._script = folder / "pipeline.mjs"

    def start(self, feed_port):
        env = {"PATH": os.environ["PATH"], "NODE_ENV": "production",
               "FEED_URL": f"ws://127.0.0.1:{feed_port}", "REDIS_PORT": str(self._rig.redis.port),
               "CHANNEL": CHANNEL, "SYMBOLS": ",".join(self._rig.symbols)}
        return Program("node", ["node", self._script], self._rig.folder, env)

    def stop(self, program, ticks):
        program.terminate(60)
        found = program.expect("received", 1)
        wanted = {"received": ticks, "published": ticks, "failed": 0}
        if found != wanted:
            raise Failure(f"node: sent {ticks} ticks, but it says {found}")
