"""How much is tried: little in every test run, more on request. Variables of the program itself are taken away by conftest.py."""

import os

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
CASES = int(os.environ.get("LOG_CASES", "1000" if THOROUGH else "10"))
REPLAYED = int(os.environ.get("LOG_CASES", "1000"))  # by the kernel, which is quicker than other tools
