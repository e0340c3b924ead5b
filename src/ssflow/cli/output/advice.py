"""The library's advice for Python as advice for the command line: arguments become options, calls become commands.

A field of an activity's data has the same name on both sides and is not an argument: see `TaughtError`.
"""

from __future__ import annotations

import re

from ssflow.cli.input import arguments
from ssflow.cli.input.speaking import Given
from ssflow.errors import Fault
from ssflow.text import Lang, Text

_OPTIONS = {
    "actor": "--actor",
    "after": "--after",
    "before": "--before",
    "by": "--by",
    "case": "--id",
    "cases": "--cases",
    "corrector": "--as",
    "data": "--data",
    "deed": arguments.ACTIVITY.shown.en,
    "engine": "--engine",
    "first_day": "--first-day",
    "follow": "--follow",
    "links": "--link",
    "long_rests": "--long-rests",
    "month_end": "--month-end",
    "on": "--on",
    "open_cases": "--open-cases",
    "party": "--party",
    "places": "--place",
    "process_of": "--db",
    "reason": "--reason",
    "replaces": arguments.NUMBER.shown.en,
    "roll": "--roll",
    "runs": "--runs",
    "seed": "--seed",
    "start": "--start",
    "through": "--through",
    "tolled": "--tolled",
    "tolling": "--restart",
    "version": "--version",
    "workers": "--workers",
}
_RULE = re.compile(r"(?:请写|take )(roll|first_day|month_end|long_rests)='(\w+)'")
_CALLS: tuple[tuple[str, str, str], ...] = (  # the call, and what to type in Chinese and in English
    (r"rows\(\)", "ssflow case list", "ssflow case list"),
    (r"overdue\(\)", "ssflow case overdue", "ssflow case overdue"),
    (r"用retract撤回", "用ssflow case retract撤回", ""),
    (r", or retract$", "", ", or take it back with ssflow case retract"),
    (r"reason='\.\.\.'", "--reason 理由", "--reason TEXT"),
    (r"（reason）", "（--reason）", ""),
    (r"an act is entered late with a reason", "", "an act is entered late with --reason"),
    (r"请去掉(before|after)，", r"请去掉--\1，", ""),
    (r"leave out (before|after), or", "", r"leave out --\1, or"),
    (r"before与after只能写一个", "--before与--after只能写一个", ""),
    (r"leave out before or after", "", "leave out --before or --after"),
    (r"请从links中去掉", "请去掉--link", ""),
    (r"with_notices\('(.*?)'\)，或者把文件列入SSFLOW_NOTICES", r"写成\1，把文件列入SSFLOW_NOTICES", ""),
    (
        r"with_notices\('(.*?)'\), or the file's path in SSFLOW_NOTICES",
        "",
        r"write \1 and name the file in SSFLOW_NOTICES",
    ),
    (r"；某部法律的“日”请用law\.days\(.*?\)", "", ""),
    (r", or ask the law that gives them: law\.days\(.*?\)", "", ""),
    (r"不用strict\(\)", "不写--strict", ""),
    (r"without strict\(\)", "", "without --strict"),
    (r"engine='event'", "--engine event", "--engine event"),
    (r"或用lang='en'", "或用--lang en", ""),
    (r"ask for lang='en'", "", "ask for --lang en"),
    (r"请用load_scenario读入自己的方案", "请用--scenario给出自己的方案", ""),
    (r"read one of your own with load_scenario", "", "give one of your own with --scenario"),
    (r"（advance）", "（ssflow case advance）", ""),
    (r"\(advance\)", "", "(ssflow case advance)"),
    (r"请写tolling='stop'", "请去掉--restart", ""),
    (r"take tolling='stop'", "", "leave out --restart"),
)
_SHOWN = {kind.shown.en: kind.shown.zh for kind in vars(arguments).values() if isinstance(kind, Given)}


def as_typed(text: Text) -> Text:
    """Return a text of the library with its calls and arguments as commands and options."""
    zh, en = (_RULE.sub(_option_of_rule, said) for said in text)
    for written, in_chinese, in_english in _CALLS:
        zh, en = re.sub(written, in_chinese, zh), re.sub(written, in_english, en)
    return Text(zh, en)


def fault_as_typed(fault: Fault) -> Fault:
    """Return a fault at an argument as one at the option that gives it."""
    name, *rest = re.split(r"[.\[]", fault.path, maxsplit=1)
    if name in _SHOWN:  # a fault within its placeholder is shown for the whole
        return Fault(name, as_typed(fault.text))
    path = " ".join([_OPTIONS[name], *(part.rstrip("]") for part in rest)]) if name in _OPTIONS else fault.path
    return Fault(path, as_typed(fault.text))


def said_of(fault: Fault, lang: Lang) -> str:
    """Return a fault in one language; in Chinese an argument has the name that the help gives it."""
    return Fault(_SHOWN.get(fault.path, fault.path) if lang == "zh" else fault.path, fault.text).say(lang)


def _option_of_rule(match: re.Match[str]) -> str:
    verb = "请写" if match[0].startswith("请写") else "take "
    return f"{verb}{_OPTIONS[match[1]]} {match[2]}"
