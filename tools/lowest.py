"""The lowest versions that pyproject.toml allows: where a bound is false, the suite fails."""

from tools.environment import PROJECT, ROOT, program, pytest, run
from tools.pythons import found

LOWEST = ROOT / ".venv-lowest"


def lowest(*arguments: str) -> int:
    """Run the suite on the oldest Python that is found, with every direct dependency at its lower bound."""
    python = found()[0]
    print(f"Python {python} and the lowest versions that are allowed", flush=True)
    pins = str(LOWEST / "requirements.txt")
    direct = ("--all-extras", "--group", "dev", "--resolution", "lowest-direct", "--python", python.program)
    inside = ("--quiet", "--python", program(LOWEST, "python"))
    return (
        run("uv", "venv", "--quiet", "--clear", "--python", python.program, str(LOWEST))
        or run("uv", "pip", "compile", str(PROJECT), *direct, "--quiet", "--output-file", pins)
        or run("uv", "pip", "sync", *inside, pins)
        or run("uv", "pip", "install", *inside, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
        or pytest(*arguments, inside=LOWEST)
    )
