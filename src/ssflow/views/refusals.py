"""The view of a refusal: each ground with its basis."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from ssflow.case import Ground, GroundKind
from ssflow.doors import check_kind
from ssflow.errors import RefusedError
from ssflow.text import Text
from ssflow.views.citing import Cited, basis_of, cited
from ssflow.views.plain import View
from ssflow.views.wording import lines, sentence


@frozen(kw_only=True)
class GroundView(View):
    """One ground of a refusal."""

    kind: GroundKind
    name: str
    reason: Text
    basis: tuple[Cited, ...]
    caveats: tuple[Text, ...]

    @property
    def text(self) -> Text:
        """The ground with its basis, and what is uncertain about that."""
        basis = basis_of(self.basis)
        said = Text(f"（依据：{basis.zh}）", f" (basis: {basis.en})") if basis else basis
        return sentence(Text.join([self.reason, said], "", ""), *self.caveats)


@frozen
class RefusalView(View):
    """A refusal with every ground."""

    act: Text
    grounds: tuple[GroundView, ...]

    @property
    def text(self) -> Text:
        """The refusal, one ground a line."""
        head = Text(f"不予办理：{self.act.zh}", f"refused: {self.act.en}")
        return lines(head, *(Text(f"- {ground.text.zh}", f"- {ground.text.en}") for ground in self.grounds))


def ground_view(ground: Ground) -> GroundView:
    """Return the view of a ground."""
    check_kind("ground", ground, Ground)
    return GroundView(
        kind=ground.kind,
        name=ground.name,
        reason=ground.reason,
        basis=cited(ground.cites, ground.laws),
        caveats=ground.caveats,
    )


def ground_views(grounds: Iterable[Ground]) -> tuple[GroundView, ...]:
    """Return the views of several grounds."""
    return tuple(map(ground_view, grounds))


def refusal_view(error: RefusedError) -> RefusalView:
    """Return the view of a refusal, as the kernel raised it."""
    check_kind("error", error, RefusedError)
    return RefusalView(error.act, ground_views(error.grounds))
