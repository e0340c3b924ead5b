"""What the definitions say, for whoever has to read them and sign them off.

``procedures`` holds the sheet of a procedure, ``doubts`` what is not known, ``laws`` the index of the laws.
"""

from ssflow.sheets.doubts.finding import find_doubtful
from ssflow.sheets.laws.index import law_index
from ssflow.sheets.procedures.sheet import Sheet, sheet
from ssflow.views.books import book_of

__all__ = ["Sheet", "book_of", "find_doubtful", "law_index", "sheet"]
