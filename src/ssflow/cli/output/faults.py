"""The failure of a command: its kind, the exit code, the sentences, the grounds, the faults."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from attrs import frozen

from ssflow.case import Ground
from ssflow.cli.input.taught import REFUSED, WRONG, TaughtError, UnknownValueError, UsageError
from ssflow.cli.output.advice import as_typed, fault_as_typed, said_of
from ssflow.converters import why_of
from ssflow.documents import text_document
from ssflow.errors import (
    CodecError,
    ConflictError,
    CoverageError,
    DataError,
    DefinitionError,
    Fault,
    GuardError,
    InputError,
    MissingExtraError,
    MissingPackageError,
    RefusedError,
    SsflowError,
    StoreError,
    SweepError,
    UnknownError,
)
from ssflow.sheets.usable import fault_document
from ssflow.text import NO_TEXT, Lang, Text
from ssflow.views import ground_view
from ssflow.views.privacy import MASKED

_KINDS: tuple[tuple[type[Exception], str, int, Text], ...] = (
    (UsageError, "usage", WRONG, Text("用法有误", "error")),
    (UnknownError, "unknown", WRONG, Text("错误", "error")),
    (UnknownValueError, "unknown", WRONG, Text("输入有误", "error")),
    (RefusedError, "refused", REFUSED, NO_TEXT),
    (InputError, "input", WRONG, Text("输入有误", "error")),
    (ConflictError, "conflict", REFUSED, Text("冲突", "error")),
    (CoverageError, "coverage", REFUSED, Text("日历未覆盖", "error")),
    (StoreError, "store", REFUSED, Text("数据库不可用", "error")),
    (CodecError, "store", REFUSED, Text("事件无法读取", "error")),
    (DataError, "data", REFUSED, Text("数据文件有误", "error")),
    (SweepError, "sweep", REFUSED, Text("部分办件未能推进", "error")),
    (GuardError, "definition", REFUSED, Text("程序定义有误", "error")),
    (DefinitionError, "definition", REFUSED, Text("程序定义有误", "error")),
    (MissingExtraError, "extra", REFUSED, Text("缺少程序包", "error")),
    (MissingPackageError, "package", REFUSED, Text("缺少程序包", "error")),
    (OverflowError, "value", WRONG, Text("输入有误", "error")),
    (OSError, "file", REFUSED, Text("文件无法使用", "error")),
    (ValueError, "value", WRONG, Text("输入有误", "error")),
    (TypeError, "value", WRONG, Text("输入有误", "error")),
)
INPUT_FAULTS = tuple(kind for kind, *_ in _KINDS)


@frozen
class Failure:
    """One failure, in the language of the command."""

    kind: str
    exit_code: int
    head: str
    message: str
    grounds: tuple[dict[str, Any], ...] = ()
    faults: tuple[Fault, ...] = ()

    def say(self, *, as_json: bool) -> str:
        """Return the failure as text, or as one JSON object on one line."""
        if not as_json:
            return self.head + self.message
        faults = [fault_document(fault) for fault in self.faults]
        document = {"error": self.kind, "message": self.message, "grounds": self.grounds, "faults": faults}
        return json.dumps(document, ensure_ascii=False)


def failure_of(error: Exception, lang: Lang) -> Failure:
    """Return the failure that an error means."""
    kind, code, head = next((k, c, h) for cls, k, c, h in _KINDS if isinstance(error, cls))
    if isinstance(error, RefusedError):
        grounds = tuple(_ground_document(ground) for ground in error.grounds)
        return Failure(kind, code, "", as_typed(said(error)).say(lang), grounds)
    faults = _faults(error)
    told = _in_lines(error, faults, lang) if isinstance(error, InputError) else as_typed(said(error)).say(lang)
    return Failure(kind, code, head.say(lang) + Text("：", ": ").say(lang), told, faults=faults)


def _faults(error: Exception) -> tuple[Fault, ...]:
    """Return the faults, each with its place: options are named as they are typed; fields of data and of files keep their names."""
    match error:
        case TaughtError():  # fields of data, which have one name everywhere
            return error.faults
        case DataError() | DefinitionError():
            return tuple(Fault(fault.path, as_typed(fault.text)) for fault in error.faults)
        case InputError():
            return tuple(map(fault_as_typed, error.faults))
    return (Fault("", as_typed(said(error))),)


def _ground_document(ground: Ground) -> dict[str, Any]:
    return {**ground_view(ground).document(), "reason": text_document(as_typed(ground.reason))}


def _in_lines(error: InputError, faults: Sequence[Fault], lang: Lang) -> str:
    """Return one fault as a sentence, several as lines, followed by the further help of the error."""
    told = [said_of(fault, lang) for fault in faults]
    lines = told if len(told) == 1 else ["", *(f"  - {fault}" for fault in told)]
    return "\n".join([*lines, error.more.say(lang)] if isinstance(error, TaughtError) else lines)


def said(error: Exception) -> Text:
    """Return the message of an error, in both languages."""
    match error:
        case UnknownError(kind="case"):  # an id is what somebody chose or typed
            return Text(MASKED.text(error.text.zh), MASKED.text(error.text.en))
        case SsflowError():
            return Text(error.say("zh"), error.say("en"))
        case OverflowError():
            return Text("日期或数目超出年份1至9999", "a day or a number is outside the years 1 to 9999")
        case OSError():
            why = why_of(error)
            file = str(error.filename or "")
            return Text(f"{file}：{why.zh}" if file else why.zh, f"{file}: {why.en}" if file else why.en)
        case _:
            return Text(f"所给的值无法使用（原文：“{error}”）", str(error))
