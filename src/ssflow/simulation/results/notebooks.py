"""Pictures of results in notebooks: drawn where the packages for it are installed, left out where not."""

from __future__ import annotations

from ssflow.errors import MissingExtraError


def picture_of(result: object) -> str:
    """Return the picture of a result for a page; an empty text without the extra ``plot``, when a result is shown as its tables."""
    try:
        from ssflow.pictures import picture
    except MissingExtraError:
        return ""
    return picture(result).html
