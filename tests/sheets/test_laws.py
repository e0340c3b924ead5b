"""The law index leads from every article to all that rests on it, and knows every law."""

from __future__ import annotations

import json

import pytest

from ssflow import machines
from ssflow.errors import UnknownError
from ssflow.rules import Citation, beginning, rulebook, rulebook_names, watch_list
from ssflow.sheets import law_index

INDEX = law_index()


def test_every_citation_is_there() -> None:
    """What the rulebooks and definitions cite, what says since when there are procedures, and nothing else, is in the index."""
    cited = {
        cite
        for name in rulebook_names()
        for item in (*rulebook(name).values, *rulebook(name).doubts)
        for cite in item.cites
    }
    for activity in (activity for name in machines.names() for activity in machines.get(name).activities):
        cited |= set(activity.cites)
        cited |= {cite for row in activity.transitions if row.when for c in row.when.conditions for cite in c.cites}
    cited |= {Citation(watch.law) for watch in watch_list() if watch.law}

    cited |= {found.cite for name in machines.names() if (found := beginning(name, INDEX.laws))}

    assert set(INDEX) == cited
    assert all(INDEX.values())


def test_every_cited_law_is_entered() -> None:
    """Whatever is cited, laws.toml knows it."""
    assert {cite.law for cite in INDEX} - set(INDEX.laws) == set()


def test_every_entered_law_is_cited() -> None:
    """A law is entered because something rests on it."""
    assert INDEX.uncited == ()


@pytest.mark.parametrize("name", rulebook_names())
def test_every_figure_is_found_from_its_article(name: str) -> None:
    """From each article of a figure one comes back to the figure, with its amount, place and day."""
    figures = {figure.name: figure for figure in machines.get(name).figures}
    for value in rulebook(name).values:
        wanted = (name, "figure", value.parameter, value.region, value.since, figures[value.parameter].text_of(value))
        for cite in value.cites:
            assert wanted in [(u.procedure, u.kind, u.name, u.region, u.since, u.said) for u in INDEX[cite]]


def test_an_article_holds_its_paragraphs() -> None:
    """Article 6 holds 6(1) and 6(2), and not 63; part 2 of a guide holds its items; a law holds all."""
    six = INDEX.within("decree-765", "6")
    part = INDEX.within("guide-004", "2")

    assert {"decree-765 6(1)", "decree-765 6(2)"} == set(map(str, six))
    assert {"guide-004 2", "guide-004 2.1"} <= set(map(str, part))
    assert {cite.law for cite in INDEX.within("decree-765")} == {"decree-765"}
    assert set(six.procedures) < set(INDEX.within("decree-765").procedures)


def test_articles_stand_in_the_order_of_their_numbers() -> None:
    """Article 9 comes before article 10, and 20 before 20(2)."""
    order = [cite.article for cite in INDEX.within("decree-765")]

    assert order.index("9") < order.index("10") < order.index("20") < order.index("20(2)")


def test_a_guard_names_who_asks_it() -> None:
    """A condition stands once, with all activities that ask it."""
    (use,) = [use for use in INDEX["guide-004 2.1"] if use.name == "same_report"]

    assert (use.kind, use.procedure, use.said.en) == ("guard", "loss_report", "report formally")


def test_it_is_data() -> None:
    """The document is plain JSON, law by law, and holds every use once for each article."""
    document = json.loads(json.dumps(INDEX.document()))

    assert [law["id"] for law in document["laws"]] == list(INDEX.laws)
    uses = sum(len(article["uses"]) for law in document["laws"] for article in law["articles"])
    assert uses == sum(map(len, INDEX.values()))


def test_of_some_procedures_only() -> None:
    """An index of one procedure holds what rests there."""
    assert law_index(["temporary_card"]).procedures == ("temporary_card",)
    with pytest.raises(UnknownError, match="temporary_card"):
        law_index(["temporary_crad"])


def test_what_is_not_there_is_taught() -> None:
    """An unknown law names what comes near it, an article on which nothing rests the ones that are cited."""
    with pytest.raises(UnknownError, match="did you mean decree-765"):
        INDEX.within("decree-756")
    with pytest.raises(UnknownError, match="cited are 6.1., 6.2., 7"):
        INDEX.within("decree-765", "99")
    with pytest.raises(UnknownError, match="cited are no articles"):
        INDEX.within("xian-card-guide", "1")
    with pytest.raises(KeyError):
        INDEX[Citation("decree-765", "99")]
