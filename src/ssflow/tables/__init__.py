"""Tables of results, in the form that whoever reads them has tools for, and the estimates that stand in them."""

from ssflow.tables.estimates import Estimate
from ssflow.tables.table import Table

__all__ = ["Estimate", "Table"]
