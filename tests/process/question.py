"""A small sound procedure, to be spoilt by tests: somebody asks, and the clerk answers in time."""

from attrs import define, field, frozen
from attrs.validators import instance_of

from ssflow.process import Place, Role, State, Term, opens
from ssflow.text import Text


@frozen
class Asked:
    what: str


@frozen
class Facts:
    what: str = ""


@define
class Thawed:
    what: str = ""


@define
class Checked:
    """One that refuses some changes is not frozen either."""

    what: str = field(default="", validator=instance_of(str))


@frozen
class Needy:
    what: str


def body(**changes):
    """The class body of a small sound procedure, with changes; None takes a part away."""
    here = Place("本地", "here")
    clerk, person = Role("经办", "clerk"), Role("个人", "person")
    reply = Term("答复", "reply", owed_by=clerk)
    waiting, done = State("待办", "waiting", reply), State("办结", "done", final=True)
    parts = {
        "title": Text("询问", "Question"),
        "facts": Facts,
        "here": here,
        "clerk": clerk,
        "person": person,
        "reply": reply,
        "waiting": waiting,
        "done": done,
        "ask": opens(waiting).by(person, "询问", "ask", data=Asked, cites="guide-004"),
        "answer": waiting.to(done).by(clerk, "答复", "answer", cites="guide-004"),
    }
    for name, make in changes.items():  # in order: what is added may be used by what comes after it
        parts[name] = make(parts) if callable(make) and not isinstance(make, type) else make
    return {name: part for name, part in parts.items() if part is not None}
