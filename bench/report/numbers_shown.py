# SPDX-License-Identifier: BSL-1.0
"""Numbers as people read them: three digits that say something, and a unit that suits."""

STEPS = {   # of each unit, the larger ones that take over from a factor on
    "ns": [(1e9, "s"), (1e6, "ms"), (1e3, "us"), (1, "ns")],
    "us": [(1e6, "s"), (1e3, "ms"), (1, "us")],
    "ms": [(1e3, "s"), (1, "ms")],
    "bytes": [(1 << 20, "MiB"), (1 << 10, "KiB"), (1, "B")],
    "requests/s": [(1e6, "M/s"), (1e3, "k/s"), (1, "/s")],
}


def three_digits(value):
    if abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def with_unit(value, unit):
    for factor, name in STEPS.get(unit, [(1, unit)]):
        if abs(value) >= factor:
            return f"{three_digits(value / factor)} {name}"
    return f"{three_digits(value)} {STEPS.get(unit, [(1, unit)])[-1][1]}"
