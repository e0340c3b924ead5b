"""Pictures of results in notebooks: drawn where the packages for it are installed, left out where not."""

from __future__ import annotations

from ssflow.errors import MissingExtraError


def picture_of(result: object) -> str:
    """The picture of a result for a page; nothing without the extra ``plot``: a result is its tables then."""
    try:
        from ssflow.pictures import picture
    except MissingExtraError:
        return ""
    return picture(result).html
