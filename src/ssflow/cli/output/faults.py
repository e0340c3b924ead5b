"""What a command says when it cannot do what it is asked: the kind, the exit code, the sentence, the grounds."""

from __future__ import annotations

import json
import re
from typing import Any

import click
from attrs import frozen

from ssflow.cli.output.documents import ground_document
from ssflow.errors import (
    CodecError,
    ConflictError,
    CoverageError,
    DataError,
    DefinitionError,
    InputError,
    RefusedError,
    SsflowError,
    StoreError,
    SweepError,
    UnknownError,
)
from ssflow.text import Lang, Text

WRONG, REFUSED = 2, 1


class MissingExtraError(SsflowError):
    """An option needs packages that an extra of ours installs."""

    def __init__(self, option: str, extra: str) -> None:
        super().__init__(
            Text(
                f"{option}需要附加项{extra}：pip install 'ssflow[{extra}]'",
                f"{option} needs the extra {extra}: pip install 'ssflow[{extra}]'",
            )
        )


_KINDS: tuple[tuple[type[Exception], str, int, Text], ...] = (
    (click.ClickException, "usage", WRONG, Text("用法有误", "error")),
    (UnknownError, "unknown", WRONG, Text("错误", "error")),
    (RefusedError, "refused", REFUSED, Text("不予办理", "refused")),
    (InputError, "input", WRONG, Text("输入有误", "error")),
    (ConflictError, "conflict", REFUSED, Text("版本冲突", "error")),
    (CoverageError, "coverage", REFUSED, Text("日历未覆盖", "error")),
    (StoreError, "store", REFUSED, Text("数据库不可用", "error")),
    (CodecError, "store", REFUSED, Text("事件无法读取", "error")),
    (DataError, "data", REFUSED, Text("数据文件有误", "error")),
    (SweepError, "sweep", REFUSED, Text("部分办件未能推进", "error")),
    (DefinitionError, "definition", REFUSED, Text("程序定义有误", "error")),
    (MissingExtraError, "extra", REFUSED, Text("缺少程序包", "error")),
    (OverflowError, "value", WRONG, Text("输入有误", "error")),
    (OSError, "file", REFUSED, Text("文件无法使用", "error")),
    (ValueError, "value", WRONG, Text("输入有误", "error")),
    (TypeError, "value", WRONG, Text("输入有误", "error")),
)
INPUT_FAULTS = tuple(kind for kind, *_ in _KINDS)


@frozen
class Fault:
    """One failure, as the command line tells it."""

    kind: str
    exit_code: int
    head: str
    message: str
    grounds: tuple[dict[str, Any], ...] = ()

    def say(self, *, as_json: bool) -> str:
        """The failure as text, or as one JSON object on one line."""
        if not as_json:
            return self.head + self.message
        return json.dumps({"error": self.kind, "message": self.message, "grounds": self.grounds}, ensure_ascii=False)


def fault_of(error: Exception, lang: Lang) -> Fault:
    """The failure that an error stands for."""
    kind, code, head = next((k, c, h) for cls, k, c, h in _KINDS if isinstance(error, cls))
    if isinstance(error, RefusedError):
        return Fault(kind, code, "", error.say(lang), tuple(ground_document(ground) for ground in error.grounds))
    return Fault(kind, code, head.say(lang) + Text("：", ": ").say(lang), _message(error, lang))


def _message(error: Exception, lang: Lang) -> str:
    match error:
        case click.ClickException():
            return _usage(error, lang)
        case OverflowError():
            return Text("日期或数目超出年份1至9999", "a day or a number leads out of the years 1 to 9999").say(lang)
        case SsflowError() if lang == "zh":
            return error.say(lang)
        case _:
            return _as_typed_here(str(error))


def _as_typed_here(message: str) -> str:
    """The same advice, where it says what to write in Python, as what to write on the command line."""
    named = re.sub(
        r"with_notices\('(.*?)'\), or the file's path in SSFLOW_NOTICES",
        r"write \1 and name it in SSFLOW_NOTICES",
        message,
    )
    return named.replace("strict()", "--strict")


def _usage(error: click.ClickException, lang: Lang) -> str:
    context = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "ssflow"
    message = error.format_message()
    if lang == "zh" and isinstance(error, click.BadParameter) and error.param:
        hint = error.param.get_error_hint(error.ctx)
        message = f"缺少 {hint}" if isinstance(error, click.MissingParameter) else f"{hint} {error.message}"
    more = Text(f"用法见 {context} --help", f"see {context} --help").say(lang)
    return f"{message.rstrip('.')}\n{more}"
