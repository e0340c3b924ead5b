"""The common form of a procedure's parts, with places and roles. Figures and states have modules of their own.

A part gets its name from the class body in which it is defined, and belongs to that procedure alone. Parts are compared by
identity and referred to as objects, so that a misspelt name is a ``NameError`` when the procedure is imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import Factory, field, frozen

from ssflow.converters import as_names
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.process.process import Process


@frozen(eq=False, repr=False)
class Part:
    """The base of all parts: a name, and the procedure they belong to."""

    name: str = field(init=False, default="")
    owner: type[Process] | None = field(init=False, default=None)

    def __set_name__(self, owner: type[Process], name: str) -> None:
        # A second binding keeps the first name; the soundness check reports it, because an error here would be wrapped.
        if not self.name:
            object.__setattr__(self, "name", name)
            object.__setattr__(self, "owner", owner)

    def __reduce__(self) -> str | tuple[Any, ...]:
        """Copy and pickle a part by its name in the procedure, because there is only one of it."""
        return (getattr, (self.owner, self.name)) if self.owner else super().__reduce__()

    def __repr__(self) -> str:
        return f"{self.owner.__name__ if self.owner else '?'}.{self.name or '?'}"


@frozen(eq=False, repr=False)
class Titled(Part):
    """A part with a title in both languages. ``was`` are its older names, one or several, which older records still use."""

    zh: str
    en: str
    was: tuple[str, ...] = field(default=(), kw_only=True, converter=as_names)
    title: Text = field(init=False, default=Factory(lambda part: Text(part.zh, part.en), takes_self=True))


@frozen(eq=False, repr=False)
class Place(Titled):
    """A place that a case names, such as the issuing place. Figures and calendars are those of a place."""


@frozen(eq=False, repr=False)
class Role(Titled):
    """A capacity in which somebody acts in the procedure: the holder, the card office.

    ``at`` is the place whose figures bind this role; it may be left out where the procedure has one place. A ``sole`` role
    is held by one party throughout a case, and any other party is refused; an office may send anybody.
    """

    at: Place | None = field(default=None, kw_only=True)
    sole: bool = field(default=False, kw_only=True)

    def __or__(self, other: Role | Roles) -> Roles:
        return Roles((self,)) | other


@frozen
class Roles:
    """Several roles, any of which may do the same, or which owe a term together: ``manager | responder``."""

    roles: tuple[Role, ...]

    def __or__(self, other: Role | Roles) -> Roles:
        return Roles(self.roles + roles_of(other))


def roles_of(given: Role | Roles) -> tuple[Role, ...]:
    """Return one role or several as a tuple."""
    return given.roles if isinstance(given, Roles) else (given,)


def any_of(roles: tuple[Role, ...]) -> Text:
    """Return the titles of roles of which one is enough."""
    return Text.join([role.title for role in roles], "或者", " or ")
