"""The identity of a person: a document and its number."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from attrs import frozen

from ssflow.doors import check_day
from ssflow.errors import InputError
from ssflow.persons import citizen, documents
from ssflow.persons.documents import IdentityKind
from ssflow.persons.heads import remark_on
from ssflow.persons.masking import mask, personal
from ssflow.persons.written import put_right
from ssflow.text import Text


@frozen
class Identity:
    """A person's document and its number, which is stored in one form, however it was written.

    A citizen number of fifteen digits becomes the one of eighteen of the same person, so the two are equal. Two documents of one person are
    not equal: their numbers do not show that they are one person's. A value that an earlier release accepted is read back from a store
    unchanged, without being judged again.

    Raises:
        InputError: the number cannot be right; the message does not repeat it.

    >>> Identity("110105491231002") == Identity("１１０１０５１９４９１２３１００２x")
    True
    >>> Identity("11010519491231002X").born
    datetime.date(1949, 12, 31)

    """

    number: Annotated[str, "证件号码"] = personal()
    kind: Annotated[IdentityKind, "证件种类"] = IdentityKind.resident_id

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.kind, IdentityKind):
            raise InputError.of(
                "kind",
                f"须为IdentityKind的一种；实际为{type(self.kind).__name__}",
                f"a member of IdentityKind is required, not {type(self.kind).__name__}",
            )
        number = documents.canonical(self.kind, put_right(self.number))
        if why := documents.flaw(self.kind, number):
            zh, en = documents.number_of(self.kind)
            raise InputError.of(
                "number",
                f"{zh}（{mask(number)}）有误：{why.zh}；请对照证件逐位核对",
                f"the {en} ({mask(number)}) cannot be right: {why.en}; read it again from the document",
            )
        object.__setattr__(self, "number", number)

    @property
    def born(self) -> date | None:
        """The day of birth, where the number has it."""
        return citizen.born(self.number)

    def age_on(self, day: date) -> int | None:
        """Return the completed years of age on a day, where the number has the day of birth; below 0 before it.

        Raises:
            InputError: ``day`` is not a day.

        """
        check_day("day", day)
        born = self.born
        if born is None:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    @property
    def remarks(self) -> tuple[Text, ...]:
        """Remarks on a number that is in order but unusual: its place is unknown or abolished. They are a reason to look, not to refuse."""
        born = self.born
        found = remark_on(self.number[:6], born) if born and self.kind in documents.CITIZENS else None
        return (found,) if found else ()
