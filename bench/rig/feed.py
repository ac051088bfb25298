"""What surrounds feedmux while it is measured: Redis, the feeder, a subscriber."""

import array
import itertools
import pathlib
import re
import subprocess

from .processes import Program
from .redis import CHANNEL, PrivateRedis

LIFETIME = 300  # seconds after which the programs end in any case


class Rig:
    def __init__(self, build_dir, folder, root):
        self.bin = build_dir / "bin"
        self.folder = folder
        self.symbols = read_symbols(root / "config" / "universes.yaml")
        self.redis = PrivateRedis(folder)
        self._file_numbers = itertools.count(1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.redis.close()

    def measure_ceiling(self, ticks):
        return {clients: self.redis.benchmark(clients, ticks) for clients in (1, 50)}

    def new_file(self, name):
        return self.folder / f"{name}_{next(self._file_numbers)}"

    def feeder(self, ticks, per_frame, **options):
        return Feeder(self, ticks, per_frame, **options)

    def subscriber(self, ticks):
        return Subscriber(self, ticks)


def build(root, targets):
    """Builds what is needed in the release preset and returns its folder."""
    subprocess.run(["cmake", "--preset", "release"], cwd=root, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", "--preset", "release", "--target", *targets], cwd=root,
                   check=True)
    return root / "build" / "release"


def read_symbols(universes):
    """The list top_500 of the shipped universes."""
    found = re.search(r"top_500: \[(.*?)\]", universes.read_text(), re.DOTALL)
    return [symbol.strip() for symbol in found[1].split(",")]


def read_numbers(file):
    """int64 numbers, as the programs write times."""
    numbers = array.array("q")
    numbers.frombytes(pathlib.Path(file).read_bytes())
    return numbers


class Feeder:
    """Trades of the symbols: `rate` a second, or as fast as they are read. With `stamp`, a trade
    carries the time of its sending."""

    def __init__(self, rig, ticks, per_frame, rate=0, symbols=None, stamp=False):
        self.ticks = ticks
        self.per_frame = per_frame
        self.symbols = symbols or rig.symbols
        self._times = rig.new_file("sent")
        command = [rig.bin / "bench_feeder", "--ticks", ticks, "--per-frame", per_frame,
                   "--rate", rate, "--lifetime", LIFETIME]
        if rate:
            command += ["--send-times", self._times]
        if stamp:
            command += ["--stamp"]
        self.program = Program("bench_feeder", command, rig.folder)
        self.port = self.program.expect("port", 10)["port"]

    def wait_for_subscriptions(self):
        while self.program.expect("subscribed", 20)["subscribed"] < len(self.symbols):
            pass

    def go(self):
        self.program.tell("go")

    def stop(self):
        """Only if it sends as fast as it is read."""
        self.program.tell("stop")

    def wait_for_end(self, seconds):
        return self.program.expect("sent", seconds)

    def send_times(self):
        """Of each frame: monotonic ns."""
        return read_numbers(self._times)

    def close(self):
        self.program.kill()


class Subscriber:
    def __init__(self, rig, ticks):
        self._times = rig.new_file("received")
        self.program = Program(
            "bench_subscriber",
            [rig.bin / "bench_subscriber", "--port", rig.redis.port, "--channel", CHANNEL,
             "--ticks", ticks, "--receive-times", self._times, "--lifetime", LIFETIME], rig.folder)
        self.program.expect("subscribed", 10)

    def wait_for_end(self, seconds):
        return self.program.expect("received", seconds)

    def receive_times(self):
        """Of each message: monotonic ns."""
        return read_numbers(self._times)

    def close(self):
        self.program.kill()
