"""Texts that no cell shows: what programs number by themselves is no NHS number, and a search takes its time once."""

import io
import time
import zipfile

import pytest

from outcomes.intake.reading.workbook import read_workbook
from outcomes.partnership.layout import Limits
from tests.unit.intake.test_workbooks import PLAIN, repacked

NUMBER = "9991234578"
GROUPED = "999 123 4578"


def where(content: bytes) -> list[str]:
    """Return where NHS numbers are said to stand."""
    remarks = read_workbook(content, Limits()).remarks
    return [str(remark.details["where"]) for remark in remarks if remark.code == "OUT-701"]


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/charts/chart1.xml", f'<c:v><c:axId val="{NUMBER}"/><c:crossAx val="{NUMBER}"/></c:v>'),
        ("customXml/item1.xml", f"<p><_dlc_DocId>DH4QNQ7CHQPH-{NUMBER}-129</_dlc_DocId></p>"),
        ("customXml/item1.xml", f"<_dlc_DocIdUrl><Url>https://a.b/?ID=TEAM-{NUMBER}-9</Url></_dlc_DocIdUrl>"),
        ("customXml/item2.xml", f'<x a="0x0101{NUMBER}ABCDEF" b="ab{NUMBER}cdef0123456789abcdef01"/>'),
        ("docProps/custom.xml", f'<property name="_AdHocReviewCycleID"><vt:i4>-{NUMBER}</vt:i4></property>'),
        ("xl/media/image1.svg", f'<svg><path d="M{GROUPED} 100 200"/></svg>'),
        ("xl/embeddings/file1.bin", "xref\n0 2\n0000000019 00000 n \n0000000019 00000 f \n"),
    ],
)
def test_what_programs_number_by_themselves_is_no_nhs_number(part: str, content: str) -> None:
    assert where(repacked(PLAIN, **{part.replace("/", "__"): content.encode()})) == []


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/charts/chart1.xml", f'<c:v><c:axId val="1"/><a:t>{GROUPED}</a:t></c:v>'),
        ("customXml/item1.xml", f"<p><_dlc_DocId>DH4QNQ7CHQPH-1-129</_dlc_DocId><n>{NUMBER}</n></p>"),
        ("customXml/item1.xml", f"<p><n>PATIENT-{NUMBER}-1</n></p>"),
        ("customXml/item2.xml", f'<x a="ref{NUMBER}"/>'),
        ("docProps/custom.xml", f'<property name="about"><vt:i4>{NUMBER}</vt:i4></property>'),
        ("xl/media/image1.svg", f"<svg><text>{GROUPED}</text></svg>"),
        ("xl/embeddings/file1.bin", f"xref 0000000019 00000 n patient {NUMBER}"),
    ],
)
def test_a_number_beside_what_programs_number_is_found(part: str, content: str) -> None:
    assert len(where(repacked(PLAIN, **{part.replace("/", "__"): content.encode()}))) == 1


def test_a_number_around_the_cells_is_found_however_the_tags_are_written() -> None:
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
    spaced = xml.replace(b"</sheetData>", b"</sheetData >")
    header = f"<headerFooter><oddHeader>{GROUPED}</oddHeader></headerFooter></worksheet>".encode()
    assert where(repacked(PLAIN, xl__worksheets__sheet1_xml=spaced)) == []
    found = where(repacked(PLAIN, xl__worksheets__sheet1_xml=spaced.replace(b"</worksheet>", header)))
    assert found == [", in a page header, a drop-down list, a prompt or a condition of the worksheet"]


def test_tags_that_open_again_and_again_are_searched_once() -> None:
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").replace(b"</sheetData>", b"</sheetData >")
    hostile = xml.replace(b"</worksheet>", b"<sheetData></sheetData >" * 40_000 + b"</worksheet>")
    begun = time.perf_counter()
    assert where(repacked(PLAIN, xl__worksheets__sheet1_xml=hostile)) == []
    # once for each tag it would be minutes
    assert time.perf_counter() - begun < 20
