"""Uploads that nobody should have to fear, made in code, always the same ones."""

from __future__ import annotations

import gzip
import io
import json
import random
import struct
import zipfile
from collections.abc import Callable, Iterator

from bot.services.grading.uploads import LARGEST_FILE
from tests.services.grading.asked import IDS, NUMBERS, good_file, good_lines

Upload = tuple[str, bytes]

_HEADS = {
    "gzip": b"\x1f\x8b\x08",
    "bzip2": b"BZh91AY",
    "xz": b"\xfd7zXZ\x00",
    "zstd": b"(\xb5/\xfd",
    "7z": b"7z\xbc\xaf'\x1c",
    "rar": b"Rar!\x1a\x07\x01",
    "xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "parquet": b"PAR1",
    "arrow": b"ARROW1\x00\x00",
    "feather": b"FEA1",
    "hdf5": b"\x89HDF\r\n\x1a\n",
    "npy": b"\x93NUMPY\x01\x00",
    "sqlite": b"SQLite format 3\x00",
    "png": b"\x89PNG\r\n\x1a\n",
    "jpeg": b"\xff\xd8\xff\xe0",
    "gif": b"GIF89a",
    "webp": b"RIFF\x00\x00\x00\x00WEBP",
    "pdf": b"%PDF-1.7\n",
    "rtf": b"{\\rtf1\\ansi",
    "elf": b"\x7fELF\x02\x01",
    "exe": b"MZ\x90\x00",
    "script": b"#!/bin/sh\nrm -rf /\n",
    "pickle2": b"\x80\x02cos\nsystem\n",
    "pickle5": b"\x80\x05\x95",
    "tar": b"predictions.csv".ljust(257, b"\x00") + b"ustar\x0000",
    "html": b"<!DOCTYPE html><html>",
    "xml": b"<?xml version='1.0'?>",
    "xml-bomb": b"<!DOCTYPE lolz [<!ENTITY lol 'lol'><!ENTITY l2 '&lol;&lol;'>]>",
    "json": b'{"id": [1], "price": [2]}',
    "json-rows": b'[{"id": 1, "price": 2}]',
    "python": b"import os\nos.system('true')\n",
    "zip-empty": b"PK\x05\x06" + bytes(18),
}
_CELLS = (
    "", " ", "nan", "NaN", "inf", "-inf", "Infinity", "null", "None", "NA", "<NA>", "NaT", "#N/A", "#REF!", "#DIV/0!",
    "abc", "12,5,3", "1e999", "-1e999", "1e101", "0x10", "1_000", "1 000", "5%", "$5", "5 kg", "1/3", "=1+1",
    "=HYPERLINK(\"http://x\")", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "'5", "\"5", "５.５.", "٣٤x", "1.2.3", "--3",
    "+-3", "1e", "e5", ".", "-", "+", "1j", "True", "[1, 2]", "{'a': 1}", "<script>alert(1)</script>",
    "'; DROP TABLE rows; --", "../../etc/passwd", "${jndi:ldap://x}", "{{7*7}}", "%s%n%x", "A" * 5_000, "9" * 5_000,
    "0." + "3" * 400 + "x", "💥", "e\u0301" * 50, "\u202eabc", "\u200b", "\ufffd", "`*_[](x)", "@everyone", "1\u00002",
)  # fmt: skip
_FIRST_ROWS = (
    "", "id", "price", "id,cost", "number,price", ",price", "id,", "id,price,price", "id,id,price",
    "ID,Price,price,PRICE",
    "id|price", "id price", "r1,5,6", "r1;5;6", "\"id,price\"", "\"id\",\"price", "id,price\x00", "=id,=price", "1,2",
    ",".join(f"c{at}" for at in range(500)), "," * 900, "id," + "x" * 9_000, "`id`,`price`", "id;price,cost",
    "price\tcost", "sep=;", "# a comment", "[section]", "id:price", "ïd,prïce", "\u202eid,price", "пункт,цена",
    "番号,値段", "id,price,," * 40,
)  # fmt: skip


def hostile_uploads() -> dict[str, bytes]:
    """Return every upload by its name. None of them is a right answer to the challenge with prices."""
    makers: tuple[Callable[[], Iterator[Upload]], ...] = (
        _other_kinds, _bad_cells, _bad_ids, _bad_first_rows, _bad_shapes, _sizes, _encodings, _mangled, _junk,
    )  # fmt: skip
    return {name: data for make in makers for name, data in make()}


def _other_kinds() -> Iterator[Upload]:
    for name, head in _HEADS.items():
        yield f"kind/{name}", head
        yield f"kind/{name}/long", head + random.Random(name).randbytes(3_000)
        yield f"kind/{name}/then-csv", head + good_file(NUMBERS)
    yield "kind/zip", _zipped("predictions.csv", good_file(NUMBERS))
    yield "kind/zip-bomb", _zipped("predictions.csv", bytes(20_000_000))
    yield "kind/zip-in-zip", _zipped("a.zip", _zipped("b.zip", bytes(1_000_000)))
    yield "kind/zip-slip", _zipped("../../../etc/passwd", b"root")
    yield "kind/xlsx", _zipped("[Content_Types].xml", b"<Types/>")
    yield "kind/xlsx-sheet", _zipped("xl/worksheets/sheet1.xml", b"<worksheet/>")
    yield "kind/ods", _zipped("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")
    yield "kind/npz", _zipped("arr_0.npy", b"\x93NUMPY")
    yield "kind/gzip-bomb", gzip.compress(bytes(20_000_000), mtime=0)
    yield "kind/notebook", json.dumps({"cells": [], "metadata": {}, "nbformat": 4}).encode()
    yield "kind/notebook-pretty", json.dumps({"metadata": {}, "x": "y" * 9_000, "nbformat": 4}, indent=1).encode()
    yield "kind/json-deep", b"[" * 500_000
    yield "kind/json-spaced", b" \n\t" * 100 + b'{"a": 1}'


def _zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data)
    return out.getvalue()


def _bad_cells() -> Iterator[Upload]:
    for at, cell in enumerate(_CELLS):
        lines = good_lines(NUMBERS)
        yield f"cell/{at}/first", _lines([lines[0], f"{IDS[0]},{cell}", *lines[2:]])
        yield f"cell/{at}/last", _lines([*lines[:-1], f"{IDS[-1]},{cell}"])
        yield f"cell/{at}/all", _lines([lines[0], *(f"{own},{cell}" for own in IDS)])
        quoted = '"' + cell.replace('"', '""') + '"'
        yield f"cell/{at}/quoted", _lines([lines[0], f"{IDS[0]},{quoted}", *lines[2:]])


def _bad_ids() -> Iterator[Upload]:
    lines = good_lines(NUMBERS)
    for at, cell in enumerate(_CELLS):
        yield f"id/{at}", _lines([lines[0], f"{cell},5", *lines[2:]])
    yield "id/missing", _lines(lines[:-1])
    yield "id/all-missing", _lines(lines[:1])
    yield "id/extra", _lines([*lines, "r99,5"])
    yield "id/twice", _lines([*lines, lines[1]])
    yield "id/all-twice", _lines([*lines, *lines[1:]])
    yield "id/header-twice", _lines([*lines, lines[0]])
    yield "id/upper-case", _lines([lines[0], *(line.upper() for line in lines[1:])])
    yield "id/swapped-columns", _lines([lines[0], *(",".join(line.split(",")[::-1]) for line in lines[1:])])


def _bad_first_rows() -> Iterator[Upload]:
    body = good_lines(NUMBERS)[1:]
    for at, first in enumerate(_FIRST_ROWS):
        yield f"header/{at}", _lines([first, *body[1:]])
        yield f"header/{at}/alone", first.encode()
        yield f"header/{at}/semicolons", _lines([first, *body[1:]]).replace(b",", b";")


def _bad_shapes() -> Iterator[Upload]:
    lines = good_lines(NUMBERS)
    yield "shape/nothing", b""
    yield "shape/blank", b" \n\t\r\n \n"
    yield "shape/marks-only", b"\xef\xbb\xbf"
    yield "shape/decimal-commas", _lines([lines[0], *(f"{own},12,5" for own in IDS)])
    yield "shape/short-rows", _lines([lines[0], *IDS])
    yield "shape/long-rows", _lines([lines[0], *(f"{own},1,2,3,4" for own in IDS)])
    yield "shape/one-open-quote", _lines([*lines[:3], 'r3,"5', *lines[4:]])
    yield "shape/open-quote-first", b'"' + good_file(NUMBERS)
    yield "shape/open-quote-last", good_file(NUMBERS) + b'"'
    yield "shape/text-after-quote", _lines([lines[0], 'r1,"5"6', *lines[2:]])
    yield "shape/quotes-only", b'"' * 15_001
    yield "shape/long-quoted-cell", _lines([lines[0], 'r1,"' + "5\n" * 900 + '"', *lines[2:]])
    yield "shape/one-line", b" ".join(line.encode() for line in lines)
    yield (
        "shape/mixed-delimiters",
        _lines([lines[0], *(line.replace(",", ";,\t"[at % 3]) for at, line in enumerate(lines[1:])), "r1"]),
    )
    yield "shape/merge-conflict", _lines([*lines[:4], "<<<<<<< HEAD", *lines[4:]])


def _sizes() -> Iterator[Upload]:
    yield "size/million-rows", b"id,price\n" + b"1\n" * 990_000
    yield "size/million-short-rows", b"\n" * 1_999_000 + b"id,price"
    yield "size/carriage-returns", b"\r" * 1_999_999
    yield "size/over", good_file(NUMBERS) + b"r1,5\n" * (LARGEST_FILE // 5)
    yield "size/one-long-line", b"a" * LARGEST_FILE
    yield "size/commas", b"," * LARGEST_FILE
    yield "size/quotes", b'"' * LARGEST_FILE
    yield "size/spaces", b" " * LARGEST_FILE
    yield "size/semicolons", b"id;price" + b";" * 1_900_000
    yield "size/wide-rows", b"id,price\n" + (b"," * 19_000 + b"\n") * 100
    yield "size/wide-cells", b"id,price\n" + (b"r1," + b"7" * 19_000 + b"\n") * 100
    yield "size/zeros", bytes(LARGEST_FILE)
    yield "size/too-many-rows", good_file(NUMBERS) + b"r1,5\n" * 1_200
    yield "size/just-enough-wrong-rows", good_file(NUMBERS) + b"r1,x\n" * 900


def _encodings() -> Iterator[Upload]:
    text = "\n".join([*good_lines(NUMBERS)[:-1], "r12,é"])
    for encoding in (
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "latin-1",
        "cp1252",
        "cp037",
        "utf-7",
    ):
        data = text.encode(encoding)
        yield f"encoding/{encoding}", data
        yield f"encoding/{encoding}/cut", data[:-1]
        yield f"encoding/{encoding}/nul", data + b"\x00"
    yield "encoding/utf-16-broken", b"\xff\xfe" + b"\x00\xd8" * 50
    yield "encoding/utf-32-broken", b"\xff\xfe\x00\x00" + b"\xff" * 50
    yield "encoding/overlong", b"id,price\nr1,\xc0\xaf\n"
    yield "encoding/surrogate", b"id,price\nr1,\xed\xa0\x80\n"


def _mangled() -> Iterator[Upload]:
    for seed in range(40):
        chance = random.Random(seed)
        data = bytearray(good_file(NUMBERS)[: -chance.randrange(8, 60)])
        for _ in range(chance.randrange(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        yield f"mangled/{seed}", bytes(data)


def _junk() -> Iterator[Upload]:
    for seed in range(30):
        chance = random.Random(seed)
        yield f"junk/bytes/{seed}", chance.randbytes(1 << chance.randrange(1, 16))
        yield f"junk/signs/{seed}", bytes(chance.choices(b"\",;\t\n\r =@r15.-'", k=chance.randrange(1, 4_000)))
    yield "junk/doubles", struct.pack("<500d", *range(500))


def _lines(lines: list[str]) -> bytes:
    return "\n".join(lines).encode("utf-8", "replace")
