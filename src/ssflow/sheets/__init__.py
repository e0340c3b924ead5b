"""Procedure sheets: what a definition says, for whoever has to read it and sign it off."""

from ssflow.sheets.finding import find_doubtful
from ssflow.sheets.laws import law_index
from ssflow.sheets.procedure import Sheet, book_of, sheet

__all__ = ["Sheet", "book_of", "find_doubtful", "law_index", "sheet"]
