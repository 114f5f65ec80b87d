"""Intervals of counts and of ratios of counts, exact where counts are Poisson, and wider where they scatter more.

1. A rate: the exact central interval of a Poisson mean (F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28,
   1936), over the weeks it was counted in.
2. A ratio of two rates: given the sum of both counts, one of them is binomial (J. Przyborowski, H. Wilenski, "Homogeneity of
   results in testing samples from Poisson series", Biometrika 31, 1940); its exact interval (C. J. Clopper, E. S. Pearson,
   Biometrika 26, 1934) gives that of the ratio.
3. Where weekly counts scatter more than Poisson ones (dispersion above 1), counts are divided by the dispersion before, and rates
   multiplied by it after: the variance is then that many times the mean (P. McCullagh, J. A. Nelder, "Generalized Linear Models",
   1989, section 6.2). Never less than 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

LEVEL = 0.95
_STEPS = 80


def rate_interval(count: float, weeks: float, dispersion: float = 1.0) -> tuple[float, float]:
    """Return the interval of a weekly rate (rules 1 and 3); `weeks` above 0."""
    seen, tail = count / dispersion, (1 - LEVEL) / 2
    low = 0.0 if seen <= 0 else _solve(lambda mean: 1 - _gamma_q(seen, mean) - tail, 0.0, seen)
    top = seen + 12 * math.sqrt(seen + 4) + 20
    high = _solve(lambda mean: tail - _gamma_q(seen + 1, mean), seen, top)
    return low * dispersion / weeks, high * dispersion / weeks


def ratio_interval(
    before: float, weeks_before: float, after: float, weeks_after: float, dispersion: float = 1.0
) -> tuple[float, float]:
    """Return the interval of the rate after over the rate before (rules 2 and 3); infinite where nothing was counted before."""
    a, b, tail = after / dispersion, before / dispersion, (1 - LEVEL) / 2
    if a + b <= 0:
        return 0.0, math.inf
    low = 0.0 if a <= 0 else _solve(lambda p: _beta(p, a, b + 1) - tail, 0.0, 1.0)
    high = 1.0 if b <= 0 else _solve(lambda p: _beta(p, a + 1, b) - (1 - tail), 0.0, 1.0)
    scale = weeks_before / weeks_after
    return _odds(low) * scale, _odds(high) * scale


def dispersion(*series: Sequence[int]) -> float:
    """Return how many times the variance of weekly counts is their mean, each series around its own mean; at least 1 (rule 3)."""
    squares, freedom = 0.0, 0
    for counts in series:
        mean = sum(counts) / len(counts) if counts else 0.0
        if len(counts) > 1 and mean > 0:
            squares += sum((count - mean) ** 2 / mean for count in counts)
            freedom += len(counts) - 1
    return max(squares / freedom, 1.0) if freedom else 1.0


def _odds(share: float) -> float:
    return math.inf if share >= 1 else share / (1 - share)


def _solve(rising: Callable[[float], float], low: float, high: float) -> float:
    """Return where a rising function crosses zero."""
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if rising(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _gamma_q(shape: float, mean: float) -> float:
    """Return the chance that a Poisson of that mean stays below `shape`: the regularised upper incomplete gamma function."""
    if mean <= 0:
        return 1.0
    front = math.exp(shape * math.log(mean) - mean - math.lgamma(shape))
    if mean < shape + 1:
        term = total = 1 / shape
        step = shape
        while abs(term) > total * 1e-14:
            step += 1
            term *= mean / step
            total += term
        return 1 - total * front
    return front * _continued(shape, mean)


def _continued(shape: float, mean: float) -> float:
    """Return the continued fraction of the upper incomplete gamma function, by Lentz's method."""
    b = mean + 1 - shape
    c, d = 1e300, 1 / b
    result = d
    for n in range(1, 10_000):
        factor = -n * (n - shape)
        b += 2
        d = 1 / (factor * d + b or 1e-300)
        c = b + factor / c or 1e-300
        result *= c * d
        if abs(c * d - 1) < 1e-14:
            break
    return result


def _beta(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function, by Lentz's method."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta(1 - x, b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1) or 1e-300)
    result = d
    for n in range(1, 10_000):
        even = n * (b - n) * x / ((a + 2 * n - 1) * (a + 2 * n))
        odd = -(a + n) * (a + b + n) * x / ((a + 2 * n) * (a + 2 * n + 1))
        change = 1.0
        for factor in (even, odd):
            d = 1 / (1 + factor * d or 1e-300)
            c = 1 + factor / c or 1e-300
            change = c * d
            result *= change
        if abs(change - 1) < 1e-14:
            break
    return front * result / a
