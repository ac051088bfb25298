"""The peer: a program of Node's that turns the feed into Redis messages."""

import os

from rig.processes import Failure, Program
from rig.redis import CHANNEL


class NodePipeline:
    name = "node"

    def __init__(self, rig, folder):
        self._rig = rig
        self._script = folder / "pipeline.mjs"

    def start(self, feeders):
        (feeder,) = feeders
        env = {"PATH": os.environ["PATH"], "NODE_ENV": "production",
               "FEED_URL": f"ws://127.0.0.1:{feeder.port}", "REDIS_PORT": str(self._rig.redis.port),
               "CHANNEL": CHANNEL, "SYMBOLS": ",".join(feeder.symbols)}
        return Program("node", ["node", self._script], self._rig.folder, env)

    def stop(self, program, ticks):
        program.terminate(60)
        found = program.expect("received", 1)
        wanted = {"received": ticks, "published": ticks, "failed": 0}
        if found != wanted:
            raise Failure(f"node: sent {ticks} ticks, but it says {found}")
