"""How much is tried: little in every test run, more on request."""

import os

CASES = int(os.environ.get("SSFLOW_LOG_CASES", "10"))
