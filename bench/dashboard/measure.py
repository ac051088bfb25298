"""The measurements. Each starts feedmux anew and checks that nothing was lost."""

import contextlib
import itertools
import string
import time

from dashboard import ask_steadily
from rig.feedmux import PATIENCE, Feedmux, running, wait_until_published
from rig.processes import Failure

FRAME = 50             # trades in a frame, throughput
SMALL_FRAME = 5        # trades in a frame, at a pace
ENDLESS = 10 ** 10     # ticks
THREAD = "dashboard"   # the name of its server's thread
SETTLE = 0.15          # seconds between two rounds
LONGEST_RUN = 200      # seconds of rounds, well below the rig's LIFETIME
AUDIENCES = (0, 1, 10)
QUIET_SYMBOLS = 20
QUIET_RATE = 37        # ticks a second: no multiple or divisor of the page's rounds


class Stopwatch:
    """Ticks that reach Redis, and the CPU time of feedmux and of the dashboard's server, in rounds."""

    def __init__(self, rig, program, seconds):
        self._redis = rig.redis
        self._program = program
        self._seconds = seconds

    def _read(self):
        return (self._redis.published(), time.monotonic_ns(), self._program.cpu_ns(),
                self._program.cpu_ns(THREAD))

    def round(self):
        time.sleep(SETTLE)
        before = self._read()
        time.sleep(self._seconds)
        ticks, ns, cpu_ns, thread_ns = (now - then for now, then in zip(self._read(), before))
        if ticks == 0:
            raise self._program.failure("published nothing for a round")
        return {"rate": ticks / ns * 1e9, "cpu_us": cpu_ns / ticks / 1e3,
                "thread_percent": thread_ns / ns * 100}


@contextlib.contextmanager
def full_speed(rig, more_sinks):
    """A feed that is as fast as Redis, while the context lasts."""
    feedmux = Feedmux(rig, more_sinks)
    with contextlib.closing(rig.feeder(ENDLESS, FRAME)) as feeder, \
            running(feedmux, feeder) as program:
        rig.redis.forget_statistics()
        feeder.go()
        time.sleep(1)
        yield program
        feeder.stop()
        sent = feeder.wait_for_end(PATIENCE)["sent"]
        wait_until_published(rig.redis, program, sent)
        feedmux.stop(program, sent)


def in_runs(rounds, seconds):
    """The numbers of rounds that fit into the lifetime of one feeder each, `seconds` a round."""
    most = max(1, int(LONGEST_RUN / seconds))
    while rounds > 0:
        yield min(rounds, most)
        rounds -= most


def measure_bare(rig, rounds, seconds):
    """Without the dashboard's sink."""
    found = []
    for share in in_runs(rounds, seconds + SETTLE):
        with full_speed(rig, None) as program:
            stopwatch = Stopwatch(rig, program, seconds)
            found += [stopwatch.round() for _ in range(share)]
    return found


def measure_watched(rig, dashboard, groups, seconds):
    """Rounds by number of viewers; those of a group are neighbours in time."""
    rounds = {viewers: [] for viewers in AUDIENCES}
    for share in in_runs(groups, (seconds + SETTLE) * len(AUDIENCES)):
        measure_watched_run(rig, dashboard, share, seconds, rounds)
    return rounds


def measure_watched_run(rig, dashboard, groups, seconds, rounds):
    with full_speed(rig, dashboard.sink) as program, \
            contextlib.closing(dashboard.audience()) as audience:
        stopwatch = Stopwatch(rig, program, seconds)
        for group in range(groups):
            # Up and down again, so that drift meets all alike.
            for viewers in AUDIENCES if group % 2 == 0 else reversed(AUDIENCES):
                before = audience.resize(viewers)
                begin = time.monotonic()
                found = stopwatch.round()
                took = time.monotonic() - begin
                after = audience.resize(viewers)
                if viewers:
                    for key in ("tick_updates", "bytes"):
                        found[key] = (after[key] - before[key]) / viewers / took
                    if found["tick_updates"] == 0:
                        raise Failure("a round in which no viewer got a tick")
                rounds[viewers].append(found)
        audience.end()


def measure_ages(rig, dashboard, rate, seconds):
    """How old ticks are when a viewer has them: of a connection so busy that a viewer is shown a
    few of its ticks, and of a quiet one beside it, all of whose ticks are shown."""
    feedmux = Feedmux(rig, dashboard.sink)
    symbols = {"busy": rig.symbols[:-QUIET_SYMBOLS], "quiet": rig.symbols[-QUIET_SYMBOLS:]}
    ticks = {"busy": rate * seconds, "quiet": QUIET_RATE * seconds}
    with contextlib.ExitStack() as stack:
        enter = lambda what: stack.enter_context(contextlib.closing(what))  # noqa: E731
        feeders = {
            "busy": enter(rig.feeder(ticks["busy"], SMALL_FRAME, rate=rate, stamp=True,
                                     symbols=symbols["busy"])),
            "quiet": enter(rig.feeder(ticks["quiet"], 1, rate=QUIET_RATE, stamp=True,
                                      symbols=symbols["quiet"]))}
        program = stack.enter_context(running(feedmux, *feeders.values()))
        audiences = {}
        for number, name in enumerate(feeders, 1):
            view = f'{{"connections":["connection_{number}"]}}'
            audiences[name] = enter(dashboard.audience(view=view, ages=True))
            audiences[name].resize(1)
        for feeder in feeders.values():
            feeder.go()
        for feeder in feeders.values():
            feeder.wait_for_end(PATIENCE)
        results = {}
        for name, audience in audiences.items():
            readings = wait_until_seen(audience, ticks[name])
            audience.end()
            ages_ms = sorted(age / 1e3 for age in audience.ages_us())
            results[name] = {"ticks": ticks[name], "rate": ticks[name] / seconds,
                             "updates": readings["tick_updates"] / seconds, **shares(ages_ms)}
        feedmux.stop(program, sum(ticks.values()))
    return results


def wait_until_seen(audience, ticks):
    """Every tick must be in the counts of what a viewer was told."""
    deadline = time.monotonic() + 5
    while True:
        readings = audience.resize(1)
        if readings["seen"] == ticks:
            return readings
        if readings["seen"] > ticks or time.monotonic() > deadline:
            raise Failure(f"sent {ticks} ticks, a viewer was told of {readings['seen']}")
        time.sleep(0.05)


def measure_status(rig, dashboard, connections, tickers, rate, requests, seconds):
    """The status API while ticks flow and somebody looks on."""
    feedmux = Feedmux(rig, dashboard.sink)
    names = ("".join(letters) for letters in itertools.product(string.ascii_uppercase, repeat=4))
    ticks = rate * (seconds + 2)
    with contextlib.ExitStack() as stack:
        enter = lambda what: stack.enter_context(contextlib.closing(what))  # noqa: E731
        feeders = [enter(rig.feeder(ticks, SMALL_FRAME, rate=rate,
                                    symbols=list(itertools.islice(names, tickers))))
                   for _ in range(connections)]
        program = stack.enter_context(running(feedmux, *feeders))
        audience = enter(dashboard.audience())
        audience.resize(1)
        for feeder in feeders:
            feeder.go()
        results = []
        for what, path in (("with tickers", "/api/admin/websocket-status"),
                           ("without", "/api/admin/websocket-status?tickers=0")):
            cpu_ns = program.cpu_ns(THREAD)
            took_ms, size = ask_steadily(dashboard, path, requests, seconds // 2)
            cpu_ns = program.cpu_ns(THREAD) - cpu_ns
            results.append({"what": what, "bytes": size, "requests": len(took_ms),
                            "thread_us": cpu_ns / len(took_ms) / 1e3,
                            **shares(sorted(took_ms))})
        for feeder in feeders:
            feeder.wait_for_end(PATIENCE)
        audience.end()
        feedmux.stop(program, ticks * connections)
    return results


def shares(values):
    """Of sorted values."""
    last = len(values) - 1
    return {"count": len(values), "max": values[-1],
            **{f"p{share:g}": values[min(last, int(len(values) * share / 100))]
               for share in (50, 90, 99)}}
