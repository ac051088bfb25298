"""The dashboard's sink in feedmux' configuration, and who looks at it."""

import http.client
import subprocess
import time

from rig.feed import LIFETIME, read_numbers
from rig.processes import Failure, Program
from rig.redis import free_port

SINK = """\
  - name: dashboard
    plugin: dashboard
    options: {{listen: "127.0.0.1:{port}", users_file: "{users_file}"}}
"""


class Dashboard:
    def __init__(self, rig):
        self._rig = rig
        self.port = free_port()
        users_file = rig.folder / "users.json"
        self.sink = {"dashboard": SINK.format(port=self.port, users_file=users_file)}
        self.token = subprocess.run(
            [rig.bin / "feedmux", "token", "add", "benchmark", "--role", "viewer",
             "--users-file", users_file],
            check=True, capture_output=True, text=True).stdout.strip()

    def audience(self, **options):
        return Audience(self._rig, self, **options)


class Audience:
    """So many viewers, all in one program. `view` is the JSON of what they want to see. With
    `ages`, they look at each tick."""

    def __init__(self, rig, dashboard, view=None, ages=False):
        self._ages = rig.new_file("ages")
        command = [rig.bin / "bench_viewers", "--port", dashboard.port, "--token", dashboard.token,
                   "--lifetime", LIFETIME]
        if view:
            command += ["--view", view]
        if ages:
            command += ["--ages", self._ages]
        self._program = Program("bench_viewers", command, rig.folder)

    def resize(self, viewers):
        """Returns what all have read so far, when everybody gets messages."""
        self._program.tell(str(viewers))
        return self._program.expect("viewers", 10)

    def end(self):
        self._program.terminate(10)

    def ages_us(self):
        """After the end: how old each tick was when it was shown."""
        return read_numbers(self._ages)

    def close(self):
        self._program.kill()


def ask_steadily(dashboard, path, rate, seconds):
    """Milliseconds from when each request is due to the last byte of its answer, and the answer's
    size. One connection, which stays open."""
    connection = http.client.HTTPConnection("127.0.0.1", dashboard.port, timeout=10)
    headers = {"Authorization": f"Bearer {dashboard.token}"}
    took_ms = []
    size = 0
    begin = time.monotonic()
    for number in range(rate * seconds):
        due = begin + number / rate
        time.sleep(max(0, due - time.monotonic()))
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        size = len(response.read())
        took_ms.append((time.monotonic() - due) * 1e3)
        if response.status != 200:
            raise Failure(f"GET {path}: {response.status} {response.reason}")
    connection.close()
    return took_ms, size
