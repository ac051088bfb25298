"""The measurements. Each starts a pipeline anew and checks that nothing was lost."""

import contextlib
import time

from rig.feedmux import PATIENCE, running, wait_until_published
from rig.processes import Failure

FRAME = 50          # trades in a frame, throughput
SMALL_FRAME = 5     # trades in a frame, latency


def measure_throughput(rig, pipeline, ticks):
    """From the first byte that the feeder writes to the last PUBLISH that Redis carries out."""
    ticks -= ticks % FRAME
    with contextlib.closing(rig.feeder(ticks, FRAME)) as feeder, \
            running(pipeline, feeder) as program:
        rig.redis.forget_statistics()
        others = {"redis": rig.redis.program, "feeder": feeder.program}
        cpu_before = program.cpu_ns()
        others_before = {name: other.cpu_ns() for name, other in others.items()}
        feeder.go()
        end_ns = wait_until_published(rig.redis, program, ticks)
        cpu_ns = program.cpu_ns() - cpu_before
        others_ns = {name: other.cpu_ns() - others_before[name] for name, other in others.items()}
        sent = feeder.wait_for_end(PATIENCE)
        peak = program.memory_bytes("VmHWM")
        pipeline.stop(program, ticks)
    seconds = (end_ns - sent["first_ns"]) / 1e9
    return {"ticks": ticks, "seconds": seconds, "rate": ticks / seconds,
            "event_bytes": sent["bytes"] / ticks, "cpu_us": cpu_ns / ticks / 1e3,
            "others_us": {name: ns / ticks / 1e3 for name, ns in others_ns.items()},
            "peak_bytes": peak}


def measure_latency(rig, pipeline, rate, seconds):
    """From the feeder's write of a frame to the subscriber's read of each of its ticks."""
    ticks = rate * seconds
    with contextlib.closing(rig.subscriber(ticks)) as subscriber, \
            contextlib.closing(rig.feeder(ticks, SMALL_FRAME, rate=rate)) as feeder, \
            running(pipeline, feeder) as program:
        cpu_before = program.cpu_ns()
        feeder.go()
        sent = feeder.wait_for_end(PATIENCE)
        received = subscriber.wait_for_end(PATIENCE)
        cpu_ns = program.cpu_ns() - cpu_before
        if received["received"] != ticks or received["misplaced"] != 0:
            raise Failure(f"{pipeline.name}: sent {ticks} ticks, the subscriber got {received}")
        pipeline.stop(program, ticks)
    sent_ns = feeder.send_times()
    latencies_us = sorted((received_ns - sent_ns[i // SMALL_FRAME]) / 1e3
                          for i, received_ns in enumerate(subscriber.receive_times()))
    # The first and the last tick are `seconds` apart if the pipeline kept up.
    took = (received["last_ns"] - sent["first_ns"]) / 1e9
    result = {name: latencies_us[min(ticks - 1, int(ticks * share))]
              for name, share in (("p50", .5), ("p90", .9), ("p99", .99), ("p99.9", .999))}
    return {**result, "max": latencies_us[-1], "kept_up": took < seconds * 1.01,
            "cpu_us": cpu_ns / ticks / 1e3, "first": received["first"]}


def measure_idle(rig, pipeline, seconds=10):
    """Connected and subscribed, but the feed is silent."""
    with contextlib.closing(rig.feeder(FRAME, FRAME)) as feeder, \
            running(pipeline, feeder) as program:
        time.sleep(1)
        cpu_before = program.cpu_ns()
        time.sleep(seconds)
        cpu_ns = program.cpu_ns() - cpu_before
        resident = program.memory_bytes("VmRSS")
        pipeline.stop(program, 0)
    return {"cpu_percent": cpu_ns / seconds / 1e7, "cpu_ms": cpu_ns / 1e6, "seconds": seconds,
            "resident_bytes": resident}
