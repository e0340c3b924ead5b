"""Pictures of results and values, as a chart and a table, in Chinese and English, drawn without a network.

``picture`` draws any value that has a picture. Every function returns a `Picture`, whose ``save`` writes SVG or PNG.
"""

from importlib.util import find_spec

from ssflow.errors import MissingExtraError

if not all(map(find_spec, ("altair", "vl_convert", "numpy"))):
    raise MissingExtraError("ssflow.pictures", "columns,plot")

from ssflow.pictures.backlog import backlog
from ssflow.pictures.closing import closing
from ssflow.pictures.differences import differences
from ssflow.pictures.drawn import Picture
from ssflow.pictures.due_days import due_days
from ssflow.pictures.duties import duties
from ssflow.pictures.figures import figures
from ssflow.pictures.lateness import lateness
from ssflow.pictures.overview import overview
from ssflow.pictures.queues import queues
from ssflow.pictures.timeline import timeline
from ssflow.pictures.values import load_ipython_extension, picture
from ssflow.pictures.waiting import waiting
from ssflow.pictures.warm_up import warm_up
from ssflow.pictures.year import year

__all__ = [
    "Picture",
    "backlog",
    "closing",
    "differences",
    "due_days",
    "duties",
    "figures",
    "lateness",
    "load_ipython_extension",
    "overview",
    "picture",
    "queues",
    "timeline",
    "waiting",
    "warm_up",
    "year",
]
