"""``ssflow worker``: recording the effects of time in rounds, until it is told to stop."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event as Signal

import click

from ssflow.case import Event
from ssflow.cli.database import cases_of
from ssflow.cli.input.arguments import COUNT, TEXT
from ssflow.cli.input.options import db_option, speaks
from ssflow.cli.input.speaking import command, option
from ssflow.cli.input.taught import REFUSED
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.faults import failure_of, said
from ssflow.cli.output.trace import events
from ssflow.cli.output.webhook import webhook as webhook_of
from ssflow.errors import ConflictError, Fault, InputError, StoreError
from ssflow.records import Message, Round, Subscription
from ssflow.sheets.usable import fault_document
from ssflow.text import Text
from ssflow.views import event_view
from ssflow.views.privacy import MASKED

_NOTHING: Round[Message] = Round((), {}, ())
_NAME = "webhook"  # of the subscriber


@command(
    "worker",
    Text("持续记录失效与逾期", "Keep recording what lapses and falls overdue"),
    """每隔一段时间把所有办件到当前时刻为止的失效和逾期记录下来，直到收到SIGTERM或者Ctrl-C；正在处理的一件完成后停止。

    写--webhook时，也把每个事件通知给该地址：至少一次，同一办件按次序，个人信息已遮盖。

    可以同时运行多个，可以随时中止和重启：每件事只记录一次。失败的办件稍后自动重试，不影响其他办件；连续失败五次的，每轮都列出，直至恢复。

    未办结办件的程序或其版本没有安装的，不启动。""",
)
@option(
    "--every", type=COUNT, default="60", show_default=True, zh="每隔多少秒一轮。", en="Seconds from round to round."
)
@option(
    "--once",
    is_flag=True,
    zh="只运行一轮；有失败的，退出码为1。",
    en="One round only; exits with 1 if something failed.",
)
@option(
    "--webhook",
    type=TEXT,
    zh="把事件发往这一地址（POST，JSON）。",
    en="Post events to this address as JSON.",
)
@option(
    "--subscriber",
    type=TEXT,
    show_default=_NAME,
    zh="以什么名称订阅；从第一次起，每个事件都为该订阅方保存到送达为止。",
    en="The name under which it subscribes; from the first time on every event is kept for it until it is delivered.",
)
@db_option
@speaks
def worker(screen: Screen, every: int, once: bool, webhook: str | None, subscriber: str | None, db: Path | str) -> None:
    """Record every lapse and every overdue term up to now, again and again, until SIGTERM or Ctrl-C; the case in progress is finished.

    Any number may run at the same time, and any may be killed: each thing is recorded once. A case that fails is tried again later by
    itself and holds up no other; one that has failed five times in a row is listed every round until it succeeds. With --webhook other
    systems are told of each event, at least once and in each case in order, with personal data masked. It does not start if the procedure
    of an open case, or its version, is not installed.
    """
    if every < 1:
        raise InputError.of("--every", "至少1秒", "at least 1 second")
    if subscriber is not None and webhook is None:
        raise InputError.of(
            "--subscriber",
            "写明发往何处才有订阅；请加上--webhook，或者不写",
            "nobody subscribes without an address; add --webhook, or leave it out",
        )
    post = webhook_of(webhook) if webhook is not None else None
    cases = cases_of(db)
    cases.check_versions()
    told = Subscription(cases, _NAME if subscriber is None else subscriber)
    if post:
        told.begin()
    with _stopped_by_signals() as stop:
        while True:
            try:
                came = cases.sweep(stop=stop.is_set)
                sent = told.deliver(post, stop=stop.is_set) if post else _NOTHING
            except (
                ConflictError,
                StoreError,
            ) as error:  # a database that is away comes back; a single round reports it
                if once:
                    raise
                click.echo(failure_of(error, screen.lang).say(as_json=screen.as_json), err=True)
            else:
                _tell(screen, came, sent, once=once)
                if once and (came.failed or came.stuck or sent.failed or sent.stuck):
                    raise click.exceptions.Exit(REFUSED)
            if once or stop.wait(every):
                return


@contextmanager
def _stopped_by_signals() -> Iterator[Signal]:
    """Yield the signal that is set when the process is told to stop."""
    stop = Signal()
    numbers = signal.SIGTERM, signal.SIGINT
    before = [signal.signal(number, lambda *_: stop.set()) for number in numbers]
    try:
        yield stop
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _tell(screen: Screen, came: Round[Event], sent: Round[Message], *, once: bool) -> None:
    """Print the result of a round; of one among many, only if it has a result."""
    if not (once or any((came.done, came.failed, came.stuck, sent.done, sent.failed, sent.stuck))):
        return
    recorded = tuple(map(event_view, came.done))
    failed = [Fault(case, _masked(said(error))) for case, error in (*came.failed.items(), *sent.failed.items())]
    stuck = [Fault(one.case, one.fault) for one in (*came.stuck, *sent.stuck)]
    if screen.as_json:  # one line for each round
        document = {
            "events": [event.document() for event in recorded],
            "delivered": [message.id for message in sent.done],
            "failed": [fault_document(fault) for fault in failed],
            "stuck": [fault_document(fault) for fault in stuck],
        }
        screen.raw(json.dumps(document) + "\n")
    else:
        if recorded:
            events(screen, recorded, cases=True)
        elif once:
            screen.line(screen.t("到当前时刻没有失效或逾期", "nothing lapsed or fell overdue up to now"))
        if sent.done:
            screen.line(screen.t(f"已通知{len(sent.done)}个事件", f"events told of: {len(sent.done)}"))
        for heading, faults in (
            (screen.t("失败的办件，稍后重试", "Cases that failed and are tried again later"), failed),
            (screen.t("一直失败、须由人处理的办件", "Cases that keep failing: somebody has to look"), stuck),
        ):
            if faults:
                screen.heading(heading)
            for fault in faults:
                screen.item("-", fault.say(screen.lang))
    sys.stdout.flush()


def _masked(text: Text) -> Text:
    return Text(MASKED.text(text.zh), MASKED.text(text.en))
