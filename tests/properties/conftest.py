"""Hypothesis profiles: the same examples on every run of CI, a wider search on request (HYPOTHESIS_PROFILE=search)."""

import os

from hypothesis import HealthCheck, settings

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile(
    "ci", derandomize=True, max_examples=40, deadline=None, suppress_health_check=SLOW, database=None
)
settings.register_profile("search", max_examples=400, deadline=None, suppress_health_check=SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
