"""What the law says, as of a day, in a place: dated figures with their sources."""

from ssflow.rules.beginnings import Beginning, beginning
from ssflow.rules.citations import Citation, Law
from ssflow.rules.doubts import Doubt
from ssflow.rules.load import default_folders, rulebook, rulebook_names
from ssflow.rules.rulebook import Rulebook
from ssflow.rules.values import Value

__all__ = [
    "Beginning",
    "Citation",
    "Doubt",
    "Law",
    "Rulebook",
    "Value",
    "beginning",
    "default_folders",
    "rulebook",
    "rulebook_names",
]
