"""Mutants: small changes of the code, each of which some test ought to notice.

mutmut changes no decorated function and no class body, chooses tests by function and by one process in which earlier tests have
filled the caches, deletes no statement and has no list of equivalents; cosmic-ray starts one command for every mutant. So this is a
small one: `mutations` changes a syntax tree, `touching` knows which test runs which line, `choosing` orders them, and `trying` runs
them in a process forked for the one mutant: `warm` in one in which all is loaded, where `swapping` gives functions other code,
`loading` in one that loads the changed module. `equivalents` holds the list of those that no test can notice.
"""

from tools.environment import run


def mutants(*arguments: str) -> int:
    """Try mutants of packages and print those that live."""
    return run("python", "-m", "tools.mutants", *arguments)
