"""The data of a benefit claim."""

from __future__ import annotations

from datetime import date
from enum import Enum, unique
from typing import Annotated

from attrs import field, frozen

from ssflow.machines.shared.checks import filled_in
from ssflow.persons import Identity
from ssflow.process import ON_RECORD
from ssflow.text import Text


@unique
class Kind(Enum):
    """The benefit that is claimed, on which the terms depend."""

    pension = Text("基本养老金", "basic pension")
    medical = Text("医疗费用手工报销（含生育医疗费用）", "medical expenses by hand, maternity included")
    maternity = Text("生育津贴", "maternity allowance")
    work_injury = Text("工伤医疗、康复、辅助器具费用手工报销", "work-injury expenses by hand")
    unemployment = Text("失业保险金", "unemployment benefit")
    training = Text("职业培训等补贴", "training and similar subsidies")
    disability = Text("病残津贴", "disability allowance")
    survivors = Text("丧葬补助金和抚恤金", "funeral and survivors' grants")


@unique
class Relation(Enum):
    """The place in the province that keeps the claimant's unemployment insurance."""

    local = Text("仅在领取地", "at the place of the claim only")
    elsewhere = Text("省内其他地方也有", "also elsewhere in the province")


@frozen(kw_only=True)
class Claim:
    """The claim and the papers handed in with it.

    For the grants after a death, ``insured`` is the person who died. ``incapacity`` is a finding of full incapacity by a body of a
    prefecture or higher. ``bills`` are receipts and lists of expenses, ``records`` diagnosis and medical records, ``certificate`` a
    vocational one. For an unemployed person, ``registered_on`` is the day of the unemployment registration and ``begins_on`` the day from
    which benefit is claimed.
    """

    insured: Annotated[Identity, "参保人"]
    kind: Annotated[Kind, "待遇种类"]
    bills: Annotated[bool, "收费票据、费用清单"] = False
    records: Annotated[bool, "诊断证明、病历资料"] = False
    certificate: Annotated[bool, "职业资格证书或者职业技能等级证书"] = False
    registered_on: Annotated[date | None, "失业登记日"] = None
    begins_on: Annotated[date | None, "失业保险金起算日"] = None
    relation: Annotated[Relation, "省内的失业保险关系"] = Relation.local
    incapacity: Annotated[bool, "完全丧失劳动能力鉴定结论（地级以上）"] = False


@frozen
class Findings:
    """Whether the agency finds that the conditions of the benefit are met."""

    entitled: Annotated[bool, "符合领取条件"]


@frozen
class Refusal:
    """The reasons of a refusal, and the remedies of the claimant."""

    reasons: Annotated[str, "理由", ON_RECORD] = field(
        validator=filled_in("须告知申请人不予发放的理由", "the claimant has to be told why the benefit is refused")
    )
    advice: Annotated[str, "可以怎么办", ON_RECORD] = ""


@frozen(kw_only=True)
class Facts:
    """The facts of a claim; they include the keys of the rulebook."""

    insured: Identity | None = None
    kind: Kind | None = None
    bills: bool = False
    records: bool = False
    certificate: bool = False
    registered_on: date | None = None
    begins_on: date | None = None
    relation: Relation | None = None
    incapacity: bool = False
    entitled: bool = False
    advice: str = ""
