"""All errors of the library. The page ``docs/en/reference/errors.md`` says who corrects each, and what it leaves behind.

Each error speaks Chinese and English (``say``), has its parts as attributes, and can be pickled whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple, Self

from ssflow.text import LANGS, Lang, Text

_COLON = Text("：", ": ")


class SsflowError(Exception):
    """The base of the errors that the library raises itself. ``text`` is the message in both languages."""

    text: Text

    def __init__(self, text: Text) -> None:
        self.text = text

    def say(self, lang: Lang) -> str:
        """Return what is wrong, why, and what to do, in one language."""
        return self.text.say(lang)

    def __str__(self) -> str:
        return self.say("en")

    def __reduce__(self) -> tuple[Any, ...]:
        return _revived, (type(self), self.args, self.__dict__)


def _revived(cls: type[SsflowError], args: tuple[Any, ...], parts: dict[str, Any]) -> SsflowError:
    """Return an error that another process raised, made from its parts, because keyword arguments are not among ``args``."""
    error = cls.__new__(cls, *args)
    error.__dict__.update(parts)
    return error


class Fault(NamedTuple):
    """One fault in a value: where (``"holder.number"``, empty for the whole), and what is wrong.

    A form marks the field that ``path`` names.
    """

    path: str
    text: Text

    def say(self, lang: Lang) -> str:
        """Return the fault with its place, in one language."""
        text = self.text.say(lang)
        return f"{self.path}{_COLON.say(lang)}{text}" if self.path else text

    @property
    def both(self) -> Text:
        """The fault with its place, in both languages."""
        return Text(self.say("zh"), self.say("en"))

    def within(self, path: str) -> Fault:
        """Return the same fault with its path inside an outer value."""
        joint = "." if path and self.path and not self.path.startswith("[") else ""
        return Fault(f"{path}{joint}{self.path}", self.text)


class InputError(SsflowError, ValueError):
    """A value from a caller is not what is required. ``faults`` lists everything that is wrong with it; nothing was changed.

    >>> print(InputError(Fault("places", Text("须为六位代码", "six digits are required"))).say("zh"))
    places：须为六位代码

    """

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__(Text.join([fault.both for fault in faults]))

    @classmethod
    def of(cls, path: str, zh: str, en: str) -> Self:
        """Return the error of a single fault: the argument or field, and what is wrong and required."""
        return cls(Fault(path, Text(zh, en)))


def unknown_lang(given: object) -> InputError:
    """Return the error of a language that the library does not speak."""
    said = given if isinstance(given, str) else type(given).__name__
    zh, en = (mark.join(LANGS) for mark in ("或", " or "))
    return InputError.of("lang", f"须为{zh}；实际为{said}", f"{en} is required, not {said}")


class DefinitionError(SsflowError):
    """A procedure is not sound. ``faults`` lists everything that is wrong with it, each with the name of its part."""

    def __init__(self, subject: str, faults: Sequence[Fault]) -> None:
        self.subject = subject
        self.faults = tuple(faults)
        zh, en = ("".join(f"\n  - {fault.say(lang)}" for fault in self.faults) for lang in LANGS)
        super().__init__(Text(f"{subject}定义有误：{zh}", f"{subject} is not sound:{en}"))


class DataError(SsflowError):
    """A data file cannot be used. ``file`` names it, ``faults`` lists what is wrong with it; nothing was loaded."""

    def __init__(self, file: Path | str, *faults: Fault) -> None:
        self.file = Path(file)
        self.faults = faults
        text = Text.join([fault.both for fault in self.faults])
        super().__init__(
            Text(f"{self.file.name}：{text.zh}（文件：{file}）", f"{self.file.name}: {text.en} (file: {file})")
        )

    @classmethod
    def of(cls, file: Path | str, zh: str, en: str) -> Self:
        """Return the error of one fault of a file as a whole."""
        return cls(file, Fault("", Text(zh, en)))


class CoverageError(SsflowError):
    """The calendar does not know a day. ``day`` is the day, ``why`` what is not known, ``remedy`` what to do."""

    def __init__(self, day: date, why: Text, remedy: Text) -> None:
        self.day = day
        self.why = why
        self.remedy = remedy
        super().__init__(Text(f"{day}：{why.zh}；{remedy.zh}", f"{day}: {why.en}; {remedy.en}"))


class GuardError(SsflowError):
    """A condition of a procedure could not be judged, because its test is faulty.

    ``guard`` names the condition, ``cause`` is the kind of error that its test raised, or what it returned; ``activity`` and ``case`` are what
    was being judged, where that is known.
    """

    def __init__(self, guard: str, cause: str | Text, activity: str = "", case: str = "") -> None:
        self.guard = guard
        self.cause = cause
        why = cause if isinstance(cause, Text) else Text(cause, cause)
        self.activity = activity
        self.case = case
        where = Text(f"（{case}：{activity}）", f" ({activity} in {case})") if activity else Text("", "")
        super().__init__(
            Text(
                f"条件{guard}{where.zh}无法判断：{why.zh}；请改正程序定义中的该条件",
                f"condition {guard}{where.en} cannot be judged: {why.en}; correct it in the definition of the procedure",
            )
        )


class RefusedError(SsflowError):
    """An act is refused. ``grounds`` lists every unmet condition with its basis; the case is unchanged."""

    grounds: tuple[Any, ...]

    def __init__(self, act: Text, grounds: Sequence[Any]) -> None:
        self.act = act
        self.grounds = tuple(grounds)

    def say(self, lang: Lang) -> str:
        """Return the refusal and all its grounds, one a line, in one language."""
        head = Text(f"不予办理：{self.act.zh}", f"refused: {self.act.en}")
        return head.say(lang) + "".join(f"\n  - {ground.say(lang)}" for ground in self.grounds)


class ConflictError(SsflowError):
    """Somebody else was quicker: read the case again and decide anew. Nothing was written.

    ``case`` is at version ``found`` and not at ``expected``; these three are None in a `TransactionConflictError`. ``opens`` says that the case
    was to be opened and its id is taken; only then does a store expect version 0.
    """

    case: str | None
    expected: int | None
    found: int | None

    def __init__(self, case: str, expected: int, found: int, *, opens: bool | None = None) -> None:
        self.case = case
        self.expected = expected
        self.found = found
        self.opens = expected == 0 if opens is None else opens
        if self.opens:
            text = Text(
                f"办件编号{case}已被使用（第{found}版）；请另取编号",
                f"case {case} exists already, at version {found}; choose another id",
            )
        else:
            text = Text(
                f"办件{case}现为第{found}版，不是第{expected}版：其间已有办理；请重新读取后再办",
                f"case {case} is at version {found}, not {expected}: somebody acted in the meantime; read the case again, then decide",
            )
        super().__init__(text)


class TransactionConflictError(ConflictError):
    """The ``database`` could not carry out two transactions beside each other (``fault``) and ended this one. Nothing was written.

    It does not say in which case they met. ``joined`` says that the transaction is that of the host, who has to repeat it from its beginning;
    a store has already repeated a transaction of its own.
    """

    def __init__(self, database: Path | str, fault: Text, *, joined: bool = False) -> None:
        self.case = self.expected = self.found = None
        self.opens = False
        self.database = str(database)
        self.fault = fault
        self.joined = joined
        cure = Text("请从头重做整个事务", "repeat it from its beginning") if joined else Text("请再试", "try again")
        super(ConflictError, self).__init__(
            Text(f"{database}：{fault.zh}；{cure.zh}", f"{database}: {fault.en}; {cure.en}")
        )


class SweepError(SsflowError):
    """Some cases could not be advanced; all others were.

    ``failures`` has the reason for each of these cases, ``recorded`` is the number of events that were written, and ``joined`` says that they
    were written in a transaction of the host, which has still to commit them.
    """

    def __init__(self, failures: Mapping[str, Exception], recorded: int, *, joined: bool = False) -> None:
        self.failures = dict(failures)
        self.recorded = recorded
        self.joined = joined

    def say(self, lang: Lang) -> str:
        """Return how many events were recorded, and why each of the other cases was not advanced."""
        head = Text(
            f"已记录{self.recorded}个事件，但有的办件未能推进：",
            f"{self.recorded} events were recorded, but some cases could not be advanced:",
        )
        if self.joined:
            head = Text(
                f"有的办件未能推进；其余办件的{self.recorded}个事件在调用方的事务中，提交后方才生效：",
                f"some cases could not be advanced; {self.recorded} events of other cases are in your transaction and take effect when you commit it:",
            )
        return head.say(lang) + reasons(self.failures, lang)


def reasons(failures: Mapping[str, Exception], lang: Lang) -> str:
    """Return why each of some cases failed, one case a line."""
    said = ((case, error.say(lang) if isinstance(error, SsflowError) else error) for case, error in failures.items())
    return "".join(f"\n  - {case}: {why}" for case, why in said)


class ReusedKeyError(SsflowError):
    """The idempotency ``key`` of a request was used for another request. Nothing was written."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(
            Text(
                f"键{key}已用于另一请求；重试须内容相同，新的请求请另取键",
                f"key {key} was already used for another request; repeat that request exactly, or take a new key",
            )
        )


class StoreError(SsflowError):
    """The database cannot be used, or refuses the operation.

    ``database`` names it. Nothing was written, unless the outcome is ``in_doubt``: then the connection was lost during the commit.
    """

    def __init__(self, database: Path | str, fault: Text, *, in_doubt: bool = False) -> None:
        self.database = str(database)
        self.fault = fault
        self.in_doubt = in_doubt
        super().__init__(Text(f"{database}：{fault.zh}", f"{database}: {fault.en}"))


class NoTransactionError(SsflowError):
    """The connection of the host is in no transaction, so half of an act could not be undone. Nothing was written."""

    def __init__(self, begin: str) -> None:
        self.begin = begin
        super().__init__(
            Text(
                f"连接不在事务中，各语句会单独提交；请先开始事务：{begin}",
                f"the connection is in no transaction, so each statement would be committed separately; begin one: {begin}",
            )
        )


class ErasedError(SsflowError):
    """The key of the person of a ``case`` was destroyed, so no personal data can be recorded in it any more. Nothing was written."""

    def __init__(self, case: str) -> None:
        self.case = case
        super().__init__(
            Text(
                f"办件{case}的当事人的密钥已销毁，不能再记录其个人信息；如须办理，请另行登记",
                f"the encryption key for the person in case {case} was destroyed, so no personal data can be recorded in it; open a new case",
            )
        )


class CodecError(SsflowError):
    """A stored event cannot be read: its text is damaged, or a newer version of the library wrote it."""


class EngineError(SsflowError):
    """A third-party engine, which a host may run for timers, cannot be reached. ``engine`` names it, ``cause`` is the error of its client."""

    def __init__(self, engine: str, cause: Exception) -> None:
        self.engine = engine
        self.cause = cause
        super().__init__(
            Text(
                f"无法连接{engine}；恢复后请重试，其间的失效和逾期由定时记录补记（原文：“{cause}”）",
                f"{engine} cannot be reached; try again later; until then, a sweep records lapses and overdue terms ({cause})",
            )
        )


# The Chinese names of the kinds; in English the kind is its own name.
_NOUNS = {
    "procedure": "程序",
    "activity": "环节",
    "role": "主体",
    "state": "状态",
    "clock": "期限",
    "region": "地方",
    "subscriber": "订阅方",
    "case": "办件",
    "key": "密钥",
    "event": "事件",
    "rulebook": "规则库",
    "parameter": "项目",
    "place": "地点",
    "law": "法规",
    "article": "条款",
    "country": "国家或地区",
    "area": "区域",
    "part": "地区",  # part of the country
    "category": "假日类别",  # category of holidays
    "choice": "选项",
    "field": "字段",
    "scenario": "方案",
    "version": "版本",
    "hold": "保全",
    "station": "岗位",
    "run": "运行",
    "profile": "办件类别",
    "measure": "指标",
    "amount": "数值",
}


class UnknownError(SsflowError, LookupError):
    """A name is not known. ``kind`` is its kind, ``name`` the name, ``known`` the names that exist."""

    def __init__(self, kind: str, name: str, known: Iterable[str] = (), hint: Text | None = None) -> None:
        self.kind = kind
        self.name = name
        self.known = tuple(known)
        near = get_close_matches(name, self.known, n=3)
        if hint is None and near:
            hint = Text(f"是否指{'、'.join(near)}？", f"did you mean {' or '.join(near)}?")
        elif hint is None and self.known:
            hint = Text(f"可用：{'、'.join(self.known)}", f"known: {', '.join(self.known)}")
        noun = _NOUNS.get(kind.partition(" ")[0], kind)
        super().__init__(
            Text(f"没有名为“{name}”的{noun}", f"unknown {kind} {name!r}")
            if hint is None
            else Text(f"没有名为“{name}”的{noun}；{hint.zh}", f"unknown {kind} {name!r}; {hint.en}")
        )


class MissingExtraError(SsflowError, ModuleNotFoundError):
    """An operation needs packages that extras of this library install. ``what`` is the operation, ``extra`` names the extras, parted by commas."""

    def __init__(self, what: str, extra: str) -> None:
        self.what = what
        self.extra = extra
        extras = extra.split(",")
        zh, en = "、".join(extras), f"extra{'s' * (len(extras) > 1)} {' and '.join(extras)}"
        super().__init__(
            Text(
                f"{what}需要附加项{zh}：pip install 'ssflow[{extra}]'",
                f"{what} needs the {en}: pip install 'ssflow[{extra}]'",
            )
        )


class MissingPackageError(SsflowError, ModuleNotFoundError):
    """An operation needs a third-party package that is not an extra of this library. ``what`` is the operation; any of ``packages`` will do."""

    def __init__(self, what: str, *packages: str) -> None:
        self.what = what
        self.packages = packages
        super().__init__(
            Text(
                f"{what}须安装{'或'.join(packages)}：pip install {packages[0]}",
                f"{what} needs {' or '.join(packages)}: pip install {packages[0]}",
            )
        )
