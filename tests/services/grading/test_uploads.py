"""Predictions are read however a program wrote them, and what is wrong is said with row and column."""

from __future__ import annotations

import pytest

from bot.core.markup import plain
from bot.services.grading.faults import UploadProblem
from bot.services.grading.tables import LONGEST_LINE
from bot.services.grading.uploads import LARGEST_FILE, ROWS_TOO_MANY, read_predictions
from bot.services.grading.values import MOST_ROWS, Needs, Prediction, Wanted
from tests.services.grading.asked import ALL, FLAGS, IDS, LABELS, NUMBERS, good_file, good_lines

TWO = ("r1", "r2")
PRICE = Wanted("id", "price", TWO, Needs.NUMBER)
CHANCE = Wanted("id", "p", TWO, Needs.PROBABILITY)
ANIMAL = Wanted("id", "class", TWO, Needs.LABEL, ("cat", "dog"))
RANKED = Wanted("id", "items", TWO, Needs.RANKING, ("a1", "b2", "c3"))


def read(text: str | bytes, wanted: Wanted = PRICE) -> tuple[Prediction, ...]:
    return read_predictions(text if isinstance(text, bytes) else text.encode(), wanted).values


def refusal(text: str | bytes, wanted: Wanted = PRICE) -> list[str]:
    with pytest.raises(UploadProblem) as caught:
        read(text, wanted)
    return [plain(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "text",
    [
        "id,price\nr1,1.5\nr2,-2\n",
        "id;price\nr1;1.5\nr2;-2\n",
        "id\tprice\nr1\t1.5\nr2\t-2\n",
        "id;price\nr1;1,5\nr2;-2,0\n",
        "id\tprice\nr1\t1,5\nr2\t-2\n",
        "id,price\r\nr1,1.5\r\nr2,-2\r\n",
        "id,price\rr1,1.5\rr2,-2",
        '"id","price"\n"r1","1.5"\n"r2","-2"\n',
        ' id , price \n r1 , 1.5 \n "r2", −2\n',
        "ID,Price\nr1,1.5\nr2,-2\n",
        "price,id\n1.5,r1\n-2,r2\n",
        "id,price\nr2,-2\nr1,1.5\n",
        "id,note,price,more\nr1,a,1.5,\nr2,b,-2,z\n",
        ",id,price\n0,r1,1.5\n1,r2,-2\n",
        "\n\nid,price\n\nr1,1.5\n,\nr2,-2\n\n\n",
        "id,price,,\nr1,1.5\nr2,-2,,,\n",
        "r1,1.5\nr2,-2\n",
        "r1;1,5\nr2;-2",
        "id,price\nr1,15e-1\nr2,-2.0000\n",
        "\ufeffid,price\nr1,1.5\nr2,-2\n",
        "id,price\nr1,\u200b1.5\nr2,\u00a0-2\n",
        'id,note,price\nr1,"two\nlines",1.5\nr2,"say ""so""",-2\n',
    ],
)
def test_files_as_programs_write_them(text: str) -> None:
    assert read(text) == (1.5, -2.0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1"])
def test_encodings(encoding: str) -> None:
    wanted = Wanted("id", "größe", ("é1", "2"), Needs.NUMBER)
    assert read("id;größe\né1;1,5\n2;2\n".encode(encoding), wanted) == (1.5, 2.0)


@pytest.mark.parametrize("wanted", ALL, ids=lambda wanted: f"{wanted.needs}-{wanted.column}")
def test_every_kind_of_prediction(wanted: Wanted) -> None:
    assert len(read(good_file(wanted), wanted)) == len(IDS)


def test_ids_of_whole_numbers_may_have_become_decimals() -> None:
    assert read("id,price\n1.0,5\n2.0,6\n", Wanted("id", "price", ("1", "2"), Needs.NUMBER)) == (5.0, 6.0)
    assert read("id,price\n1.0,5\n1,6\n", Wanted("id", "price", ("1.0", "1"), Needs.NUMBER)) == (5.0, 6.0)


@pytest.mark.parametrize("cell", ["1", "1.0", "1.", "True", "TRUE", "true", " 1 "])
def test_one_is_one_however_it_is_written(cell: str) -> None:
    text = good_lines(FLAGS)
    text[1] = f"r1,{cell}"
    assert read("\n".join(text), FLAGS)[0] == "1"


def test_labels_are_known_in_any_case_unless_case_tells_them_apart() -> None:
    assert read("id,class\nr1,CAT\nr2,Dog\n", ANIMAL) == ("cat", "dog")
    apart = Wanted("id", "class", ("r1",), Needs.LABEL, ("Up", "up"))
    assert read("id,class\nr1,up\n", apart) == ("up",)
    assert "none of the labels" in refusal("id,class\nr1,UP\n", apart)[0]


def test_labels_may_look_like_nothing() -> None:
    wanted = Wanted("id", "class", TWO, Needs.LABEL, ("none", "NA"))
    assert read("id,class\nr1,None\nr2,NA\n", wanted) == ("none", "NA")


def test_rankings_are_items_in_order() -> None:
    assert read("id,items\nr1,b2 a1\nr2,  c3\n", RANKED) == (("b2", "a1"), ("c3",))


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("abc", "Row 3, column price: “abc” is not a number. Write it like 12.5."),
        ("1_000", "Row 3, column price: “1_000” is not a number. Write it like 12.5."),
        ("", "Row 3, column price: the cell is empty. Write a value like “12.5” in every row."),
        ("NaN", "Row 3, column price: “NaN” is no value. Write one like “12.5” in every row."),
        ("-inf", "Row 3, column price: infinity cannot be scored. Write a number like 12.5."),
        ("1e999", "Row 3, column price: “1e999” is too large. Write a number like 12.5."),
        ("=1+1", "Row 3, column price: “=1+1” is a formula. Write its value, like “12.5”."),
        ("12,5", "Row 3 has 3 cells, and 2 belong there. Write decimals with a point, like 12.5."),
        ('"12,5"', "Row 3, column price: “12,5” is not a number. Write it like 12.5."),
    ],
)
def test_a_wrong_number_is_named_with_its_place(cell: str, said: str) -> None:
    assert refusal(f"id,price\nr1,5\nr2,{cell}\n") == [said]


@pytest.mark.parametrize("cell", ["1.01", "-0.1", "1e5"])
def test_probabilities_are_between_0_and_1(cell: str) -> None:
    assert refusal(f"id,p\nr1,{cell}\nr2,0.5\n", CHANCE) == [
        f"Row 2, column p: “{cell}” is not between 0 and 1. Write the probability like 0.25."
    ]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("cow", "“cow” is none of the labels. Write cat or dog."),
        ("1", "“1” is none of the labels. Write cat or dog."),
        ("", "the cell is empty. Write a value like “cat” in every row."),
    ],
)
def test_a_wrong_label_is_told_the_right_ones(cell: str, said: str) -> None:
    assert refusal(f"id,class\nr1,dog\nr2,{cell}\n", ANIMAL) == [f"Row 3, column class: {said}"]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("a1 b2 a1", "“a1” is named twice. Keep the first of them."),
        ("a1 zz", "“zz” is none of the items. Write items with spaces between them, like “a1 b2 c3”."),
        ("['a1']", "brackets are not needed. Write the items with spaces between them, like “a1 b2 c3”."),
        ("a " * 1_001, "1001 items are too many. Keep the first 1000."),
    ],
)
def test_a_wrong_ranking(cell: str, said: str) -> None:
    assert refusal(f"id,items\nr1,a1\nr2,{cell}\n", RANKED) == [f"Row 3, column items: {said}"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,price\nr1,5\n", "No row has the id “r2”. Add a row for each."),
        ("id,price\n", "No row has the id “r1”, “r2”. Add a row for each."),
        ("id,price\nr1,5\nr2,5\nr1,6\n", "Row 4: the id “r1” is in row 2 already. Keep one of the two."),
        (
            "id,price\nr1,5\nr2,5\nr3,6\n",
            "Row 4, column id: “r3” is not an id of the test data, where they look like “r1”. "
            "Remove the row or write its id as it is there.",
        ),
        ("id,price\nr1,5\nr2\n", "Row 3 has 1 cell, and 2 belong there. Write all of them."),
        (
            "id,cost\nr1,5\n",
            "The first row names no column price. It has id, cost. "
            "Write id,price as the first row, and send the file again.",
        ),
        (
            "x;y\nr1;5\n",
            "The first row names no column id and no column price. It has x, y. "
            "Write id,price as the first row, and send the file again.",
        ),
        (
            ",price\nr1,5\n",
            "The first row names no column id. It has price. "
            "The first column has no name: if it holds the ids, name it id, and send the file again.",
        ),
        ("id,price,price\nr1,5,5\n", "There are 2 columns price. Keep one of them and send the file again."),
        ("", "There is nothing in this file. Write id,price as the first row and a row for each id below it."),
        (
            'id,price\nr1,"5\nr2,5\n',
            "Row 2 has a quotation mark that does not fit. Put quotation marks around a whole cell or leave them out.",
        ),
        (
            "id,price\nr1,5\nr2,\x005\n",
            "Row 3 holds a character that is not text (number 0), so this is hardly a CSV file. "
            "Save the predictions as CSV in UTF-8 and send them again.",
        ),
    ],
)
def test_wrong_tables(text: str, said: str) -> None:
    assert refusal(text) == [said]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"PK\x03\x04\x14\x00", "This is a zip archive"),
        (b"PK\x03\x04\x14\x00" + bytes(24) + b"[Content_Types].xml", "This is an Excel or Word file"),
        (b"PK\x03\x04\x14\x00" + bytes(24) + b"xl/workbook.xml", "This is an Excel file"),
        (b"\x1f\x8b\x08", "This is a gzip archive"),
        (b"PAR1", "This is a Parquet file"),
        (b"\x89PNG\r\n", "This is a picture (PNG)"),
        (b"%PDF-1.7", "This is a PDF"),
        (b'{"cells": [], "nbformat": 4}', "This is a notebook"),
        (b'[{"id": 1}]', "This is JSON"),
        (b"<!DOCTYPE html>", "This is a web page"),
        (b"import pandas as pd\n", "This is Python code"),
    ],
)
def test_other_files_are_called_by_their_name(head: bytes, said: str) -> None:
    (problem,) = refusal(head)
    assert problem.startswith(f"{said}, and predictions come as a CSV file. ")


def test_a_header_that_only_begins_like_code_is_a_header() -> None:
    assert read("from station,id,price\nx,r1,1\nx,r2,2\n") == (1.0, 2.0)


def test_the_first_few_problems_are_shown_and_the_rest_is_counted() -> None:
    lines = ["id,price", *(f"{own},x" for own in IDS[:-1])]
    with pytest.raises(UploadProblem) as caught:
        read("\n".join(lines), NUMBERS)
    assert (len(caught.value.problems), caught.value.more) == (5, 7)
    assert plain(caught.value.message).endswith("There are 7 more like these. Mend them too, and send the file again.")


def test_a_row_that_is_miscounted_is_not_missing_too() -> None:
    assert len(refusal("id,price\nr1,1,5\nr2,2,5\n")) == 2


def test_what_a_member_wrote_cannot_become_markup() -> None:
    with pytest.raises(UploadProblem) as caught:
        read("id,price\nr1,[x](http://y)\nr2,**b**\n")
    assert "“[x](http://y)”" in plain(caught.value.message)
    assert "“**b**”" in plain(caught.value.message)


def test_long_cells_are_shortened_when_they_are_shown() -> None:
    (problem,) = refusal(f"id,price\nr1,{'z' * 900}\nr2,1\n")
    assert len(problem) < 120


def test_numbers_of_any_length_that_programs_write() -> None:
    assert read(f"id,price\nr1,0.{'3' * 300}\nr2,{2**300}\n") == (1 / 3, 2.0**300)


def test_lines_are_counted_before_they_are_read() -> None:
    most = len(TWO) + 1 + ROWS_TOO_MANY
    assert read("id,price\nr1,5\nr2,6" + "\n" * (most - 2)) == (5.0, 6.0)
    assert f"and at most {most:,} are read" in refusal("id,price\nr1,5\nr2,6" + "\n" * (most - 1))[0]


def test_a_line_has_an_end() -> None:
    note = "n" * (LONGEST_LINE - 5)
    assert read(f"id,price,note\nr1,1,{note}\nr2,2,{note}") == (1.0, 2.0)
    assert "Line 2 has 20,001 characters" in refusal(f"id,price,note\nr1,1,{note}n\nr2,2,n")[0]


def test_a_file_may_be_as_large_as_it_is_said() -> None:
    assert read(b"id,price\nr1,5\nr2,6\n" + (b" " * 19_999 + b"\n") * 99) == (5.0, 6.0)
    assert "larger than 2 MB" in refusal(b"id,price\n".ljust(LARGEST_FILE + 1))[0]


@pytest.mark.parametrize("ids", [(), ("a", "a"), tuple(map(str, range(MOST_ROWS + 1)))])
def test_an_author_asks_for_rows_that_can_be_told_apart(ids: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="rows"):
        Wanted("id", "price", ids, Needs.NUMBER)


def test_an_author_says_which_labels_there_are() -> None:
    with pytest.raises(ValueError, match="labels"):
        Wanted("id", "class", LABELS.ids, Needs.LABEL)
