"""The API: its document is what it does, whatever is sent to it, and what is sent is the data of the activities."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest

from ssflow import machines
from tests.hosts.conftest import Served, Visitor, running

NUMBER = "11010519491231002X"
REPORT = {"track": "social", "holder": {"number": NUMBER}}
CLAIM = {"holder": {"number": NUMBER}, "amount": "356.20", "paid_on": "2026-01-20", "receipts": True}
EXAMPLES = int(os.environ.get("API_EXAMPLES", "4"))  # for each address
PROCEDURES = os.environ.get("API_PROCEDURES", "loss_report gap_expenses").split()


@pytest.fixture(scope="module", params=["fastapi-sqlite"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The service."""
    yield from running(request, tmp_path_factory)


def test_a_program_does_what_people_do(visit: Any) -> None:
    """It opens cases, acts in them with the version that it saw, and is answered with the case; what is wrong is said as RFC 9457 has it."""
    card, agency = visit("li").client, visit("zhao").client
    asked = {"by": "holder", "on": "2026-01-23", "party": "wang"}
    report = card.post(
        "/api/loss_report.report_formally", params=asked | {"place.issuing": "440100"}, json=REPORT
    ).json()
    params = asked | {"on": "2026-01-26", "place.insured": "440100", "links": report["case"]}
    headers = {"Idempotency-Key": "claim-of-wang"}
    claims = [
        agency.post("/api/gap_expenses.claim", params=params, headers=headers, json=CLAIM).json() for _ in range(2)
    ]
    case = claims[0]["case"]

    assert claims[0] == claims[1] and claims[0]["obligations"][0]["due"] == "2026-03-13"
    assert case in [row["case"] for row in agency.get("/api/work", params={"due_by": "2026-03-31"}).json()]
    address = f"/api/cases/{case}/gap_expenses.reimburse"
    stale = agency.post(address, params={"by": "agency", "on": "2026-02-02", "version": 7})
    wrong = agency.post(
        address, params={"by": "holder", "on": "2026-02-02", "version": 1}, headers={"Accept-Language": "zh-CN"}
    )
    done = agency.post(address, params={"by": "agency", "on": "2026-02-02", "version": 1})
    assert (stale.status_code, wrong.status_code, done.status_code) == (409, 422, 200)
    assert wrong.headers["content-type"] == "application/problem+json" and wrong.json()["title"] == "不予办理"
    assert wrong.json()["grounds"][0]["kind"] == "role" and done.json()["closed"]
    faults = card.post(
        "/api/loss_report.report_formally", params=asked | {"place.issuing": "440100"}, json={"track": "x"}
    )
    assert faults.status_code == 400 and {fault["path"] for fault in faults.json()["faults"]} == {"track", "holder"}


@pytest.mark.parametrize(
    "body",
    [b"{", b"[" * 100_000, b"\xff", b"1e999", b'"' + b"x" * 2_000_000 + b'"', b"null", b"[]"],
    ids=lambda body: body[:9],
)
def test_a_body_that_is_none_is_refused(visit: Any, body: bytes) -> None:
    """Not JSON, too deep, too long, no object: each with a status of the caller's."""
    asked = {"by": "holder", "on": "2026-01-23", "place.issuing": "440100"}
    answer = visit("li").client.post("/api/loss_report.report_formally", params=asked, content=body)
    assert answer.status_code in (400, 413), answer.text


def test_who_is_not_signed_in_is_told_so(visit: Any) -> None:
    """As a problem, not by a page."""
    answer = visit("nobody").client.get("/api/work")
    assert answer.status_code == 401 and answer.json()["status"] == 401


def test_bodies_are_the_schemas_of_the_activities(visit: Any) -> None:
    """Of every activity that somebody does; of every procedure."""
    document = visit("li").client.get("/openapi.json").json()
    kept = document["components"]["schemas"]
    for process in map(machines.get, machines.names()):
        for activity in process.activities:
            if activity.by is None:
                continue
            paths = [path for path in document["paths"] if path.endswith(f"/{process.name}.{activity.name}")]
            bodies = [
                document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
                for path in paths
            ]
            assert bodies and all(
                body == {"$ref": f"#/components/schemas/{process.name}.{activity.name}"} for body in bodies
            )
            asked, schema = activity.json_schema(), kept[f"{process.name}.{activity.name}"]
            assert schema["title"] == asked["title"]
            if "$ref" in schema:
                same = kept[schema["$ref"].rpartition("/")[2]]
                ours = asked["$defs"][asked["$ref"].rpartition("/")[2]]
                assert same["properties"].keys() == ours["properties"].keys() and same.get("required") == ours.get(
                    "required"
                )


def test_the_document_is_what_the_service_does(visit: Any, served: Served) -> None:
    """Whatever fits the document or not: no answer says that the service failed, and each is as the document says."""
    schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is of the dependency group hosts")
    from hypothesis import HealthCheck, Phase, given, settings
    from schemathesis.specs.openapi.checks import (
        positive_data_acceptance,
    )  # `x-judged`, and law, refuse more than a form

    clerk: Visitor = visit("zhao")
    document = clerk.client.get("/openapi.json").json()
    document["paths"] = {
        path: item
        for path, item in document["paths"].items()
        if "." not in path or path.split("/")[-1].split(".")[0] in PROCEDURES
    }
    report = clerk.open(
        "loss_report/report_formally",
        track="social",
        holder__number=NUMBER,
        **{"_place.issuing": "440100", "_party": "w"},
    )
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(document)))
    seen: dict[int, int] = {}
    checked = 0
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
        @given(case=operation.as_strategy())
        def attack(case: Any) -> None:
            if "case" in (case.path_parameters or {}):
                case.path_parameters["case"] = report
            answer = case.call(base_url=served.url, cookies=dict(clerk.client.cookies))
            case.validate_response(answer, excluded_checks=[positive_data_acceptance])
            seen[answer.status_code] = seen.get(answer.status_code, 0) + 1

        attack()
        checked += 1
    print(f"{checked} addresses, answers by status: {dict(sorted(seen.items()))}")
    assert checked > 10 and 200 in seen and not [status for status in seen if status >= 500]
