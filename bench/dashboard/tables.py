"""Figures as text."""

import math
import statistics


def median(rounds, key):
    return statistics.median(found[key] for found in rounds)


def ratios(rounds, viewers, key):
    """Of each round to the one of its group that nobody watched."""
    return [watched[key] / alone[key] for watched, alone in zip(rounds[viewers], rounds[0])]


def against_none(rounds, viewers, key):
    """Percent."""
    return (statistics.median(ratios(rounds, viewers, key)) - 1) * 100


def uncertainty(rounds, viewers, key):
    """Percent: the standard error of `against_none`, by the spread of the middle half of the ratios."""
    found = ratios(rounds, viewers, key)
    if len(found) < 4:
        return math.inf
    low, _, high = statistics.quantiles(found, n=4)
    return 1.253 * (high - low) / 1.349 / math.sqrt(len(found)) * 100


def throughput(bare, rounds):
    lines = [f"Socket → Redis, as fast as it goes, frames of 50: medians of {len(rounds[0])} rounds of"
             f" each kind ({len(bare)} without the sink)",
             "                      ticks/s  against 0  CPU µs/tick  against 0   server thread"
             "   updates/s, kB/s of a viewer",
             f"  without the sink {median(bare, 'rate'):>10,.0f} {'':>10}"
             f" {median(bare, 'cpu_us'):>12.3f}"]
    for viewers, found in rounds.items():
        line = f"  {viewers:2} viewers       {median(found, 'rate'):>10,.0f}"
        line += f" {against_none(rounds, viewers, 'rate'):>8.2f} %"
        line += f" {median(found, 'cpu_us'):>12.3f}"
        line += f" {against_none(rounds, viewers, 'cpu_us'):>8.2f} %"
        line += f" {median(found, 'thread_percent'):>13.2f} %"
        if viewers:
            line += f" {median(found, 'tick_updates'):>11.1f} {median(found, 'bytes') / 1e3:>8.1f}"
        lines.append(line)
    return "\n".join(lines) + "\n"


def ages(results):
    lines = ["Vendor → viewer, ms",
             "                  ticks/s  updates/s    shown      p50      p90      p99      max"]
    for name, run in results.items():
        lines.append(f"  {name:13} {run['rate']:>11,.0f} {run['updates']:>10.1f} {run['count']:>8,}"
                     + "".join(f" {run[share]:>8.1f}" for share in ("p50", "p90", "p99", "max")))
    return "\n".join(lines) + "\n"


def status(results):
    lines = ["GET /api/admin/websocket-status, ms",
             "                 requests    bytes      p50      p90      p99      max   CPU µs/request"]
    for run in results:
        lines.append(f"  {run['what']:13} {run['requests']:>9,} {run['bytes']:>8,}"
                     + "".join(f" {run[share]:>8.2f}" for share in ("p50", "p90", "p99", "max"))
                     + f" {run['thread_us']:>15,.0f}")
    return "\n".join(lines) + "\n"


def budgets(rounds, ages_of, statuses):
    lost, unsure = -against_none(rounds, 10, "rate"), uncertainty(rounds, 10, "rate")
    rows = [("10 viewers: throughput lost", lost, 1, "%"),
            ("tick → viewer, busy, p99", ages_of["busy"]["p99"], 100, "ms"),
            ("tick → viewer, quiet, p99", ages_of["quiet"]["p99"], 100, "ms"),
            ("status API p99", statuses[0]["p99"], 5, "ms")]
    lines = ["Budgets"]
    for what, found, limit, unit in rows:
        lines.append(f"  {what:28} {found:>9.2f} ≤ {limit:<5} {unit:4}"
                     f" {'met' if found <= limit else 'MISSED'}")
    lines[1] += f" (± {unsure:.2f} %)"
    if unsure > 1:
        lines[1] += ": the rounds differ too much to tell"
    return "\n".join(lines)
