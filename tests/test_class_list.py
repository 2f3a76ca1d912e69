"""The class list: platforms' exports are read as they are, and nobody is found by a guess."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from helpers.authoring.messages import Problem
from helpers.grading.class_list import ClassList, read_class_list
from helpers.grading.naming import whose

MOODLE = "Anna Müller_111_assignsubmission_file_/sheet.ipynb"
CANVAS = "mülleranna_LATE_4711_99887_sheet.ipynb"
FOLDER = "anna/sheet.ipynb"
# A list of each kind with Anna and Ben, and by which names of files Anna is found in it.
LISTS = {
    "Moodle's participants": (
        "First name,Last name,ID number,Email address,Groups\n"
        "Anna,Müller,s1,anna@uni.example,\nBen,Okri,s2,ben@uni.example,\n",
        [MOODLE, CANVAS, FOLDER, "s1/sheet.ipynb", "ANNA@uni.example/sheet.ipynb"],
    ),
    "Moodle's participants of earlier years": (
        '"First name",Surname,"ID number",Institution,Department,"Email address"\n'
        "Anna,Müller,,,,anna@uni.example\nBen,Okri,,,,ben@uni.example\n",
        [MOODLE, CANVAS, FOLDER],
    ),
    "Moodle's grading worksheet": (
        'Identifier,"Full name","Email address",Status,Grade\n'
        '"Participant 111","Anna Müller",anna@uni.example,,\n'
        '"Participant 112","Ben Okri",ben@uni.example,,\n',
        [MOODLE, FOLDER, "Participant_111_assignsubmission_file_/sheet.ipynb"],
    ),
    "Canvas's gradebook": (
        "Student,ID,SIS User ID,SIS Login ID,Section,Sheet 06 (7)\n"
        "    Points Possible,,,,,4\n"
        '"Müller, Anna",4711,s1,anna,HIST,\n"Okri, Ben",4712,s2,ben,HIST,\n'
        '"Student, Test",4713,,x,HIST,\n',
        [MOODLE, CANVAS, FOLDER, "s1/sheet.ipynb", "anyname_4711_1_sheet.ipynb"],
    ),
    "Canvas's roster": (
        "Student Name,Student ID,Student SIS ID,Email,Section Name\n"
        "Anna Müller,4711,s1,anna@uni.example,HIST\nBen Okri,4712,s2,ben@uni.example,HIST\n",
        [MOODLE, CANVAS, FOLDER],
    ),
    "by hand, with semicolons": (
        "Name;E-Mail\nMüller, Anna;anna@uni.example\nBen Okri;ben@uni.example\n",
        [MOODLE, CANVAS, FOLDER, "Anna_Müller/sheet.ipynb", "müller anna/sheet.ipynb"],
    ),
}


def read(folder: Path, text: str, encoding: str = "utf-8") -> ClassList:
    file = folder / "class.csv"
    file.write_text(text, encoding=encoding)
    return read_class_list(file)


def found(people: ClassList, where: str) -> list[str]:
    return [one.name for one in people.find(whose(PurePosixPath(where)))]


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_lists_of_platforms_are_read_as_they_are(
    kind: str, encoding: str, tmp_path: Path
) -> None:
    text, names = LISTS[kind]
    people = read(tmp_path, text, encoding)
    assert [one.name for one in people.learners] == ["Anna Müller", "Ben Okri"]
    for where in names:
        assert found(people, where) == ["Anna Müller"], f"{kind}: {where}"
    assert found(people, "Carl Zeiss_113_assignsubmission_file_/sheet.ipynb") == []


@pytest.mark.parametrize("more", ["", ",E-mail"])
def test_a_list_by_hand_may_begin_as_our_tables_do(more: str, tmp_path: Path) -> None:
    text = f"Student,Name{more}\n12,Anna Bo{more and ',anna@uni.example'}\n"
    assert [one.name for one in read(tmp_path, text).learners] == ["Anna Bo"]


def test_ids_of_platforms_are_kept_for_what_goes_back_to_them(tmp_path: Path) -> None:
    (anna, _) = read(tmp_path, LISTS["Canvas's gradebook"][0]).learners
    assert (anna.canvas_id, anna.sis_id, anna.sis_login) == ("4711", "s1", "anna")
    (anna, _) = read(tmp_path, LISTS["Moodle's participants"][0]).learners
    assert (anna.email, anna.number) == ("anna@uni.example", "s1")
    (anna, _) = read(tmp_path, LISTS["Moodle's grading worksheet"][0]).learners
    assert anna.moodle_numbers == ("111",)


def test_a_number_of_moodles_is_no_other_number(tmp_path: Path) -> None:
    people = read(tmp_path, "Name,ID number\nAnna Müller,112\nBen Okri,111\n")
    assert found(people, MOODLE) == ["Anna Müller"]
    assert found(people, "Zoe Z_111_assignsubmission_file_/sheet.ipynb") == []


def test_where_two_fit_nobody_is_chosen(tmp_path: Path) -> None:
    text = "Name,ID number,Email\nAnna Müller,a1,x@uni.example\nAnna Müller,a2,y@uni.example\n"
    people = read(tmp_path, text)
    assert len(found(people, MOODLE)) == 2
    assert [one.id for one in people.find(whose(PurePosixPath("a2/sheet.ipynb")))] == ["a2"]
    numbered = text.replace("Email", "Moodle numbers").replace("x@uni.example", "111; 222")
    (anna,) = read(tmp_path, numbered).find(whose(PurePosixPath(MOODLE)))
    assert anna.id == "a1"


def test_each_learner_has_an_id_of_their_own_that_can_name_a_folder(tmp_path: Path) -> None:
    text = "Name,ID,Email\nAnna,,a@uni.example\nBen,7,\nCarl / Zeiss,,\n../../Dora,8,\n"
    ids = [one.id for one in read(tmp_path, text).learners]
    assert len(set(ids)) == len(ids)
    for id in ids:
        assert "/" not in id and ".." not in id, id


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no column with names"),
        (b"student,name,sum so far\ns1,Anna Bo,12\n", "a table that grading wrote"),
        (b"Email\nanna@uni.example\n", "no column with names"),
        (b"Name,Email\n", "names no learner"),
        (b"PK\x03\x04\xff\xfe", "workbook"),
        ("Name,Email\nMüller,x\n".encode("cp1252"), "CSV UTF-8"),
        (b'Name\nAnna Bo\n"Bo, Anna"\n', "does not tell two learners apart: Anna Bo and Anna Bo"),
        (b"Name,ID\nAnna Bo,7\nCarl,7\n", "two learners apart: Anna Bo and Carl"),
        (b'Name,ID\n"' + b"x" * 200_000 + b'",7\n', "cannot be read as a CSV"),
    ],
)
def test_a_list_that_cannot_serve_is_refused_in_one_line(
    content: bytes, why: str, tmp_path: Path
) -> None:
    file = tmp_path / "class.csv"
    file.write_bytes(content)
    with pytest.raises(Problem, match=why) as refused:
        read_class_list(file)
    assert str(refused.value).startswith("class.csv ") and "\n" not in str(refused.value)
