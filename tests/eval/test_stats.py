from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.stats import Estimate, bootstrap, mean, paired, percentile, wilson


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (8, 10, 0.4902, 0.9433),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (1, 2, 0.0945, 0.9055),
        (50, 100, 0.4038, 0.5962),
    ],
)
def test_wilson_gives_the_published_intervals(hits, n, low, high):
    got = wilson(hits, n)
    assert (got.low, got.high) == pytest.approx((low, high), abs=5e-4)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_bounds_solve_the_score_equation(case):
    hits, n = case
    got = wilson(hits, n)
    assert 0 <= got.low <= got.value <= got.high <= 1
    for bound in (got.low, got.high):
        if 0 < bound < 1:
            assert abs(hits / n - bound) / math.sqrt(bound * (1 - bound) / n) == pytest.approx(1.959964, rel=1e-4)


def test_no_trials_say_nothing():
    assert wilson(0, 0) == Estimate(value=0, low=0, high=1, n=0)
    assert mean([]).n == bootstrap([], len).n == 0


@pytest.mark.parametrize(("hits", "n"), [(3, 2), (-1, 5)])
def test_impossible_counts_are_refused(hits, n):
    with pytest.raises(ValueError, match="do not fit"):
        wilson(hits, n)


def test_the_fast_mean_agrees_with_the_plain_bootstrap():
    values = [((i * 37) % 11) / 10 for i in range(60)]
    fast, slow = mean(values), bootstrap(values, lambda v: sum(v) / len(v), rounds=2000)
    assert fast.value == pytest.approx(slow.value)
    assert (fast.low, fast.high) == pytest.approx((slow.low, slow.high), abs=0.02)


def test_intervals_are_the_same_on_every_run():
    assert mean([0.0, 1.0, 1.0, 0.5]) == mean([0.0, 1.0, 1.0, 0.5])


def test_a_constant_gain_is_certain_and_noise_is_not():
    base = [((i * 7) % 13) / 13 for i in range(50)]
    gain = paired([x + 0.1 for x in base], base)
    assert gain.low == pytest.approx(0.1)
    assert gain.high == pytest.approx(0.1)
    noise = paired(base, base[::-1])
    assert noise.low <= 0 <= noise.high
    with pytest.raises(ValueError, match="paired"):
        paired([1.0], [])


def test_about_nineteen_of_twenty_intervals_hold_the_truth():
    import numpy as np

    random = np.random.default_rng(3)
    held = sum((e := mean(random.random(80).tolist(), rounds=300)).low <= 0.5 <= e.high for _ in range(200))
    assert 180 <= held <= 199


@pytest.mark.parametrize(("percent", "value"), [(0, 1), (50, 2.5), (100, 4)])
def test_percentiles_are_interpolated(percent, value):
    assert percentile([4, 1, 3, 2], percent) == value
    assert percentile([], percent) == 0


def test_an_estimate_reads_as_a_number_with_its_interval():
    assert str(wilson(8, 10)) == "0.800 [0.490; 0.943] (n = 10)"
