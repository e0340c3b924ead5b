"""A case under a regime goes over to a newer version of its procedure, or is told why it cannot."""

from datetime import date
from enum import Enum, unique
from pathlib import Path

import pytest

from ssflow.case import Attempt, Case, GroundKind, Legislation, decide
from ssflow.case.upgrading import carried, upgrade
from ssflow.errors import RefusedError
from ssflow.process import Place, Process, Regime, Role, State, faults_of_process, opens
from ssflow.rules import Rulebook
from ssflow.text import Text
from tests.process.test_regimes import Facts, Moving, Ways, law_in, opened, played


def second(before: type[Process], ways: type[Enum], writing: str) -> type[Process]:
    """A newer version of a process whose letters are written under one regime alone."""

    class Newer(Process):
        title, facts, version, supersedes, was = before.title, Facts, 2, before, before.name
        regime = Regime("办法", "regime", of=ways)
        old, new = Place("原地", "old place"), Place("新地", "new place")
        person, agency = Role("个人", "person", at=new), Role("机构", "agency", at=old)
        asked, written = State("已申请", "asked"), State("已发函", "letter sent")
        done, needless = State("办结", "done", final=True), State("无须办理", "not needed", final=True)
        apply = opens(asked).by(person, "申请", "apply", cites="decree-765")
        write = asked.to(written, under=ways[writing]).by(agency, "发函", "write", cites="decree-765")
        finish = (asked | written).to(done).by(agency, "办结", "finish", cites="decree-765")
        spare = asked.to(needless).by(agency, "免办", "spare", cites="decree-765")

    return Newer


class Plain(Process):
    """A process that knows no regimes yet."""

    title, facts = Text("转移", "Moving"), Facts
    old, new = Place("原地", "old place"), Place("新地", "new place")
    person, agency = Role("个人", "person", at=new), Role("机构", "agency", at=old)
    asked, done = State("已申请", "asked"), State("办结", "done", final=True)
    apply = opens(asked).by(person, "申请", "apply", cites="decree-765")
    finish = asked.to(done).by(agency, "办结", "finish", cites="decree-765")


class Free(Process):
    """A newer version that knows no regimes any more."""

    title, facts, version, supersedes, was = Moving.title, Facts, 2, Moving, Moving.name
    old, new = Place("原地", "old place"), Place("新地", "new place")
    person, agency = Role("个人", "person", at=new), Role("机构", "agency", at=old)
    asked, done = State("已申请", "asked"), State("办结", "done", final=True)
    apply = opens(asked).by(person, "申请", "apply", cites="decree-765")
    finish = asked.to(done).by(agency, "办结", "finish", cites="decree-765")


@unique
class Platform(Enum):
    platform = Text("平台", "on the platform")


def test_a_case_goes_over_to_a_newer_version_under_its_regime(tmp_path: Path) -> None:
    """It stays under its regime. It cannot go over where the newer version lacks the regime, or its state under it, or where it has none yet."""
    law, day = law_in(tmp_path), date(2021, 11, 30)
    case = opened(law, day)
    case = played(case, decide(case, Attempt(deed=Moving.write(), by=Moving.agency, on=day, law=law)))

    bare = Legislation(law.calendar, lambda name: Rulebook(name, (), laws=law.of(Moving).laws))

    def told(case: Case, to: type[Process]) -> list[str]:
        with pytest.raises(RefusedError) as refused:
            upgrade(case, to, (("send", ""),), day, bare, reason="x")
        return [ground.say(language) for ground in refused.value.grounds for language in ("en", "zh")]

    assert carried(case, second(Moving, Ways, "letters")).regime is Ways.letters
    assert told(case, second(Moving, Platform, "platform")) == [
        'the new version has no "by letters"',
        "新版没有“联系函”",
    ]
    assert told(case, second(Moving, Ways, "platform")) == [
        'in version 2 nothing leads to "letter sent"',
        "第2版中没有环节通向“已发函”",
    ]
    with pytest.raises(RefusedError) as refused:
        upgrade(case, second(Moving, Ways, "letters"), (), day, bare, reason="x")
    assert [(ground.kind, ground.name) for ground in refused.value.grounds] == [(GroundKind.order, "send")]
    unopened = Case.unopened(Plain, "m", {"old": "350100", "new": "110000"})
    plain = played(unopened, decide(unopened, Attempt(deed=Plain.apply(), by=Plain.person, on=day, law=bare)))
    assert told(plain, second(Plain, Ways, "letters")) == [
        "the new version has regimes, and the case is under none",
        "新版分办法，而办件没有办法",
    ]


def test_versions_share_a_rulebook_that_not_all_read_whole(tmp_path: Path) -> None:
    """What only another version asks for, its keys and its choices, is no fault of this one."""
    assert faults_of_process(Free, law_in(tmp_path).rulebook("moving")) == []


def test_a_regime_is_lost_where_others_are_left(tmp_path: Path) -> None:
    """A version that has regimes names the one it lacks; one that knows none lacks none."""
    case = opened(law_in(tmp_path), date(2021, 11, 30))
    newer = (second(Moving, Ways, "letters"), second(Moving, Platform, "platform"), Free)
    told = [(one.regime, one.lost_regime) for one in (carried(case, to) for to in newer)]
    assert told == [(Ways.letters, ""), (None, "letters"), (None, "")]
