"""The data of a filing for treatment elsewhere."""

from __future__ import annotations

from datetime import date
from enum import Enum, unique
from typing import Annotated

from attrs import field, frozen

from ssflow.persons import Identity
from ssflow.regions import a_place, lies_in
from ssflow.text import Text


@unique
class Kind(Enum):
    """The reason for treatment elsewhere: the first three kinds of persons live there, the others are there for a time."""

    settled = Text("异地安置退休人员", "retiree settled elsewhere")
    resident = Text("异地长期居住人员", "long-term resident elsewhere")
    posted = Text("常驻异地工作人员", "staff posted elsewhere")
    referral = Text("异地转诊人员", "patient referred elsewhere")
    emergency = Text("异地急诊抢救人员", "emergency patient")
    other = Text("其他临时外出就医人员", "other temporary patient")


@unique
class Basis(Enum):
    """The basis of a filing; places may treat the two kinds differently."""

    proof = Text("证明材料", "proof")
    promise = Text("个人承诺书", "personal promise")


@unique
class Course(Enum):
    """The length of the treatment, which Zhengzhou distinguishes."""

    ordinary = Text("一般治疗", "ordinary treatment")
    prolonged = Text("肿瘤放化疗等长期治疗", "prolonged treatment such as chemotherapy or radiotherapy")


@frozen(kw_only=True)
class Application:
    """The application to file. ``area`` is the code of the place of treatment; ``covered`` whether the insurance is in force."""

    holder: Annotated[Identity, "参保人"]
    kind: Annotated[Kind, "备案人员种类"]
    area: Annotated[str, "就医地"] = field(validator=a_place)
    covered: Annotated[bool, "医疗保险待遇处于正常状态"]
    basis: Annotated[Basis | None, "备案材料"] = None
    course: Annotated[Course, "治疗种类"] = Course.ordinary


@frozen
class Emergency:
    """The person admitted in an emergency, the place, and whether the insurance is in force."""

    holder: Annotated[Identity, "参保人"]
    area: Annotated[str, "就医地"] = field(validator=a_place)
    covered: Annotated[bool, "医疗保险待遇处于正常状态"]


@frozen
class Filing:
    """The day of the filing, and the day from which it counts by the agency's decision."""

    filed_on: Annotated[date, "备案日"]
    effective_on: Annotated[date, "备案生效日"]


@frozen
class Change:
    """The new place of treatment, and whether the change is proved."""

    area: Annotated[str, "就医地"] = field(validator=a_place)
    proved: Annotated[bool, "已提供证明材料"] = False


@frozen
class Bill:
    """One stay or visit: whether the hospital settles for other places, whether the insurance is in force, and whether the patient has paid."""

    networked: Annotated[bool, "医疗机构已开通异地就医直接结算"]
    covered: Annotated[bool, "医疗保险待遇处于正常状态"]
    self_paid: Annotated[bool, "已自费结算"] = False


@frozen
class Facts:
    """The facts of a filing; they include the keys of the rulebook."""

    holder: Identity | None = None
    kind: Kind | None = None
    area: str = ""
    covered: bool = False
    basis: Basis | None = None
    course: Course | None = None
    filed_on: date | None = None
    effective_on: date | None = None
    proved: bool = False
    networked: bool = False
    self_paid: bool = False

    def is_in(self, place: str, on: date) -> bool:
        """Return whether the place of treatment lies in a place, or is the same, on a day."""
        return lies_in(self.area, place, on)

    @property
    def lives_there(self) -> bool:
        """Whether the person lives at the place of treatment, so that the filing is a long-term one."""
        return self.kind in (Kind.settled, Kind.resident, Kind.posted)
