"""The work of an executor that somebody else made: it may have been shut down, or may lose a process on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor
from typing import TypeVar

from ssflow.errors import InputError

T = TypeVar("T")
R = TypeVar("R")


def answers(executor: Executor, play: Callable[[T], R], parts: Sequence[T]) -> Iterator[R]:
    """Yield what an executor answers to each part of some work, in order.

    Raises:
        InputError: the executor takes no work, or a process of it has ended before its answer came.

    """
    try:
        results = executor.map(play, parts)
    except Exception as error:
        raise InputError.of(
            "workers",
            f"所给的执行器不接受任务（{type(error).__name__}）；它多半已经关闭，请在with之内调用，或者新建一个",
            f"the executor takes no work ({type(error).__name__}); it is most likely shut down: call this inside its with block, or make a new one",
        ) from error
    try:
        yield from results
    except (BrokenExecutor, CancelledError) as error:
        raise InputError.of(
            "workers",
            f"执行器的进程没有答复就结束了（{type(error).__name__}）；多半是内存不足或者被系统终止，请新建执行器并减少进程，结果不因此改变",
            f"a process of the executor ended before it answered ({type(error).__name__}), most likely for want of memory: make a new executor "
            "with fewer processes; the result is the same",
        ) from error
