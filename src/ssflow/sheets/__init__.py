"""What the definitions say, for reviewers who have to read them and sign them off.

``procedures`` holds the sheet of a procedure, ``doubts`` what is not known, ``laws`` the index of the laws,
``retirement`` the table of who retires when.
"""

from ssflow.sheets.doubts.finding import find_doubtful
from ssflow.sheets.laws.index import law_index
from ssflow.sheets.procedures.sheet import Sheet, sheet
from ssflow.sheets.retirement import RetirementTable, Retires, retirement_table
from ssflow.views.books import book_of

__all__ = ["RetirementTable", "Retires", "Sheet", "book_of", "find_doubtful", "law_index", "retirement_table", "sheet"]
