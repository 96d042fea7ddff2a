"""Product-limit curves against published data and a plain-loop oracle."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditlib.survival import Curves, kaplan_meier_median, product_limit
from tests import oracle_forecast
from tests.oracle_forecast import Case

# Freireich et al. (1963), Blood 21, 699–716, as used by Gehan (1965), Biometrika 52, 203–223: weeks in remission of
# 42 children with leukaemia; * in the paper is a censored time.
MERCAPTOPURINE = [
    (6, 1), (6, 1), (6, 1), (6, 0), (7, 1), (9, 0), (10, 1), (10, 0), (11, 0), (13, 1), (16, 1), (17, 0), (19, 0),
    (20, 0), (22, 1), (23, 1), (25, 0), (32, 0), (32, 0), (34, 0), (35, 0)]
PLACEBO = [(n, 1) for n in (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)]
# Kleinbaum and Klein, Survival Analysis, table 2.1 (survival); R survival::survfit (standard errors, 95 % bounds).
PUBLISHED = {6: (0.857, 0.0764, 0.720, 1.000), 7: (0.807, 0.0869, 0.653, 0.996), 10: (0.753, 0.0963, 0.586, 0.968),
             13: (0.690, 0.1068, 0.510, 0.935), 16: (0.627, 0.1141, 0.439, 0.896), 22: (0.538, 0.1282, 0.337, 0.858),
             23: (0.448, 0.1346, 0.249, 0.807)}


def both_arms() -> Curves:
    rows = [(days, seen, 0) for days, seen in MERCAPTOPURINE] + [(days, seen, 1) for days, seen in PLACEBO]
    days, seen, arm = (np.array(column) for column in zip(*rows, strict=True))
    return product_limit(days, is_observed=seen.astype(bool), group=arm, groups=2)


def test_the_published_curve_and_its_bounds() -> None:
    curves = both_arms()
    lower, upper = curves.interval()
    for day, (share, error, low, high) in PUBLISHED.items():
        at = int(np.flatnonzero(curves.days == day)[0])
        assert curves.survival[0, at] == pytest.approx(share, abs=0.0006)
        assert (lower[0, at], upper[0, at]) == (pytest.approx(low, abs=0.0006), pytest.approx(high, abs=0.0006))
        log_error = np.log(upper[0, at] / curves.survival[0, at]) / 1.96
        if high < 1:
            assert log_error * curves.survival[0, at] == pytest.approx(error, abs=0.0003)


def test_the_published_medians_and_those_at_risk() -> None:
    curves = both_arms()
    assert curves.medians() == [23, 8]
    assert curves.at_risk[0, curves.days == 6] == [21]
    assert curves.at_risk[0, curves.days == 23] == [6]
    assert curves.events[0].sum(), curves.events[1].sum() == (9, 21)


def test_bounds_are_unknown_once_nobody_is_left() -> None:
    lower, upper = both_arms().interval()
    assert np.isnan(lower[1, -1])
    assert np.isnan(upper[1, -1])


def test_the_restricted_mean_of_uncensored_cases_is_their_mean_cut_at_the_horizon() -> None:
    curves = product_limit(np.array([-2, 4, 10]), is_observed=np.array([True] * 3))
    assert curves.restricted_means(start=-5, end=20)[0] == pytest.approx(4.0)
    assert curves.restricted_means(start=-5, end=6)[0] == pytest.approx((-2 + 4 + 6) / 3)


def test_a_curve_held_level_expects_nothing_more() -> None:
    # At risk 4, 3, 2, 1: 3/4, 1/2, 1/4, 0; held where fewer than 2 are left: at 1/4.
    held = product_limit(np.array([1, 2, 3, 4]), is_observed=np.array([True] * 4)).held_from(minimum_at_risk=2)
    assert held.survival[0].tolist() == [0.75, 0.5, 0.25, 0.25]
    assert held.after(np.array([-9, 2, 99]), group=np.zeros(3, dtype=int)).tolist() == [1.0, 0.5, 0.25]


def test_nobody_gives_a_curve_of_one() -> None:
    nobody = product_limit(np.array([], dtype=np.int64), is_observed=np.array([], dtype=bool), groups=2)
    assert nobody.after(np.array([3]), group=np.array([1])).tolist() == [1.0]
    assert kaplan_meier_median(np.array([], dtype=np.int64), is_observed=np.array([], dtype=bool)) is None
    assert nobody.held_from(minimum_at_risk=3).medians() == [None, None]


cases = st.builds(Case, st.integers(-20, 40), st.booleans(), st.sampled_from([1, 1, 250, 10_000_00]))


@given(st.lists(st.tuples(st.integers(0, 2), cases), min_size=1, max_size=25), st.integers(-25, 45))
def test_one_pass_over_groups_agrees_with_plain_loops(rows: list[tuple[int, Case]], day: int) -> None:
    group = np.array([number for number, _ in rows])
    durations = np.array([case.days for _, case in rows])
    seen = np.array([case.seen for _, case in rows])
    weight = np.array([case.weight for _, case in rows])
    weighted = product_limit(durations, is_observed=seen, group=group, groups=3, weights=weight)
    plain = product_limit(durations, is_observed=seen, group=group, groups=3)
    lower, _ = plain.interval()
    for number in range(3):
        own = [case for at, case in rows if at == number]
        got = weighted.after(np.array([day]), group=np.array([number]))[0]
        assert got == pytest.approx(float(oracle_forecast.survival(own, day)), abs=1e-9)
        ones = [Case(case.days, case.seen) for case in own]
        for at, moment in enumerate(plain.days.tolist()):
            if not np.isnan(lower[number, at]):
                margin = np.exp(1.959964 * float(oracle_forecast.greenwood(ones, moment)) ** 0.5)
                assert lower[number, at] * margin == pytest.approx(float(oracle_forecast.survival(ones, moment)))
