"""Places by their codes (GB/T 2260): their names, their histories, and the places around them."""

from ssflow.regions.absence import absence
from ssflow.regions.fields import a_place, holds_place
from ssflow.regions.known import NATION, known
from ssflow.regions.names import area_name, region_name
from ssflow.regions.outwards import enclosing, lies_in, pairs_of, widening
from ssflow.regions.region import Region, history, region
from ssflow.regions.search import find

__all__ = [
    "NATION",
    "Region",
    "a_place",
    "absence",
    "area_name",
    "enclosing",
    "find",
    "history",
    "holds_place",
    "known",
    "lies_in",
    "pairs_of",
    "region",
    "region_name",
    "widening",
]
