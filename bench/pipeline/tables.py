"""Figures as text."""

import os

MB = 1e6


def ceiling(rates):
    lines = [f"  {clients:2} client{'s' if clients > 1 else ' '}  {rate:>12,.0f} ticks/s"
             for clients, rate in rates.items()]
    return "\n".join(["What Redis itself takes (redis-benchmark, PUBLISH, 500 in a pipeline)", *lines,
                      ""])


def repetition(number, throughput):
    parts = [f"{name} {runs[-1]['rate']:,.0f} ticks/s, {runs[-1]['cpu_us']:.2f} µs"
             for name, runs in throughput.items() if runs]
    return f"  run {number + 1}: {'; '.join(parts)} (load {os.getloadavg()[0]:.1f})"


def median_run(runs):
    """The run with the median rate: all figures of a line are of one run."""
    return sorted(runs, key=lambda run: run["rate"])[(len(runs) - 1) // 2]


def throughput(results):
    lines = ["", "Socket → Redis, as fast as it goes, frames of 50 (median run)",
             "              ticks/s   CPU µs/tick   Redis   feeder   peak MB   event bytes"]
    for name, runs in results.items():
        if not runs:
            continue
        run = median_run(runs)
        lines.append(f"  {name:8} {run['rate']:>11,.0f} {run['cpu_us']:>13.2f}"
                     f" {run['others_us']['redis']:>7.2f} {run['others_us']['feeder']:>8.2f}"
                     f" {run['peak_bytes'] / MB:>9.0f} {run['event_bytes']:>13.0f}")
    if results["node"]:
        lines.append(f"  feedmux / node: {ratio(results):.1f} times")
    return "\n".join(lines) + "\n"


def ratio(results):
    return median_run(results["feedmux"])["rate"] / median_run(results["node"])["rate"]


def latency(results):
    lines = ["Socket → Redis subscriber, frames of 5, µs",
             "              ticks/s      p50      p90      p99    p99.9      max   CPU µs/tick"]
    for name, rate, run in results:
        shares = "".join(f" {run[share]:>8,.0f}" for share in ("p50", "p90", "p99", "p99.9", "max"))
        lines.append(f"  {name:8} {rate:>11,}{shares} {run['cpu_us']:>13.2f}"
                     f"{'' if run['kept_up'] else '   did not keep up'}")
    return "\n".join(lines) + "\n"


def idle(run):
    return (f"Idle: {run['cpu_ms']:.1f} ms of CPU in {run['seconds']} s "
            f"({run['cpu_percent']:.2f} %), {run['resident_bytes'] / MB:.0f} MB resident\n")


def budgets(results):
    fast = median_run(results["throughput"]["feedmux"])
    paced = next(run for name, _, run in results["latency"] if name == "feedmux")
    still = results["idle"]
    rows = [("CPU of a tick", fast["cpu_us"], "≤", 0.6, "µs"),
            ("throughput", fast["rate"] / 1e6, "≥", 1.2, "M ticks/s"),
            ("latency p50", paced["p50"], "≤", 150, "µs"),
            ("latency p99", paced["p99"], "≤", 500, "µs"),
            ("idle CPU", still["cpu_percent"], "≤", 0.1, "%"),
            ("idle memory", still["resident_bytes"] / MB, "≤", 50, "MB")]
    if results["throughput"]["node"]:
        rows.insert(2, ("times Node", ratio(results["throughput"]), "≥", 10, ""))
    lines = ["Budgets"]
    for what, found, sense, limit, unit in rows:
        met = found <= limit if sense == "≤" else found >= limit
        lines.append(f"  {what:14} {found:>9.2f} {sense} {limit:<5} {unit:10}"
                     f" {'met' if met else 'MISSED'}")
    return "\n".join(lines)
