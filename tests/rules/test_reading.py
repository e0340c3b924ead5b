"""A broken rules file is told with all its faults, in both languages, and stops nothing but its own rulebook."""

import random
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ssflow.errors import DataError, InputError, UnknownError
from ssflow.rules import Rulebook, default_folders, rulebook, rulebook_names, unread_files
from ssflow.rules.load import _installed_folders
from ssflow.text import LANGS, Text

OURS = Path(str(default_folders()[0]))
LAWS = '[law-x]\ntitle = ["某规定", "Some rule"]\nkind = "document"\n'
BROKEN = """
region = "440900"
keys = 3

[[fee]]
value = "25 yuan"
since = "2026-01-01"
cites = "law-z 3"
text = "x"
confidence = "single"

[[fee]]
value = "1e5 yuan"
since = 2026-01-01
cites = "law-z 3"
text = "x"
confidence = "single"

[[fee]]
value = "25 yuan"
since = 2026-01-01
until = 2025-12-31
when = { channel = [1] }
cites = "law-x"
text = "x"
confidence = "single"

[[fee]]
value = "25 yuan"
since = 2026-01-01
cites = ["law-x", "law-z 3"]
text = "x"
confidence = "single"

[production]
value = "3 workdays"

[[doubts]]
kind = "silence"
text = ["一", "one"]
cites = ["law-x"]
chosen = "law-x"
"""


def agency(folder: Path, text: str, name: str = "card_replacement/440900.toml", laws: str = LAWS) -> Path:
    """A folder of rules files with one file."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    (folder / "laws.toml").write_text(laws, encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("word", ["note", "evidence"])
def test_a_note_in_one_language_is_refused(tmp_path: Path, word: str) -> None:
    """A note is a pair; one string alone is refused with the form to write, and the pair is kept as it is written."""
    told = 'text = "自定"\nconfidence = "single"\n'
    figure = f'region = "440900"\n[[fee]]\nvalue = "25 yuan"\nsince = 2026-01-01\ncites = "decree-765"\n{told}'
    agency(tmp_path, f'{figure}{word} = "未见日期"\n')

    with pytest.raises(DataError) as refused:
        rulebook("card_replacement", (OURS, tmp_path))
    (fault,) = refused.value.faults
    assert fault.path == f"fee[0].{word}"
    assert all('["中文", "English"]' in fault.text.say(lang) for lang in LANGS)

    agency(tmp_path, f'{figure}{word} = ["未见日期", "day not seen"]\n')
    found = rulebook("card_replacement", (OURS, tmp_path)).find("fee", date(2026, 9, 21), "440900")
    assert found is not None
    assert getattr(found, word) == Text("未见日期", "day not seen")


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    """Whoever corrects a file learns of every fault in it, each with its place, in both languages."""
    file = agency(tmp_path, BROKEN)

    with pytest.raises(DataError) as refused:
        rulebook("card_replacement", (OURS, tmp_path))

    assert refused.value.file == file
    paths = [fault.path or fault.text.en for fault in refused.value.faults]
    for where in ("keys", "fee[0]", "fee[1].value", "fee[2].until", "fee[3].cites", "production", "doubts[0].chosen"):
        assert any(where in path for path in paths), (where, paths)
    for fault in refused.value.faults:
        if fault.path not in ("", "fee[0]"):  # the words of the converter are its own
            assert re.search("[一-鿿]", fault.text.zh), fault


def test_all_faults_of_the_laws_are_told_at_once(tmp_path: Path) -> None:
    """A law without a title, one that is no table, one repealed by nobody."""
    agency(
        tmp_path,
        "",
        laws='x = 3\n[y]\nkind = "document"\n[z]\ntitle = ["一", "one"]\nkind = "document"\nrepealed_by = "q"\n',
    )

    with pytest.raises(DataError) as refused:
        rulebook("card_replacement", (OURS, tmp_path))

    assert refused.value.file == tmp_path / "laws.toml"
    assert len(refused.value.faults) >= 3


def test_a_law_is_called_by_its_table(tmp_path: Path) -> None:
    """An id within it could be another: it is refused, and what to write is said."""
    agency(tmp_path, "", laws=LAWS.replace("[law-x]", '[law-x]\nid = "law-y"'))
    with pytest.raises(DataError, match="no id in it"):
        rulebook("card_replacement", (OURS, tmp_path))


def test_what_lies_beside_the_files_is_not_read(tmp_path: Path) -> None:
    """A note in the folder of a procedure, and a folder that is called like a file, are no figures."""
    file = agency(tmp_path, 'region = "440900"\n')
    (file.parent / "notes.txt").write_text("call the bureau", encoding="utf-8")
    (file.parent / "old.toml").mkdir()

    assert rulebook("card_replacement", (OURS, tmp_path)) == rulebook("card_replacement", (OURS,))


def test_faults_between_files_name_the_later_one(tmp_path: Path) -> None:
    """A figure that is ambiguous beside others, or of an unknown key, is told with the file that brought it."""
    figure = BROKEN.split("[[fee]]")[4].partition("[production]")[0].replace('["law-x", "law-z 3"]', '"law-x"')
    when = 'when = { generation = "third" }\n'
    both = f'[[fee]]{figure}{when}[[fee]]{figure}when = {{ channel = "online" }}\n'
    file = agency(tmp_path, f'region = "440900"\n{both}')

    with pytest.raises(DataError, match="a case may meet both") as refused:
        rulebook("card_replacement", (OURS, tmp_path))

    assert refused.value.file == file


@pytest.mark.parametrize("laws", [LAWS, "x = 3\n"], ids=["figures", "laws"])
def test_a_broken_file_stops_its_own_rulebook_only(tmp_path: Path, laws: str) -> None:
    """All other procedures are read as if it were not there, with what is watched for them; this is so of broken laws too."""
    agency(tmp_path, BROKEN, laws=laws)

    with pytest.raises(DataError):
        rulebook("card_replacement", (OURS, tmp_path))
    for name in rulebook_names((OURS, tmp_path)):
        if name != "card_replacement":
            found, ours = rulebook(name, (OURS, tmp_path)), rulebook(name, (OURS,))
            assert (found.values, found.watches) == (ours.values, ours.watches)


def test_a_file_of_a_wrong_name_is_named(tmp_path: Path) -> None:
    """A misspelt main file, a folder that no rulebook reads, a place under another's code: each is named as what is wrong."""
    shutil.copytree(OURS, tmp_path / "ours")
    ours = tmp_path / "ours"
    (ours / "consultation.toml").rename(ours / "consultaton.toml")
    with pytest.raises(UnknownError) as unknown:
        rulebook("consultation", (ours,))
    assert str(ours / "consultaton.toml") in unknown.value.say("en")
    assert str(ours / "consultaton.toml") in unknown.value.say("zh")

    theirs = agency(tmp_path / "others", "", "fee.toml").parent
    with pytest.raises(UnknownError) as unknown:
        rulebook("consultation", (ours, theirs))
    assert f"there is {ours / 'consultaton.toml'}: did you mean consultaton?" in unknown.value.say("en")

    stray = agency(tmp_path / "theirs", "", "card_replacment/440900.toml")
    assert unread_files((OURS, tmp_path / "theirs")) == (stray,)
    assert unread_files() == ()

    for name, text in (("guangzhou", 'region = "440100"\n'), ("440100", 'region = "440300"\n'), ("440100", "")):
        with pytest.raises(DataError, match=f"the file is called {name}.toml") as refused:
            rulebook("loss_report", (OURS, agency(tmp_path / "more", text, f"loss_report/{name}.toml").parent.parent))
        (fault,) = refused.value.faults
        found = text[10:16]
        assert (fault.path, f"but its region is {found or 'the nation'};" in fault.text.en) == ("region", True)
        assert f"而region为{found or '全国'}；" in fault.text.zh
        shutil.rmtree(tmp_path / "more")


def test_what_is_no_folder_is_named(tmp_path: Path) -> None:
    """A folder that is not there, or is a file, is named."""
    file = agency(tmp_path, "")
    for odd in (tmp_path / "nowhere", file):
        with pytest.raises(DataError, match=re.escape(str(odd))):
            rulebook("loss_report", (OURS, odd))
    for odd in (3, "data", Path):
        with pytest.raises(InputError) as refused:
            rulebook("loss_report", (OURS, odd))
        assert [fault.path for fault in refused.value.faults] == ["folders[1]"]


@pytest.mark.parametrize(
    "amount", ["1e5 yuan", "1_000 yuan", "２５ yuan", "25.001 yuan", "nan yuan", " 25 yuan", "+25 yuan", "25  yuan"]
)
def test_sums_are_written_in_one_way(tmp_path: Path, amount: str) -> None:
    """Digits, and two behind the point at most."""
    figure = (
        BROKEN.split("[[fee]]")[4].partition("[production]")[0].replace(', "law-z 3"', "").replace("25 yuan", amount)
    )
    agency(tmp_path, f'region = "440900"\n[[fee]]{figure}')
    with pytest.raises(DataError, match="is not a sum of money|is not a span"):
        rulebook("card_replacement", (OURS, tmp_path))


ODD = [
    "3",
    "-1",
    "2.5",
    "nan",
    "true",
    '""',
    '"x"',
    "[]",
    "{}",
    "[[]]",
    '["x", 3]',
    "{ x = 3 }",
    "2026-02-29",
    "0001-01-01",
]
ODD += [
    "9999-12-31",
    "2026-01-01T00:00:00Z",
    "12:00:00",
    "9" * 5000,
    "[" * 3000,
    '"\\u0000"',
    "'''",
    '"7 workdays"',
    "1979-05-27 07:32:00",
]


def mutations(random_: random.Random, lines: list[str]) -> list[Callable[[int], None]]:
    """Ways to spoil a file at one of its lines."""

    def odd_value(at: int) -> None:
        key, equals, _ = lines[at].partition("=")
        lines[at] = f"{key}{equals}{random_.choice(ODD)}"

    def rename(at: int) -> None:
        lines[at] = lines[at].replace(random_.choice(lines[at] or "x"), random_.choice("xé0-]=\"'#\n"), 1)

    def double(at: int) -> None:
        lines.insert(at, lines[random_.randrange(len(lines))])

    def drop(at: int) -> None:
        del lines[at]

    return [odd_value, odd_value, rename, double, drop]


FILES = sorted(path.relative_to(OURS).as_posix() for path in OURS.rglob("*.toml"))


@pytest.mark.parametrize("seed", range(120))
def test_whatever_a_file_says_it_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    """Real files spoiled at random: a rulebook comes out, or an error of ours that names the file."""
    chance = random.Random(seed)  # noqa: S311 - chosen by its seed, so that it can be repeated
    name = chance.choice(FILES)
    shutil.copytree(OURS, tmp_path / "rules")
    file = tmp_path / "rules" / name
    lines = file.read_text(encoding="utf-8").split("\n")
    for _ in range(chance.randint(1, 3)):
        if lines:
            chance.choice(mutations(chance, lines))(chance.randrange(len(lines)))
    file.write_text("\n".join(lines), encoding="utf-8")
    shared = name in ("laws.toml", "watch.toml")
    procedure = "pension_transfer" if shared else Path(name).parts[0].removesuffix(".toml")
    found = read_or_refused(procedure, tmp_path / "rules")
    if isinstance(found, DataError):
        assert found.file == file or shared
        assert found.say("zh")
        assert found.faults
    else:
        assert found.name == procedure


def read_or_refused(name: str, folder: Path) -> Rulebook | DataError:
    """The rulebook of a folder, or why there is none; any other error is a fault of ours."""
    try:
        return rulebook(name, (folder,))
    except DataError as error:
        return error


def test_a_plug_in_that_is_gone_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry point that names no package is told with its name, not by Python's words alone."""
    about = tmp_path / "agency-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Name: agency\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[ssflow.rules]\nagency = gone_with_the_wind\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))

    with pytest.raises(DataError, match="the entry point agency of ssflow.rules has to name a package"):
        _installed_folders.__wrapped__()
