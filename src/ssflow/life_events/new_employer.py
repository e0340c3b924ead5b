"""A new employer: it is registered, together with its founding where the law says so, and so is everybody it hires."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ssflow.case import Legislation
from ssflow.case.doors import check_moment
from ssflow.doors import check_kind, each_of
from ssflow.errors import InputError
from ssflow.life_events.plan import Plan, named
from ssflow.machines.employee_registration import EmployeeRegistration, Hiring
from ssflow.machines.employer_registration import EmployerRegistration, Founding
from ssflow.persons import check_party
from ssflow.process import Activity, Deed
from ssflow.records import Cases, Opening
from ssflow.text import Text

TITLE = Text("新设用人单位", "A new employer")


def found_employer(
    cases: Cases,
    founding: Founding,
    hirings: Iterable[Hiring] = (),
    *,
    on: date,
    place: str,
    party: str = "",
    case: str = "",
) -> Plan:
    """Register an employer on the day of its founding, and everybody hired on that day; all or none.

    Where the law of the day has employers registered together with their founding, the case opens as registered by the registration
    authority; elsewhere the employer has a term to apply. ``case`` is the beginning of the ids; if empty, one is made up.

    Raises:
        RefusedError: one of the cases may not be opened; all grounds are listed.
        InputError: the employer was founded on another day.

    """
    check_kind("cases", cases, Cases)
    check_kind("founding", founding, Founding)
    check_party("party", party)
    hirings = each_of("hirings", hirings, Hiring)
    check_moment("on", on)
    if cases.law.calendar.civil_day(on) != founding.began_on:
        raise InputError.of(
            "on",
            f"{founding.employer}成立于{founding.began_on}，不是{on}；登记随成立办理，或者自成立之日起计期限：请写on={founding.began_on}",
            f"{founding.employer} began on {founding.began_on}, not on {on}; an employer is registered with its founding, or has "
            f"a term from that day on: give on={founding.began_on}",
        )
    ids = named("new-employer", case, "employer", *(f"employee-{number}" for number in range(1, len(hirings) + 1)))
    activity = _registering(cases.law, founding, on, place)
    employer = Opening(
        deed=activity(founding),
        by=activity.by or EmployerRegistration.employer,
        places=place,
        case=ids[0],
        party=party if activity.by is EmployerRegistration.employer else "",
    )
    employees = [
        Opening(
            deed=EmployeeRegistration.hire(hiring),
            by=EmployeeRegistration.employer,
            places=place,
            case=id_,
            links=ids[:1],
            party=party,
        )
        for id_, hiring in zip(ids[1:], hirings, strict=True)
    ]
    return Plan(TITLE, cases.open_together([employer, *employees], on=on), cases.law)


def _registering(law: Legislation, founding: Founding, on: date, place: str) -> Activity[Founding]:
    """Return the activity by which an employer of this kind is registered in the place on the day."""
    found = EmployerRegistration.found
    unopened = Opening(deed=Deed.blank(found), by=EmployerRegistration.employer, places=place).unopened()
    joint = law.in_case(unopened).find(EmployerRegistration.joint, on, founding, EmployerRegistration.registrar)
    return EmployerRegistration.register_jointly if joint and joint.amount is True else found
