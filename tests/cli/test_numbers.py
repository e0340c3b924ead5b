"""Numbers of people on the command line: refused at the door, never repeated."""

from tests.cli.conftest import REPORT, Run

REFUSED = "110105194912310021"  # its check is another; a store that holds it is read all the same


def test_a_number_that_a_store_may_hold_is_refused_at_the_door(run: Run) -> None:
    """By ``--set`` and by ``--data``; the field is named, the number is not repeated."""
    by_field = run(*REPORT, "--region", "440100", "--set", "track=social", "--set", f"holder.number={REFUSED}")
    by_json = run(
        *REPORT, "--region", "440100", "--data", f'{{"track": "social", "holder": {{"number": "{REFUSED}"}}}}'
    )

    for answer in (by_field, by_json):
        assert answer.code == 2
        assert "holder.number" in answer.err
        assert "does not fit the 17 before it" in answer.err
        assert REFUSED[:16] not in answer.err
