"""A Redis server of the benchmark's own, without persistence."""

import pathlib
import re
import socket
import subprocess
import time

from .processes import Failure, Program

# As long as feedmux' messages in format tickstock are.
MESSAGE = ('{"type":"market_tick","symbol":"AAPL","price":178.23,"volume":100,'
           '"timestamp":1705853696.123,"source":"massive"}')
CHANNEL = "tickstock:market:ticks"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class PrivateRedis:
    def __init__(self, folder):
        self.port = free_port()
        self.program = Program(
            "redis-server",
            ["redis-server", "--port", self.port, "--bind", "127.0.0.1", "--save", "",
             "--appendonly", "no", "--dir", folder, "--logfile", pathlib.Path(folder) / "redis.log"],
            folder)
        self._socket = self._connect()
        self._reader = self._socket.makefile("rb")

    def _connect(self):
        deadline = time.monotonic() + 10
        while True:
            try:
                return socket.create_connection(("127.0.0.1", self.port), timeout=10)
            except ConnectionRefusedError:
                if time.monotonic() > deadline:
                    raise Failure("redis-server does not listen") from None
                time.sleep(0.02)

    def _ask(self, *words):
        parts = [f"*{len(words)}\r\n"] + [f"${len(word)}\r\n{word}\r\n" for word in words]
        self._socket.sendall("".join(parts).encode())
        head = self._reader.readline().decode().rstrip()
        if not head.startswith("$"):
            return head
        return self._reader.read(int(head[1:]) + 2).decode()

    def forget_statistics(self):
        self._ask("CONFIG", "RESETSTAT")

    def published(self):
        """PUBLISH commands that it has carried out since the statistics were forgotten."""
        found = re.search(r"cmdstat_publish:calls=(\d+)", self._ask("INFO", "commandstats"))
        return int(found[1]) if found else 0

    def benchmark(self, clients, ticks):
        """PUBLISH commands a second of redis-benchmark, 500 in a pipeline."""
        done = subprocess.run(
            ["redis-benchmark", "-p", str(self.port), "-c", str(clients), "-P", "500",
             "-n", str(ticks), "--csv", "PUBLISH", CHANNEL, MESSAGE],
            capture_output=True, text=True, timeout=120, check=True)
        # The message has commas of its own; behind it come the rate and six latencies.
        return float(done.stdout.splitlines()[-1].rsplit(",", 7)[1].strip('"'))

    def close(self):
        self.program.kill()
