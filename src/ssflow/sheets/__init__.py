"""Sheets for reviewers, who read what the definitions say and sign it off.

``procedures`` has the sheet of a procedure, ``doubts`` the list of doubts, ``laws`` the index of the laws, and
``retirement`` the table of retirement by month of birth.
"""

from ssflow.sheets.doubts.finding import find_doubtful
from ssflow.sheets.laws.index import law_index
from ssflow.sheets.procedures.sheet import Sheet, sheet
from ssflow.sheets.retirement import RetirementTable, Retires, retirement_table
from ssflow.views.books import book_of

__all__ = ["RetirementTable", "Retires", "Sheet", "book_of", "find_doubtful", "law_index", "retirement_table", "sheet"]
