"""What the agency keeps beside the cases: where its clerks work, and its own row of every act."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, Group, User
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from examples import desk
from ssflow.case import Case

_PEOPLE = {
    "li": (("office", "issuer"), "440100"),
    "zhao": (("agency", "old_agency", "new_agency"), "440100"),
    "wang": ((), ""),
    "sun": ((), ""),
}


class Place(models.Model):
    """Where a clerk works, by the code of the place; what the clerk does there are the groups of the user, named as the roles of procedures."""

    user = models.OneToOneField(User, models.CASCADE)
    code = models.CharField(max_length=6)

    def __str__(self) -> str:
        return f"{self.user}: {self.code}"


class Note(models.Model):
    """Our own row of an act, by the key of the form: a second click leaves no second one."""

    key = models.CharField(max_length=200, primary_key=True)
    case = models.CharField(max_length=200, db_index=True)
    author = models.CharField(max_length=150)
    text = models.TextField(blank=True)

    class Meta:  # noqa: D106 - its name is Django's
        constraints = (models.CheckConstraint(condition=LessThanOrEqual(Length("text"), 200), name="a_note_is_short"),)

    def __str__(self) -> str:
        return f"{self.case}: {self.author}"


def keep_note(case: Case, author: desk.User, beside: desk.Beside) -> None:
    """Keep it, in the transaction of the act."""
    row = {"case": case.id, "author": author.name, "text": beside.note}
    Note.objects.get_or_create(key=beside.key or uuid4().hex, defaults=row)


def user_of(user: AbstractBaseUser) -> desk.User:
    """A user of Django as the desk knows them."""
    place = Place.objects.filter(user=user).first()
    roles = user.groups.values_list("name", flat=True)
    return desk.User(user.get_username(), frozenset(roles), place.code if place else "")


def users() -> list[desk.User]:
    """Everybody who may sign in without a password: the single sign-on of an agency takes the place of this."""
    return [user_of(user) for user in User.objects.filter(is_staff=False).order_by("username")]


def add_people(password: str) -> bool:
    """The users of the example, and who looks after it; False if they are there already."""
    if User.objects.exists():
        return False
    User.objects.create_superuser("admin", password=password)
    for name, (roles, code) in _PEOPLE.items():
        user = User.objects.create_user(name)
        user.groups.set([Group.objects.get_or_create(name=role)[0] for role in roles])
        if code:
            Place.objects.create(user=user, code=code)
    return True
