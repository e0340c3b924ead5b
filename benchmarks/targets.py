"""How a figure is printed beside what it has to keep to, so that a reader sees whether it does."""


def verdict(value: float, target: float | None, unit: str) -> str:
    """Whether a value keeps to its target; nothing without one."""
    if target is None:
        return ""
    return f"   target {target:g}{unit}: {'met' if value <= target else 'MISSED'}"


if __name__ == "__main__":
    print("targets are printed by the benchmarks of the store and by sweeps")
