"""Values settled: what a finding says of unit, facets, place and period, with the basis of each.

A finding knows its figure and its rule; here the words around it decide the rest.
"""

from .figure import settle
from .heading import period_in_heading, period_of_report
from .home import home_of, main_place
from .place import code_of
from .scope import RelativePlace, Scope

__all__ = [
    "RelativePlace",
    "Scope",
    "code_of",
    "home_of",
    "main_place",
    "period_in_heading",
    "period_of_report",
    "settle",
]
