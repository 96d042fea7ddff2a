"""Formulas whose result a workbook does not hold: a program wrote it and no spreadsheet ever opened it."""

import re
import zipfile
from html import unescape
from pathlib import Path

from lxml import etree

__all__ = ["uncached_rows"]

CELL = re.compile(rb'<c r="[A-Z]+(\d+)"[^>]*>\s*<f[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>')
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def uncached_rows(path: Path, sheet: str) -> frozenset[int]:
    """Return the rows of a sheet (xlsx, ods) with such a formula, which reads as blank (1-based)."""
    try:
        with zipfile.ZipFile(path) as archive:
            if "content.xml" in archive.namelist():
                return _of_open_document(archive, sheet)
            xml = archive.read(_part_of(archive, sheet))
    except (zipfile.BadZipFile, KeyError, OSError, etree.XMLSyntaxError):
        return frozenset()
    return frozenset(int(number) for number in CELL.findall(xml))


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    for tag in re.findall(r"<(?:\w+:)?sheet [^>]*>", book):
        name, link = re.search(r'name="([^"]*)"', tag), re.search(r'r:id="([^"]*)"', tag)
        if name and link and unescape(name[1]) == sheet:
            for relation in re.findall(r"<Relationship [^>]*>", links):
                target = re.search(r'Target="([^"]*)"', relation)
                if target and f'Id="{link[1]}"' in relation:
                    return "xl/" + target[1].removeprefix("/xl/")
    raise KeyError(sheet)


def _of_open_document(archive: zipfile.ZipFile, sheet: str) -> frozenset[int]:
    found: set[int] = set()
    row, name = 0, ""
    with archive.open("content.xml") as content:
        for event, element in etree.iterparse(content, events=("start", "end"), resolve_entities=False):
            if event == "start":
                if element.tag == f"{TABLE}table":
                    row, name = 0, element.get(f"{TABLE}name", "")
            elif element.tag == f"{TABLE}table-row":
                times = int(element.get(f"{TABLE}number-rows-repeated", "1"))
                if name == sheet and any(map(_lacks_value, element.iter(f"{TABLE}table-cell"))):
                    found.update(range(row + 1, row + 1 + min(times, 1 << 20)))
                row += times
                element.clear()
    return frozenset(found)


def _lacks_value(cell: etree._Element) -> bool:
    return cell.get(f"{TABLE}formula") is not None and cell.get(f"{OFFICE}value-type") is None and not len(cell)
