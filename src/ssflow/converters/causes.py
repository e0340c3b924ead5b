"""The causes of read errors in the library's words: messages of the system and of parsers are in English or the machine's language.

The original words are added at the end as 原文, because they may say more.
"""

from __future__ import annotations

import errno
import json
import re

from ssflow.text import Text

_OF_FILES = {
    errno.ENOENT: Text("没有这个文件", "there is no such file"),
    errno.EACCES: Text("无权读写", "it may not be read or written"),
    errno.EPERM: Text("无权读写", "it may not be read or written"),
    errno.EROFS: Text("所在的磁盘只读", "its disk is read-only"),
    errno.EISDIR: Text("是文件夹，不是文件", "it is a folder, not a file"),
    errno.ENOTDIR: Text("上级不是文件夹", "what holds it is not a folder"),
    errno.ENAMETOOLONG: Text("文件名太长", "its name is too long"),
    errno.ELOOP: Text("链接指向自身", "it is a link to itself"),
    errno.ENOSPC: Text("磁盘已满", "the disk is full"),
}
_AT = re.compile(r"(.*) \(at (?:line ([0-9]+), column ([0-9]+)|end of document)\)", re.DOTALL)


def why_of(error: Exception) -> Text:
    """Return why a file or a text cannot be read."""
    match error:
        case OSError():
            return _OF_FILES.get(error.errno or 0) or _original("操作系统拒绝", error.strerror or str(error))
        case UnicodeDecodeError():
            return Text("不是UTF-8文本", "it is not UTF-8 text")
        case json.JSONDecodeError():
            return _original(f"第{error.lineno}行第{error.colno}列不合JSON的写法", str(error))
    return _of_parser(error)


def _of_parser(error: Exception) -> Text:
    """Return what tomllib and other parsers say of a text."""
    if isinstance(error, RecursionError) or "nested too deep" in str(error):
        return Text("嵌套过深", "it is nested too deeply")
    if at := _AT.fullmatch(str(error)):
        said, line, column = at.groups()
        where = f"第{line}行第{column}列" if line else "文件末尾"
        return Text(f"{where}不合TOML的写法（原文：“{said}”）", str(error))
    return _original("内容不合格式", str(error))


def _original(zh: str, said: str) -> Text:
    """Return a sentence in Chinese with the original words; in English, the original words."""
    return Text(f"{zh}（原文：“{said}”）", said)
