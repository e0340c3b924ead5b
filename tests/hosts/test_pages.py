"""What clerks and people do at the applications, and what goes wrong: the same of each application on each database."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest

from ssflow import Cases, JoinedStore
from tests.hosts.conftest import Form, Served, token

NUMBER = "11010519491231002X"
REPORT = {"track": "social", "holder__number": NUMBER, "_place.issuing": "440100"}
CLAIM = {
    "holder__number": NUMBER,
    "amount": "356.20",
    "paid_on": "2026-01-20",
    "receipts": "true",
    "_place.insured": "440100",
}


def reported(visit: Any) -> str:
    """The report of a lost card, as a clerk of the card office took it from a person."""
    return visit("li").open("loss_report/report_formally", **REPORT, _party="wang", _on="2026-01-23")


def claimed(visit: Any) -> str:
    """A claim for what was paid without the card."""
    return visit("zhao").open("gap_expenses/claim", **CLAIM, _party="wang", _on="2026-01-26", _links=reported(visit))


def recorded(served: Served) -> int:
    """How many events the database holds, as another program finds them."""
    import sqlalchemy

    _, _, rest = served.database.partition(":")
    driver = "sqlite" if served.database.startswith("sqlite") else "postgresql+psycopg"
    engine = sqlalchemy.create_engine(f"{driver}:{rest}")
    with engine.connect() as connection:
        events = sum(row.version for row in Cases(JoinedStore(connection)).rows())
    engine.dispose()
    return events


def test_a_case_is_followed_from_its_opening_to_its_end(visit: Any) -> None:
    """A clerk finds it in the work list, sees why it is due when, acts, and it is gone from the list; the person sees what happened."""
    case = claimed(visit)
    clerk, person = visit("zhao"), visit("wang")
    work = clerk.client.get("/?due_by=2026-03-31").text
    page = clerk.client.get(f"/cases/{case}").text

    assert case in work and "reimbursement by hand" in work and "2026-03-13" in work and "overdue" in work
    assert case not in clerk.client.get("/?due_by=2026-03-12").text
    assert "30 working days from 2026-01-26 (Social Insurance Handling Regulation, art. 20(2))" in page
    assert (
        f"/cases/{case}/reimburse" in page
        and f"/cases/{case}/reimburse" not in person.client.get(f"/cases/{case}").text
    )
    assert clerk.send(f"/cases/{case}/reimburse", _on="2026-02-02").status_code == 200
    assert case not in clerk.client.get("/?due_by=2026-03-31").text
    told = person.client.get(f"/cases/{case}?lang=zh").text
    assert "2026-02-02" in told and "《社会保险经办条例》第20条第2款" in told and 'lang="zh-CN"' in told


def test_a_person_finds_their_own_cases_and_no_others(visit: Any) -> None:
    """What they opened is listed; a case of somebody else is as if it were not there, also for a clerk of another place."""
    mine = visit("wang").open("loss_report/report_formally", **REPORT)

    assert mine in visit("wang").client.get("/").text
    for path in (f"/cases/{mine}", f"/cases/{mine}/release"):
        answers = [visit("sun").client.get(path), visit("sun").client.get(path.replace(mine, "nobody-1"))]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].text.replace(mine, "nobody-1") == answers[1].text
    assert visit("li").client.get(f"/cases/{mine}").status_code == 200
    assert visit("li").client.get("/cases/%00").status_code == 404


def test_who_is_not_signed_in_sees_nothing(served: Served, visit: Any) -> None:
    """Every page leads to the place where they sign in; so it does after they have signed out."""
    case = reported(visit)
    visitor = visit("li")
    visitor.client.post("/sign-out", data=token(visitor.client.get("/").text))

    for path in ("/", f"/cases/{case}", "/open/loss_report/report_formally"):
        assert visitor.client.get(path).url.path == "/sign-in"
    assert visit("nobody").client.get("/").url.path == "/sign-in"


def test_a_refusal_says_why_and_keeps_what_was_written(served: Served, visit: Any) -> None:
    """Reason, article and what to do; nothing is recorded, and the form holds what was written, so that it can be put right."""
    clerk, before = visit("zhao"), recorded(served)
    answer = clerk.send("/open/gap_expenses/claim", **CLAIM, _party="wang", _on="2026-01-26", _note="first try")

    assert answer.status_code == 422 and recorded(served) == before
    assert "part 2, item 4" in answer.text and "do what each ground asks for" in answer.text
    again = Form(answer.text).fields
    assert again["holder.number"] == NUMBER and again["amount"] == "356.20" and again["_on"] == "2026-01-26"
    case = reported(visit)
    assert clerk.client.post("/open/gap_expenses/claim", data=again | {"_links": case}).status_code == 200


def test_a_missing_field_is_marked(served: Served, visit: Any) -> None:
    """With its title, at its field, and in the summary that leads there."""
    before = recorded(served)
    answer = visit("li").send("/open/loss_report/report_formally", track="", holder__number="")

    assert answer.status_code == 400 and recorded(served) == before
    for path in ("track", "holder.number"):
        assert f'href="#{path}"' in answer.text
        assert re.search(rf'id="{re.escape(path)}"[^>]*aria-invalid="true"', answer.text)


@pytest.mark.parametrize(
    "wrong",
    [{"_on": "tomorrow"}, {"_on": "2999-01-01"}, {"_by": "king"}, {"_by": ""}, {"_place.issuing": "広州"}, {"_place.nowhere": "440100"},
     {"_links": "nobody-1"}, {"_key": "\x00"}, {"_key": "x" * 300}, {"_what": "1"}, {"_note": "\x00"}, {"_party": "\x00"}, {"_links": "\x00"}, {"holder__number": "1"}, {"nosuch": "1"}],
    ids=str,
)  # fmt: skip
def test_wrong_input_is_told(served: Served, visit: Any, wrong: dict[str, str]) -> None:
    """What is filled in beside the data too: a page that says what is wrong, and nothing is recorded."""
    before = recorded(served)
    answer = visit("li").send("/open/loss_report/report_formally", **REPORT | wrong)

    assert answer.status_code in (400, 404, 422), answer.text
    assert 'class="panel problem"' in answer.text and recorded(served) == before


def test_what_people_write_is_shown_as_text(visit: Any) -> None:
    """Markup in a note, in the name of a party or in a field is text; the browser is told besides to run no script."""
    script = "<script>alert(1)</script>"
    person = f"{script}-1"
    case = visit("li").open("loss_report/report_formally", **REPORT, _party=person, _note=script)
    page = visit("li").client.get(f"/cases/{case}")
    refused = visit("li").send("/open/loss_report/report_formally", track=script, holder__number=script)

    assert "&lt;script&gt;alert(1)&lt;/script&gt;-1" in page.text
    assert script not in page.text + refused.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_what_is_personal_is_masked(visit: Any) -> None:
    """On the page of a case and in the work list; only the form shows what somebody has just written in it."""
    case = reported(visit)
    assert NUMBER not in visit("li").client.get(f"/cases/{case}").text + visit("li").client.get("/").text
    assert "***2X" in visit("li").client.get(f"/cases/{case}").text
    assert NUMBER in visit("li").send("/open/loss_report/report_formally", holder__number=NUMBER, track="").text


@pytest.mark.parametrize(
    ("name", "by"), [("wang", "agency"), ("li", "agency"), ("zhao", "holder"), ("sun", "holder")], ids=str
)
def test_a_wrong_role_is_refused(served: Served, visit: Any, name: str, by: str) -> None:
    """A person cannot act as the agency, a clerk of another office neither, and the agency not as the person: none finds a way around the form."""
    case = claimed(visit)
    form, before = visit("zhao").form(f"/cases/{case}/reimburse"), recorded(served)
    intruder = visit(name)
    sent = form | {"_by": by} | token(intruder.client.get("/").text)
    answer = intruder.client.post(f"/cases/{case}/reimburse", data=sent)

    assert answer.status_code in (404, 422) and recorded(served) == before


def test_two_clicks_at_once_are_one_act(served: Served, visit: Any) -> None:
    """Both are answered by the one case, our own row is there once, and a changed form under the same key is refused."""
    clerk = visit("li")
    for _ in range(3):
        form = clerk.form("/open/loss_report/report_formally", **REPORT, _note=f"note {uuid4().hex}")
        before = recorded(served)
        with ThreadPoolExecutor(4) as clicks:
            answers = list(
                clicks.map(
                    lambda _, form=form: clerk.client.post("/open/loss_report/report_formally", data=form), range(4)
                )
            )

        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.url for answer in answers}) == 1
        assert recorded(served) == before + 1 and answers[0].text.count(form["_note"]) == 1
    other = clerk.client.post("/open/loss_report/report_formally", data=form | {"track": "bank"})
    assert (
        other.status_code == 422
        and "was already used for another request" in other.text
        and recorded(served) == before + 1
    )


def test_a_stale_form_overwrites_nothing(served: Served, visit: Any) -> None:
    """If somebody acted while it was open, the answer says so and leads to the case as it is now."""
    case, clerk = claimed(visit), visit("zhao")
    stale = clerk.form(f"/cases/{case}/reimburse", _on="2026-02-03")
    assert clerk.send(f"/cases/{case}/send_back", _on="2026-02-02", remarks="缺发票原件").status_code == 200
    before = recorded(served)
    answer = clerk.client.post(f"/cases/{case}/reimburse", data=stale)

    assert answer.status_code == 409 and f'href="/cases/{case}"' in answer.text
    assert "nothing was recorded" in answer.text and recorded(served) == before


def test_the_failure_of_the_host_takes_ours_with_it(served: Served, visit: Any) -> None:
    """Its own row is refused by the database after ours were written: nothing is recorded, nothing says otherwise, and it may be sent again."""
    clerk, before = visit("li"), recorded(served)
    form = clerk.form("/open/loss_report/report_formally", **REPORT, _note="长" * 201)
    answer = clerk.client.post("/open/loss_report/report_formally", data=form)

    assert answer.status_code == 400 and "200" in answer.text and "nothing was recorded" in answer.text
    assert "Recorded." not in answer.text and recorded(served) == before
    assert clerk.client.post("/open/loss_report/report_formally", data=form | {"_note": "短"}).status_code == 200
    assert recorded(served) == before + 1


def test_a_body_that_is_too_long_is_refused(served: Served, visit: Any) -> None:
    """Ten megabytes: by its length, without being kept; the service goes on."""
    clerk, before = visit("li"), recorded(served)
    form = clerk.form("/open/loss_report/report_formally", **REPORT)
    answer = clerk.client.post("/open/loss_report/report_formally", data=form | {"_note": "x" * 10_000_000})

    assert answer.status_code in (400, 413) and recorded(served) == before
    assert clerk.client.get("/").status_code == 200


def test_another_site_cannot_send_our_forms(served: Served, visit: Any) -> None:
    """Neither with the cookie of a user, nor with all fields: what the browser says of the origin, or the missing token, gives it away."""
    clerk, before = visit("li"), recorded(served)
    form = clerk.form("/open/loss_report/report_formally", **REPORT)
    bare = {name: text for name, text in form.items() if name != "csrfmiddlewaretoken"}
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site", "Origin": "null"}):
        answer = clerk.client.post("/open/loss_report/report_formally", data=bare, headers=headers)
        assert answer.status_code == 403
    assert recorded(served) == before
