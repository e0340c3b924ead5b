"""The data of a card-issuing programme."""

from __future__ import annotations

from enum import Enum, unique
from typing import Annotated

from attrs import field, frozen

from ssflow.machines.shared.checks import filled_in
from ssflow.text import Text


@unique
class Change(Enum):
    """The difference from the approved programme."""

    card_face = Text("卡面样式", "card face")
    files = Text("卡内文件结构", "structure of the files in the card")
    maker = Text("供卡厂商和产品", "maker or product")
    group = Text("扩大发卡人群", "a wider group of holders")
    number = Text("增加发卡数量", "a larger number of cards")


@frozen(kw_only=True)
class Application:
    """The application to issue cards: which of the six documents of article 7 are there, in its order.

    ``other_material`` is further material that the ministry asks for.
    """

    form: Annotated[bool, "社会保障卡发行注册申请表"] = False
    preparation: Annotated[bool, "社会保障卡发行筹备情况说明"] = False
    files: Annotated[bool, "应用领域和卡内应用文件结构"] = False
    card_face: Annotated[bool, "卡面样式"] = False
    local_rules: Annotated[bool, "社会保障卡管理办法和实施细则"] = False
    other_material: Annotated[bool, "要求的其他材料"] = False


@frozen
class Alteration:
    """The change that is sought."""

    change: Annotated[Change, "变更内容"]


@frozen
class Approval:
    """The number that identifies the issuer."""

    issuer_number: Annotated[str, "发卡机构编号"] = field(
        validator=filled_in("批准发卡的机构须有编号", "an approved issuer is given a number")
    )


@frozen(kw_only=True)
class Programme:
    """The programme that is published to everybody: which of the five contents of article 16 it has, in its order."""

    functions: Annotated[bool, "功能、用途"] = False
    application: Annotated[bool, "发行对象、申领条件和手续"] = False
    use: Annotated[bool, "使用范围（包括限制）、使用期限及使用方法"] = False
    loss: Annotated[bool, "损坏、遗失后的挂失、补发程序"] = False
    rights: Annotated[bool, "当事人的权利、义务"] = False


@frozen
class Findings:
    """The findings of the check of the place's environment."""

    consistent: Annotated[bool, "用卡环境一致"]
    secure: Annotated[bool, "用卡环境安全"]


@frozen(kw_only=True)
class Facts:
    """The facts of a programme."""

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
