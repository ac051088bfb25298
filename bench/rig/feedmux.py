"""feedmux, from the feeders to Redis."""

import contextlib
import json
import time

from .processes import Failure, Program
from .redis import CHANNEL

PATIENCE = 120  # seconds for any one run

# With `block` the feed waits when Redis does not keep up, so that throughput can be measured
# without a loss. Where it does keep up, the queue is all but empty and the policy has no effect.
REDIS_SINK = """\
  - name: redis
    plugin: redis
    options: {{url: "redis://127.0.0.1:{port}", channels: ["{channel}"], format: tickstock}}
    queue: {{when_full: block, capacity: 10000}}
"""

SOURCE = """\
  - name: {name}
    plugin: massive
    options: {{url: "ws://127.0.0.1:{port}/stocks", api_key: benchmark-key, channels: [T]}}
    connections:
      - {{name: primary, symbols: [{symbols}]}}
"""


class Feedmux:
    """A connection for each feeder, the sink `redis`, and what `more_sinks`, YAML by name, says."""

    name = "feedmux"

    def __init__(self, rig, more_sinks=None):
        self._rig = rig
        self._more_sinks = more_sinks or {}
        self._report = rig.folder / "report.json"

    def start(self, feeders):
        config = self._rig.folder / "feedmux.yaml"
        config.write_text(self._config(feeders))
        return Program("feedmux",
                       [self._rig.bin / "feedmux", "run", config, "--report", self._report],
                       self._rig.folder)

    def _config(self, feeders):
        text = 'engine: {control: "off"}\nsources:\n'
        for number, feeder in enumerate(feeders, 1):
            # Quoted, because YAML takes symbols like ON for something else than text.
            symbols = ", ".join(f'"{symbol}"' for symbol in feeder.symbols)
            name = "massive" if number == 1 else f"massive_{number}"
            text += SOURCE.format(name=name, port=feeder.port, symbols=symbols)
        text += "sinks:\n" + REDIS_SINK.format(port=self._rig.redis.port, channel=CHANNEL)
        return text + "".join(self._more_sinks.values())

    def stop(self, program, ticks):
        """Raises Failure if its own account does not say that every tick was delivered."""
        program.terminate(20)
        report = json.loads(self._report.read_text())
        ledger = report["ledger"]
        connections = report["connections"].values()
        found = {"received": sum(connection["message_count"] for connection in connections),
                 "published": ledger["published"], "imbalance": ledger["imbalance"]}
        wanted = {"received": ticks, "published": ticks, "imbalance": 0}
        for name in ["redis", *self._more_sinks]:
            sink = ledger["sinks"][name]
            found[name] = {key: sink[key] for key in ("delivered", "dropped", "failed", "queued")}
            wanted[name] = {"delivered": ticks, "dropped": 0, "failed": 0, "queued": 0}
        if found != wanted:
            raise Failure(f"feedmux: sent {ticks} ticks, but its report says {found}")


@contextlib.contextmanager
def running(pipeline, *feeders):
    """A pipeline that has subscribed to all feeders; killed if it was not stopped."""
    program = pipeline.start(feeders)
    try:
        try:
            for feeder in feeders:
                feeder.wait_for_subscriptions()
        except Failure as failure:
            raise program.failure("did not subscribe") from failure
        time.sleep(0.5)  # for what it still does after it started, none of which is a tick's cost
        yield program
    finally:
        program.kill()


def wait_until_published(redis, program, ticks):
    """Returns when Redis had carried out the last PUBLISH: monotonic ns, at most 10 ms late."""
    deadline = time.monotonic() + PATIENCE
    while True:
        published = redis.published()
        now_ns = time.monotonic_ns()
        if published >= ticks:
            return now_ns
        if time.monotonic() > deadline:
            raise program.failure(f"had {published} of {ticks} ticks published in {PATIENCE} s")
        time.sleep(0.01)
