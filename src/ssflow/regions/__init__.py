"""Places by their codes (GB/T 2260): their names, their histories, and what lies around them."""

from ssflow.regions.known import NATION, known
from ssflow.regions.names import area_name, region_name
from ssflow.regions.outwards import enclosing, pairs_of, widening
from ssflow.regions.region import Region, history, region
from ssflow.regions.search import find

__all__ = [
    "NATION",
    "Region",
    "area_name",
    "enclosing",
    "find",
    "history",
    "known",
    "pairs_of",
    "region",
    "region_name",
    "widening",
]
