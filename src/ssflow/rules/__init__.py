"""What the law says, as of a day, in a place: dated figures with their sources."""

from ssflow.rules.citations import Citation, Law
from ssflow.rules.load import default_folders, rulebook, rulebook_names
from ssflow.rules.regions import region_name
from ssflow.rules.rulebook import Doubt, Rulebook
from ssflow.rules.values import Confidence, Value

__all__ = [
    "Citation",
    "Confidence",
    "Doubt",
    "Law",
    "Rulebook",
    "Value",
    "default_folders",
    "region_name",
    "rulebook",
    "rulebook_names",
]
