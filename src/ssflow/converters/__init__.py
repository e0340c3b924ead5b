"""Strict conversion of plain data to typed values and back. Only this package imports cattrs and tomllib.

Nothing is guessed: ``"1"`` is not the number 1, and an unknown key is a fault. All faults are found at once, each with the path of its
field. cattrs is imported on first use, so that ``import ssflow`` stays light.
"""

from ssflow.converters.causes import why_of
from ssflow.converters.faults import faults_of
from ssflow.converters.fields import chinese_title, field_types, kinds_of, misfits
from ssflow.converters.files import read_toml, structure
from ssflow.converters.former import Former, as_names, clashes, former_faults, former_of, was
from ssflow.converters.strict import from_json, json_converter, stored_converter, to_json, toml_converter

__all__ = [
    "Former",
    "as_names",
    "chinese_title",
    "clashes",
    "faults_of",
    "field_types",
    "former_faults",
    "former_of",
    "from_json",
    "json_converter",
    "kinds_of",
    "misfits",
    "read_toml",
    "stored_converter",
    "structure",
    "to_json",
    "toml_converter",
    "was",
    "why_of",
]
