"""Examples in docstrings are shown as what they are, sessions of Python; they would be quotations otherwise."""

import re
from typing import Any

from griffe import Extension, Object

_SESSION = re.compile(r"^>>> .*(?:\n\S.*|\n +\S.*)*", re.MULTILINE)


class Sessions(Extension):
    """Fences the examples of a docstring."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        """Of everything that has one."""
        if obj.docstring:
            obj.docstring.value = _SESSION.sub(lambda found: f"```pycon\n{found[0]}\n```", obj.docstring.value)
