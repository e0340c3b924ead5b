"""The tests that wait for a dependency group that is no part of the lock, each in an environment of its own that has the group."""

from tools.environment import environment_of, pytest_with, run, set_up_with

EXAMPLES = ("fastapi", "django")


def peers(*arguments: str) -> int:
    """Run the tests that hold results against other tools."""
    return pytest_with("peers", "tests/logs/test_peers.py", *arguments)


def engines(*arguments: str) -> int:
    """Run the tests with the queues and engines that a host may run."""
    alone = ("--numprocesses", "0")  # the tests kill the servers that they share
    return pytest_with("engines", *alone, "tests/adapters", *arguments)


def hosts(*arguments: str) -> int:
    """Run the tests of the applications in `examples`, in a browser too."""
    by_file = ("--dist", "loadfile")  # an application is started once for a file
    return pytest_with("hosts", *by_file, "tests/hosts", *arguments)


def example(*arguments: str) -> int:
    """Serve one of these applications until it is interrupted."""
    if arguments not in [(name,) for name in EXAMPLES]:
        print(f"which example: {' or '.join(EXAMPLES)}?")
        return 2
    return set_up_with("hosts") or run("python", "-m", f"examples.{arguments[0]}", inside=environment_of("hosts"))
