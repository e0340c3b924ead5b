"""What an activity asks for as a place is one."""

from datetime import date
from typing import Any

import attrs
import pytest

from ssflow import machines
from ssflow.converters import from_json
from ssflow.errors import InputError
from ssflow.machines.reckoning.periods import PaidPeriod
from ssflow.machines.reckoning.place_of_receipt import place_of_receipt, province_of
from ssflow.machines.treatment_elsewhere import Change
from ssflow.machines.unemployment_transfer import Application, Channel, Standing
from ssflow.persons import Identity
from ssflow.regions import holds_place
from ssflow.views.fields import fields_of, listed

# Shown on a card in words: whoever shows it does not ask for a code.
IN_WORDS = {"insured_at"}


def data_classes() -> set[type[Any]]:
    """What the activities of all procedures take, and what these take lists of."""
    taken = {a.data for name in machines.names() for a in machines.get(name).activities if a.data}
    return taken | {item for data in taken for field in fields_of(data) if (item := listed(field.kind))}


def test_every_field_called_a_place_takes_places_only() -> None:
    """A field whose title is a place (户籍所在地, 就医地, 参保地, …的地方) has the one validator of places."""
    fields = [field for data in data_classes() for field in fields_of(data) if field.kind is str]
    named = {f.path.rpartition(".")[2] for f in fields if f.titles[-1].zh.endswith(("地", "地方"))}
    checked = {field.path.rpartition(".")[2] for field in fields if field.place}
    assert named - IN_WORDS == checked == {"register", "area", "calling", "place", "shown"}


@pytest.mark.parametrize("wrong", ["广州", "440199", "", "somewhere", "440100 ", None, 440100, b"440100"])
def test_what_is_no_place_is_refused(wrong: Any) -> None:
    """The field is named, in both languages; what was given is not repeated, because it may be an address."""
    with pytest.raises(InputError) as caught:
        Change(wrong)
    (fault,) = caught.value.faults
    assert fault.path == "area"
    assert "须为地方的代码" in fault.text.zh
    assert "440100" in fault.text.en


def test_a_number_in_the_wrong_field_is_not_repeated() -> None:
    """Somebody pasted an identity number where the place belongs."""
    with pytest.raises(InputError) as caught:
        Change("11010519491231002X")
    assert "19491231" not in caught.value.say("zh") + caught.value.say("en")


def test_an_abolished_place_is_a_place() -> None:
    """A household register of Laiwu still says so, and one may have paid where there is no such place any more."""
    assert Change("371200").area == "371200"
    assert PaidPeriod(date(1996, 1, 1), date(1996, 12, 31), "510202").place == "510202"
    assert PaidPeriod(date(1996, 1, 1), date(1996, 12, 31)).place == ""


def test_a_wrong_place_in_json_names_its_field() -> None:
    """The command line and a host's forms give plain data; the fault says which field it is."""
    raw = {
        "person": {"number": "11010519491231002X"},
        "standing": "claiming",
        "channel": "online",
        "register": "Guangzhou",
    }
    with pytest.raises(ValueError, match="register"):
        from_json(raw, Application)
    made = from_json({**raw, "register": "440100"}, Application)
    assert made == Application(
        person=Identity("11010519491231002X"),
        standing=Standing.claiming,
        channel=Channel.online,
        register="440100",
    )
    assert holds_place(attrs.fields(Application).register)


def test_a_place_that_changed_its_province_counts_where_it_is() -> None:
    """Chongqing left Sichuan in 1997: who paid in 510202 has paid in Chongqing."""
    assert province_of("510202") == "500000"
    years = PaidPeriod(date(1984, 1, 1), date(1996, 12, 31), "510202")
    assert place_of_receipt("500103", "110105", [years], 120) == "500000"
