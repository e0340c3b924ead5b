"""Getting into the online hall. 网上服务账户注册与登录

A person without a card registers with the identity number; a person with one logs in at once with its number and password. A card's password
is locked after wrong entries and unlocked at a counter. Guides 001 and 004 give no time limit.
"""

from __future__ import annotations

from enum import unique
from typing import Annotated

from attrs import field, frozen

from ssflow.machines.shared.checks import count
from ssflow.machines.shared.remarks import Remarks
from ssflow.persons import Identity, SocialCard
from ssflow.process import Act, Place, Process, Role, State, WayIn, guard, opens
from ssflow.text import Text


@unique
class Door(WayIn):
    """The way into the online hall."""

    website = Text("当地人社网站", "website of the local bureau")
    app = Text("当地人社应用", "application of the local bureau")


@frozen
class Registration:
    """The person who registers, the way in, and whether name and particulars are filled in as asked."""

    person: Annotated[Identity, "用户"]
    door: Annotated[Door, "入口"]
    particulars_complete: Annotated[bool, "姓名和个人信息已完整填写"]


@frozen
class CardNumber:
    """The number of the card with which a person logs in, and the way in."""

    card: Annotated[SocialCard, "社保卡"]
    door: Annotated[Door, "入口"] = Door.website


@frozen
class Entry:
    """Whether the password was right. The password itself is never kept."""

    password_right: Annotated[bool, "密码正确"]


@frozen
class WrongEntry:
    """The number of wrong entries in a row, 0 after a right one."""

    wrong_entries: Annotated[int, "连续输错次数"] = field(validator=count)


@frozen
class Unlocking:
    """Whether the holder's identity document was shown at the counter."""

    identity_shown: Annotated[bool, "已出示身份证件"]


@frozen
class Facts:
    """The facts of a person's access to the account."""

    person: Identity | None = None
    card: SocialCard | None = None
    door: Door | None = None
    particulars_complete: bool = False
    password_right: bool = False
    wrong_entries: int = 0
    identity_shown: bool = False


@guard("须完整填写姓名和个人信息", "name and particulars are filled in", cites=["guide-001", "guide-004 1.2"])
def particulars_complete(act: Act[Facts]) -> bool:
    return act.facts.particulars_complete


@guard("密码须正确", "the password is right", cites="guide-004 1.2")
def password_right(act: Act[Facts]) -> bool:
    return act.facts.password_right


@guard("须以社保卡号和卡密码登录", "the login is with a card and its password", cites="provincial-card-answer-2022")
def with_card(act: Act[Facts]) -> bool:
    return act.facts.card is not None


@guard("须有密码输入错误", "there were wrong entries", cites="provincial-card-answer-2022")
def entered_wrongly(act: Act[Facts]) -> bool:
    return act.facts.wrong_entries > 0


@guard("须出示有效身份证件", "a valid identity document is shown", cites="changchun-card-rules")
def identity_shown(act: Act[Facts]) -> bool:
    return act.facts.identity_shown


class AccountAccess(Process):
    """One person's way into the online hall."""

    title = Text("网上服务账户注册与登录", "Registration and login for online services")
    facts = Facts

    local = Place("办理地", "place of the bureau")

    user = Role("用户", "user", sole=True)
    bureau = Role("人社部门", "human-resources bureau")

    verifying = State("注册核验中", "registration being verified")
    entering = State("待输入密码", "password awaited")
    locked = State("密码已锁定", "password locked")
    logged_in = State("已登录", "logged in", final=True)
    rejected = State("注册未成功", "registration failed", final=True)

    register = opens(verifying, when=particulars_complete).by(
        user, "注册", "register", data=Registration, cites=["guide-001", "guide-004 1.2"]
    )
    confirm = verifying.to(entering).by(bureau, "注册成功", "confirm the registration", cites="guide-004 1.2")
    reject = verifying.to(rejected).by(bureau, "注册不成功", "reject", data=Remarks, cites="guide-004 1.2")
    give_number = opens(entering).by(user, "以卡号登录", "give the card number", data=CardNumber, cites="guide-004 1.2")

    log_in = entering.to(logged_in, when=password_right).by(user, "登录", "log in", data=Entry, cites="guide-004 1.2")
    mistype = entering.stays().by(user, "密码输错", "mistype", data=WrongEntry, cites="provincial-card-answer-2022")
    lock = entering.to(locked, when=with_card & entered_wrongly).by(
        bureau, "锁定密码", "lock the password", cites="provincial-card-answer-2022"
    )
    unlock = locked.to(entering, when=identity_shown).by(
        bureau, "解锁或重置密码", "unlock or reset the password", data=Unlocking, cites="provincial-card-answer-2022"
    )
