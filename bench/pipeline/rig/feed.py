"""What surrounds a pipeline while it is measured: Redis, the feeder, a subscriber."""

import array
import pathlib
import re

from .processes import Program
from .redis import CHANNEL, PrivateRedis

LIFETIME = 300  # seconds after which the programs end in any case


class Rig:
    def __init__(self, build_dir, folder, root):
        self.bin = build_dir / "bin"
        self.folder = folder
        self.symbols = read_symbols(root / "config" / "universes.yaml")
        self.redis = PrivateRedis(folder)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.redis.close()

    def measure_ceiling(self, ticks):
        return {clients: self.redis.benchmark(clients, ticks) for clients in (1, 50)}

    def feeder(self, ticks, per_frame, rate=0):
        return Feeder(self, ticks, per_frame, rate)

    def subscriber(self, ticks):
        return Subscriber(self, ticks)


def read_symbols(universes):
    """The list top_500 of the shipped universes."""
    found = re.search(r"top_500: \[(.*?)\]", universes.read_text(), re.DOTALL)
    return [symbol.strip() for symbol in found[1].split(",")]


def read_times(file):
    """int64 nanoseconds of CLOCK_MONOTONIC, as bench_feeder and bench_subscriber write them."""
    times = array.array("q")
    times.frombytes(pathlib.Path(file).read_bytes())
    return times


class Feeder:
    def __init__(self, rig, ticks, per_frame, rate):
        self.per_frame = per_frame
        self._times = rig.folder / "sent.bin"
        self._wanted = len(rig.symbols)
        command = [rig.bin / "bench_feeder", "--ticks", ticks, "--per-frame", per_frame,
                   "--rate", rate, "--lifetime", LIFETIME]
        if rate:
            command += ["--send-times", self._times]
        self.program = Program("bench_feeder", command, rig.folder)
        self.port = self.program.expect("port", 10)["port"]

    def wait_for_subscriptions(self):
        while self.program.expect("subscribed", 20)["subscribed"] < self._wanted:
            pass

    def go(self):
        self.program.tell("go")

    def wait_for_end(self, seconds):
        return self.program.expect("sent", seconds)

    def send_times(self):
        """Of each frame."""
        return read_times(self._times)

    def close(self):
        self.program.kill()


class Subscriber:
    def __init__(self, rig, ticks):
        self._times = rig.folder / "received.bin"
        self.program = Program(
            "bench_subscriber",
            [rig.bin / "bench_subscriber", "--port", rig.redis.port, "--channel", CHANNEL,
             "--ticks", ticks, "--receive-times", self._times, "--lifetime", LIFETIME], rig.folder)
        self.program.expect("subscribed", 10)

    def wait_for_end(self, seconds):
        return self.program.expect("received", seconds)

    def receive_times(self):
        """Of each message."""
        return read_times(self._times)

    def close(self):
        self.program.kill()
