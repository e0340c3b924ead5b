"""A small procedure in which an act is counted that may be done any number of times, for tests of what has no end."""

from attrs import frozen

from ssflow import Legislation
from ssflow.process import Act, Place, Process, Role, State, guard, opens
from ssflow.rules import Rulebook, rulebook
from ssflow.text import Text


@frozen
class Facts:
    """Nothing is told."""


@guard("须催办过一次以上", "it was asked for more than once", cites="guide-004")
def was_reminded(act: Act[Facts]) -> bool:
    return act.count(ReminderDesk.remind) > 1


class ReminderDesk(Process):
    """A request that is handled as urgent once the person has reminded the clerk twice."""

    title = Text("催办", "Reminder desk")
    facts = Facts

    here = Place("本地", "here")
    person, clerk = Role("个人", "person"), Role("经办", "clerk")

    waiting = State("待办", "waiting")
    done, urgent = State("办结", "done", final=True), State("加急办结", "done at once", final=True)

    ask = opens(waiting).by(person, "申请", "ask", cites="guide-004")
    remind = waiting.stays().by(person, "催办", "remind", cites="guide-004")
    answer = waiting.to(done).by(clerk, "办理", "answer", cites="guide-004")
    hurry = waiting.to(urgent, when=was_reminded).by(clerk, "加急办理", "hurry", cites="guide-004")


LAW = Legislation(rulebook=lambda _: Rulebook("reminder_desk", (), laws=rulebook("consultation").laws))
