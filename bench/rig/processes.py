"""Programs that the benchmark starts, watches and ends."""

import ctypes
import json
import pathlib
import queue
import signal
import subprocess
import threading


class Failure(Exception):
    """What was measured did not do what it has to; there is no figure to report."""


PR_SET_PDEATHSIG = 1


def end_with_parent():
    """In a child: whatever ends the benchmark ends what it started."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Program:
    """A child process that says one JSON object a line on standard output, or nothing.

    What it says on standard error goes to a file and is quoted if it fails.
    """

    def __init__(self, name, command, folder, env=None):
        self.name = name
        self._errors = pathlib.Path(folder) / f"{name}.log"
        with open(self._errors, "w") as errors:
            self._child = subprocess.Popen(
                [str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=errors, text=True, env=env, preexec_fn=end_with_parent)
        self._lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self._child.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def expect(self, key, seconds):
        """The next object that has the key; others before it are skipped."""
        while True:
            try:
                line = self._lines.get(timeout=seconds)
            except queue.Empty:
                raise self.failure(f"said no \"{key}\" within {seconds} s") from None
            if line is None:
                raise self.failure(f"ended before it said \"{key}\"")
            said = json.loads(line)
            if key in said:
                return said

    def tell(self, line):
        self._child.stdin.write(line + "\n")
        self._child.stdin.flush()

    def failure(self, what):
        tail = "".join(self._errors.read_text().splitlines(keepends=True)[-5:])
        return Failure(f"{self.name} {what}\n{tail}".rstrip())

    def cpu_ns(self, thread=None):
        """CPU time so far of its living threads, or of those with this name."""
        total = 0
        for task in pathlib.Path(f"/proc/{self._child.pid}/task").iterdir():
            if thread and (task / "comm").read_text().strip() != thread:
                continue
            total += int((task / "schedstat").read_text().split()[0])
        return total

    def memory_bytes(self, what):
        """VmRSS: resident now; VmHWM: resident at most so far."""
        for line in pathlib.Path(f"/proc/{self._child.pid}/status").read_text().splitlines():
            if line.startswith(what + ":"):
                return int(line.split()[1]) * 1024
        raise self.failure("has no memory figure")

    def terminate(self, seconds):
        """Asks it to end and waits; not to end is a failure."""
        if self._child.poll() is None:
            self._child.send_signal(signal.SIGTERM)
        try:
            code = self._child.wait(seconds)
        except subprocess.TimeoutExpired:
            raise self.failure(f"did not end within {seconds} s") from None
        if code != 0:
            raise self.failure(f"ended with exit code {code}")

    def kill(self):
        if self._child.poll() is None:
            self._child.kill()
        self._child.wait()
