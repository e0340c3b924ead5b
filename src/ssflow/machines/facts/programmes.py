"""What comes in with the activities of a card-issuing programme, and what its documents and contents have to be."""

from __future__ import annotations

from enum import Enum, unique

import attrs
from attrs import field, frozen

from ssflow.process import Act, guard
from ssflow.text import Text


@unique
class Change(Enum):
    """What differs from the approved programme."""

    card_face = Text("卡面样式", "card face")
    files = Text("卡内文件结构", "structure of the files in the card")
    maker = Text("供卡厂商和产品", "maker or product")
    group = Text("扩大发卡人群", "a wider group of holders")
    number = Text("增加发卡数量", "a larger number of cards")


@frozen(kw_only=True)
class Application:
    """The application to issue cards: which of the six documents of article 7 are there, in its order.

    ``other_material`` is what else the ministry asks for.
    """

    form: bool = False
    preparation: bool = False
    files: bool = False
    card_face: bool = False
    local_rules: bool = False
    other_material: bool = False


@frozen
class Alteration:
    """What is to be changed."""

    change: Change


@frozen
class Approval:
    """The number that identifies the issuer."""

    issuer_number: str = field()

    @issuer_number.validator
    def _check(self, _: attrs.Attribute[str], number: str) -> None:
        if not number.strip():
            msg = "the number of the issuer is empty; an approved issuer is given one"
            raise ValueError(msg)


@frozen(kw_only=True)
class Programme:
    """The programme that is published to everybody: which of the five contents of article 16 it has, in its order."""

    functions: bool = False
    application: bool = False
    use: bool = False
    loss: bool = False
    rights: bool = False


@frozen
class Findings:
    """What the check of the place's environment found."""

    consistent: bool
    secure: bool


@frozen(kw_only=True)
class Facts:
    """What is known of a programme."""

    form: bool = False
    preparation: bool = False
    files: bool = False
    card_face: bool = False
    local_rules: bool = False
    other_material: bool = False
    change: Change | None = None
    issuer_number: str = ""
    functions: bool = False
    application: bool = False
    use: bool = False
    loss: bool = False
    rights: bool = False
    consistent: bool = False
    secure: bool = False


@guard("须提交填写完备的社会保障卡发行注册申请表", "the registration form is filled in", cites="hrss-2011-47 7(1)(1)")
def form_given(act: Act[Facts]) -> bool:
    return act.facts.form


@guard("须提交社会保障卡发行筹备情况说明", "the account of the preparations is there", cites="hrss-2011-47 7(1)(2)")
def preparation_given(act: Act[Facts]) -> bool:
    return act.facts.preparation


@guard(
    "须提交符合全国统一规范的应用领域和卡内应用文件结构",
    "fields of application and structure of the files are there and follow the national standard",
    cites="hrss-2011-47 7(1)(3)",
)
def files_given(act: Act[Facts]) -> bool:
    return act.facts.files


@guard("须提交按统一要求设计的卡面样式", "the design of the card face is there", cites="hrss-2011-47 7(1)(4)")
def card_face_given(act: Act[Facts]) -> bool:
    return act.facts.card_face


@guard(
    "须提交本地区社会保障卡管理办法和实施细则",
    "the local measures on the card and their details are there",
    cites="hrss-2011-47 7(1)(5)",
)
def local_rules_given(act: Act[Facts]) -> bool:
    return act.facts.local_rules


@guard("规程须载明功能、用途", "the programme states function and purpose", cites="hrss-2011-47 16(1)(1)")
def functions_stated(act: Act[Facts]) -> bool:
    return act.facts.functions


@guard(
    "规程须载明发行对象、申领条件和手续",
    "the programme states to whom cards are issued, on what conditions and how",
    cites="hrss-2011-47 16(1)(2)",
)
def application_stated(act: Act[Facts]) -> bool:
    return act.facts.application


@guard(
    "规程须载明使用范围（包括限制）、使用期限及使用方法",
    "the programme states scope, limits, term and manner of use",
    cites="hrss-2011-47 16(1)(3)",
)
def use_stated(act: Act[Facts]) -> bool:
    return act.facts.use


@guard(
    "规程须载明损坏、遗失后的挂失、补发程序",
    "the programme states loss report and replacement of a damaged or lost card",
    cites="hrss-2011-47 16(1)(4)",
)
def loss_stated(act: Act[Facts]) -> bool:
    return act.facts.loss


@guard(
    "规程须载明发卡机构、持卡人等当事人的权利、义务",
    "the programme states rights and duties of issuer, holder and others",
    cites="hrss-2011-47 16(1)(5)",
)
def rights_stated(act: Act[Facts]) -> bool:
    return act.facts.rights


documents_complete = form_given & preparation_given & files_given & card_face_given & local_rules_given
contents_complete = functions_stated & application_stated & use_stated & loss_stated & rights_stated
