"""The settings of the demo, for the site with one page more (`tests.benchmarks.site`)."""

from hustle.settings import *  # noqa: F403  (all of them, and then some others)

ROOT_URLCONF = "tests.benchmarks.site"
