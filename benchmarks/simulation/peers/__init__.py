"""The print office of `tests/simulation/print_office.py` as other simulators have it: by hand, in working days and without law.

The unit of time is a working day. Each module is named after its simulator and has ``play(cases)``.
"""

import math
import random
from types import ModuleType

DAY = 40  # applications
REVIEWED, PRINTED = 80, 60  # at most, of each day


def geometric(chance: random.Random | ModuleType) -> int:
    """Draw how many days an applicant takes to correct what was sent back: three on the average."""
    return math.ceil(math.log(1 - chance.random()) / math.log(2 / 3))
