"""Tables of results for the tools of their readers, and the estimates in them."""

from ssflow.errors import MissingExtraError

try:
    from ssflow.tables.estimates import Estimate
    from ssflow.tables.table import Table
except ModuleNotFoundError as error:
    if error.name != "numpy":
        raise
    raise MissingExtraError("ssflow.tables", "columns") from error

__all__ = ["Estimate", "Table"]
