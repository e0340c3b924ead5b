"""No public call is without its odd values: what is added is tried at the doors, or stands here with the reason."""

from enum import Enum
from importlib import import_module
from inspect import isclass, isfunction, signature
from pkgutil import walk_packages

import ssflow
from tests.calendar.test_doors import DOORS as CALENDAR
from tests.doors import DOORS

# Not tried with odd values: what the library makes and users only read, and what is a language or a test of its own.
READ = {
    "Access", "CustodyEntry", "Due", "Balance", "Break", "CaseRow", "CasesLeftOut", "Change", "Changes", "Day", "Difference", "Doubt", "Event", "Evidence", "Failure", "Ground", "Happening",
    "Law", "Limit", "LinkRef", "Linked", "Message", "Obligation", "ObligationRow", "Option", "Overdue", "Region", "Request", "Rest", "RetentionPeriod", "Round", "RowsLeftOut", "Sheet", "Trial", "Turn", "Duty",
    "Afterwards", "NextStep", "Plan", "Beginning", "Citation", "Deadline", "Statute", "Value", "Notice", "Asked", "Cell", "Case", "Done", "Log", "Finding", "DayChange", "Early", "Prospect", "Redating", "VersionRow", "Watch", "Withdrawal",
    "CaseView", "ChoiceView", "Cited", "DeadlineView", "DutyView", "EventView", "FieldView", "FormView", "GroundView", "Known", "LeftView",
    "LinkView", "NoticeView", "ObligationView", "OptionView", "PlaceView", "PlanView", "PlannedActivity", "PlannedCase", "RefusalView", "RoleOptions",
    "SpanView", "CoverageView", "StepView", "NextStepView", "View", "WorkView", "FaultView", "ProblemView", "RetirementTable", "Retires",
}  # fmt: skip
ELSEWHERE = {
    "ssflow.process": "the language of procedures: tests/process/test_definitions.py",
    "ssflow.simulation": "tests/simulation/test_doors.py",
    "ssflow.tables": "tests/simulation/test_doors.py",
    "ssflow.logs": "tests/logs/test_doors.py",
    "ssflow.analysis": "tests/analysis/test_doors.py",
    "ssflow.pictures": "tests/pictures/test_doors.py, tests/pictures/test_saving.py",
    "ssflow.converters": "below all doors: tests/converters/test_faults.py",
    "ssflow.testing.StoreContract": "tests themselves: tests/store/test_contract.py",
    "ssflow.testing.OutboxContract": "tests themselves: tests/store/test_contract.py",
}
OF_PROCEDURES = "ssflow.machines."  # data is checked where a deed is made of it: tests/case/test_given.py, tests/machines/test_checks.py
TRIED_ELSEWHERE = {
    "BankCard", "SocialCard", "masked",  # tests/persons
    "a_place", "holds_place", "personal", "check_case_id",  # of fields, and what they call
    "Correction", "Late", "Cases.open", "Cases.open_together", "Cases.do", "Cases.enter_late", "Cases.correct",  # tests/case/test_given.py
    "Cases.correct_together",  # tests/case/test_corrections.py
    "SQLiteStore.backup",  # tests/store/test_verify.py
    "KeyFolder",  # tests/store/test_encryption.py
    "Custody.erase", "Custody.remove",  # tests/store/test_custody.py
    "PostgreSQLStore", "JoinedStore", "migrate", "grant",  # tests/store/test_postgresql.py, test_joined.py, test_roles.py
    "Scenario", "load_scenarios",  # below
    "watch_list", "Amendment", "Amendment.of",  # tests/rules
    "rulebook", "rulebook_names", "unread_files",  # tests/rules/test_asking.py
    "unread_on",  # tests/rules/test_watching.py
}  # fmt: skip

INNER = {  # asked by the library itself, behind a door that has looked
    "Rulebook.has", "Rulebook.told", "Watch.bears_on", "caveats_of", "watched_in", "unread_on",
    "Asked.to_correct", "Asked.to_do", "Asked.to_order", "Asked.to_pass_time", "CustodyEntry.sealed", "Asked.to_retract", "Asked.to_reveal", "Asked.to_upgrade", "Codec.definition_of", "Correction.check_parts", "Done.joined", "Upgrade.maps", "Attempt.check_against", "Citation.text", "Correction.check_against", "Correction.check_capacity", "Evidence.missing", "Ground.day_set", "Ground.instant_needed",
    "Ground.of", "Ground.of_condition", "Ground.run_out", "Happening.of", "Legislation.in_case", "Legislation.of_record", "Ground.no_extension", "Ground.nothing_granted", "Obligation.without", "MemoryStore", "ObligationRow.meets",
    "Region.in_use", "Scenario.places_of", "Scenario.procedure_of", "Sheet.moves", "Value.fits", "Value.in_force", "Value.meets", "Walker",
    "Value.as_of", "Seal.fits", "Seal.sealed", "seal_of", "sealed_by", "seals_of",
}  # fmt: skip


def public_calls() -> list[set[str]]:
    """Every function of a public package that takes something, every public class that is made of something, and its methods, inherited
    ones too: each by the names under which it is met.
    """
    found: dict[int, set[str]] = {}
    packages = (info.name for info in walk_packages(ssflow.__path__, "ssflow.") if info.ispkg)
    for module in (import_module(name) for name in packages if not name.startswith(OF_PROCEDURES)):
        for name in getattr(module, "__all__", ()):
            value = getattr(module, name)
            if module.__name__ in ELSEWHERE or f"{module.__name__}.{name}" in ELSEWHERE:
                continue
            if isfunction(value) and signature(value).parameters:
                found[id(value)] = {name}
            elif (
                isclass(value) and not issubclass(value, Exception | Enum) and not getattr(value, "_is_protocol", False)
            ):
                if value.__name__ not in READ:
                    found[id(value)] = {name}
                ours = [cls for cls in reversed(value.__mro__) if cls.__module__.startswith("ssflow.")]
                for key, method in {key: method for cls in ours for key, method in vars(cls).items()}.items():
                    if key[0] != "_" and _takes_something(method):
                        found.setdefault(id(method), set()).add(f"{name}.{key}")
    return list(found.values())


def _takes_something(method: object) -> bool:
    plain = getattr(method, "__func__", method)
    return isfunction(plain) and len(signature(plain).parameters) > 1


def test_every_public_call_has_a_door() -> None:
    """A function or method that is added is tried with odd values, or somebody says here why not."""
    doors = {key.partition(" ")[0] for key in (*DOORS, *CALENDAR)} | TRIED_ELSEWHERE | INNER
    met = [names | {name.rpartition(".")[2] for name in names} for names in public_calls()]

    assert sorted(min(names) for names in met if not names & doors) == []
