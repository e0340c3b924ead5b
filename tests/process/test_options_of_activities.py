"""What an activity does besides its moves is told by parts of the right kind, or refused as soon as it is written."""

import pytest

from ssflow.errors import InputError
from ssflow.process import Role, State

ASKED, CLERK = State("已询问", "asked"), Role("经办人", "clerk")


@pytest.mark.parametrize("option", ["extends", "withdraws", "sets", "triggers"])
@pytest.mark.parametrize("given", ["reply", 3, ASKED, [CLERK]], ids=["a name", "a number", "a state", "a list"])
def test_another_kind_is_refused(option: str, given: object) -> None:
    """The option is named, in both languages; it does not show up later, in words of Python."""
    with pytest.raises(InputError) as refused:
        ASKED.stays().by(CLERK, "提醒", "remind", cites="guide-004", **{option: given})
    assert [fault.path for fault in refused.value.faults] == [option]
    assert refused.value.say("zh") != refused.value.say("en")
