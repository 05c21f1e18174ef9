"""The text that comes out of text, Word, web and PDF files."""

from pathlib import Path
from typing import BinaryIO

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from knowledge.errors import DocumentError
from knowledge.intake.extraction import read_text

MEASURES = "星河市残疾人就业办法\n第一条 为了促进就业，制定本办法。\n第二条 每人每年补贴500元。\n"


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


# Text ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_file_is_read_in_the_encodings_people_save(tmp_path: Path, encoding: str) -> None:
    assert read_text(written(tmp_path / "a.txt", MEASURES.encode(encoding))) == MEASURES


def test_indents_blank_lines_and_invisible_characters_are_dropped(tmp_path: Path) -> None:
    text = "\u3000\u3000一、目标\r\n\r\n\u200b  每年100人。\u00a0\r\n\x07"

    assert read_text(written(tmp_path / "a.txt", text.encode())) == "一、目标\n每年100人。\n"


def test_a_number_alone_in_its_line_is_put_before_its_words(tmp_path: Path) -> None:
    text = "第一章\n总则\n第一条\n为了就业。\n（一）\n甲。\n"

    assert read_text(written(tmp_path / "a.txt", text.encode())) == "第一章 总则\n第一条 为了就业。\n（一）甲。\n"


# What cannot be read -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0", "save it as .docx"),
        ("a.wps", b"x", "cannot read .wps; use .txt, .docx, .html, .htm, .pdf"),
        ("a", b"x", "a file without a suffix"),
        ("a.txt", b"", "holds no text"),
        ("a.txt", b" \n\n", "holds no text"),
        ("a.txt", b"\x00\x01\x02\xff", "not text in UTF-8 or GB18030"),
        ("a.html", b"<html><script>1</script></html>", "holds no text"),
        ("a.docx", b"no archive", "no Word file"),
        ("a.docx", b"PK\x03\x04 cut short", "no Word file"),
        ("a.pdf", b"", "no PDF file"),
        ("a.pdf", b"%PDF-1.7 cut short", "no PDF file"),
    ],
)
def test_an_error_names_the_file_and_what_to_do(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = written(tmp_path / name, content)

    with pytest.raises(DocumentError) as error:
        read_text(path)

    assert str(error.value).startswith(f"{path}: ")
    assert says in str(error.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="there is no such file"):
        read_text(tmp_path / "absent.txt")


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path, mode: str) -> BinaryIO:
        raise PermissionError(13, "Permission denied")

    path = written(tmp_path / "a.txt", b"x")
    monkeypatch.setattr(Path, "open", refuse)

    with pytest.raises(DocumentError, match="cannot be opened .Permission denied."):
        read_text(path)


# Word ----------------------------------------------------------------------------------------------------------------


def saved(document: Document, folder: Path) -> Path:
    path = folder / "a.docx"
    document.save(str(path))
    return path


def number_paragraph(paragraph: Paragraph, depth: int) -> None:
    xml = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(xml))


def add_list(document: Document, *levels: tuple[str, str]) -> None:
    """The list 77, whose levels print numbers of a kind by a pattern, such as ("chineseCounting", "%1、")."""
    xml = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, (kind, pattern) in enumerate(levels)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{xml}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def test_word_paragraphs_and_table_rows_come_in_document_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("一、补贴标准")
    table = document.add_table(2, 2)
    for cell, text in zip(
        (*table.rows[0].cells, *table.rows[1].cells), ("项目", "金额", "首次就业", "500元"), strict=True
    ):
        cell.text = text
    document.add_paragraph("二、申请\n向县残联申请。")

    assert read_text(saved(document, tmp_path)).splitlines() == [
        "一、补贴标准",
        "项目 金额",
        "首次就业 500元",
        "二、申请",
        "向县残联申请。",
    ]


def test_a_merged_table_cell_is_read_once(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(1, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合计"
    table.cell(0, 2).text = "800元"

    assert read_text(saved(document, tmp_path)) == "合计 800元\n"


def test_numbers_that_word_prints_by_itself_are_put_back(tmp_path: Path) -> None:
    document = docx.Document()
    add_list(document, ("chineseCounting", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."))
    for depth, text in (
        (0, "目标"),
        (0, "任务"),
        (1, "就业"),
        (2, "开发岗位"),
        (2, "办好培训"),
        (1, "创业"),
        (2, "给予补贴"),
    ):
        number_paragraph(document.add_paragraph(text), depth)

    assert read_text(saved(document, tmp_path)).splitlines() == [
        "一、目标",
        "二、任务",
        "（一）就业",
        "1.开发岗位",
        "2.办好培训",
        "（二）创业",
        "1.给予补贴",
    ]


def test_articles_that_a_word_style_numbers_go_past_ten(tmp_path: Path) -> None:
    document = docx.Document()
    add_list(document, ("chineseCounting", "第%1条"))
    style = document.styles.add_style("条", 1)
    style.element.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="77"/></w:numPr>'))
    for _ in range(21):
        document.add_paragraph("内容。", style="条")

    lines = read_text(saved(document, tmp_path)).splitlines()

    assert [lines[i] for i in (0, 9, 10, 20)] == [
        "第一条 内容。",
        "第十条 内容。",
        "第十一条 内容。",
        "第二十一条 内容。",
    ]


def test_word_bullets_have_no_number(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("岗位补贴", style="List Bullet")

    assert read_text(saved(document, tmp_path)) == "岗位补贴\n"


def test_a_word_list_that_cannot_be_read_says_what_to_do(tmp_path: Path) -> None:
    document = docx.Document()
    add_list(document, ("upperRoman", "%1."))
    number_paragraph(document.add_paragraph("目标"), 0)

    with pytest.raises(DocumentError, match="upperRoman.*save the document as plain text"):
        read_text(saved(document, tmp_path))


def test_tracked_changes_count_as_accepted(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("补贴")
    for xml in (
        "<w:del {0}><w:r><w:delText>300</w:delText></w:r></w:del>",
        "<w:ins {0}><w:r><w:t>500</w:t></w:r></w:ins>",
    ):
        paragraph._p.append(parse_xml(xml.format(nsdecls("w"))))
    paragraph.add_run("元。")

    assert read_text(saved(document, tmp_path)) == "补贴500元。\n"


def test_text_in_a_word_content_control_is_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("前。")
    control = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>中。</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    document.element.body.insert(1, control)

    assert read_text(saved(document, tmp_path)) == "前。\n中。\n"


# Web pages -----------------------------------------------------------------------------------------------------------

PAGE = """\
<html><head><meta charset="gb2312"><title>网页</title><style>p {color: red}</style></head><body>
<header>政府网站</header><nav><a>首页</a></nav><script>alert("弹窗")</script>
<h1>星河市残疾人
   就业办法</h1>
<p>第一条&nbsp;为了<b>促进</b>就业，<span>制定本办法。</span></p><p>第二条 标准：<br>每年500元。</p>
<table><tr><th><p>项目</p></th><th>金额</th></tr><tr><td>首次就业</td><td>500元</td></tr></table>
<div>第三条 自印发之日起施行。<div>（一）甲。</div></div><footer>版权所有</footer><!-- 注释 --></body></html>
"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_web_page_gives_its_main_text_with_a_line_for_each_block(tmp_path: Path, encoding: str) -> None:
    assert read_text(written(tmp_path / "a.html", PAGE.encode(encoding))).splitlines() == [
        "星河市残疾人就业办法",
        "第一条 为了促进就业，制定本办法。",
        "第二条 标准：",
        "每年500元。",
        "项目 金额",
        "首次就业 500元",
        "第三条 自印发之日起施行。",
        "（一）甲。",
    ]


def test_the_main_part_of_a_page_wins_over_what_stands_beside_it(tmp_path: Path) -> None:
    page = "<body><div>热门新闻</div><main><p>一、目标</p></main><aside>广告</aside></body>"

    assert read_text(written(tmp_path / "a.htm", page.encode())) == "一、目标\n"


def test_a_web_list_gets_the_numbers_that_the_browser_prints(tmp_path: Path) -> None:
    page = "<ol><li>申请表</li><li>身份证</li></ol><ol start=3><li>残疾人证</li><li>4.照片</li></ol>"

    assert read_text(written(tmp_path / "a.html", page.encode())).splitlines() == [
        "1.申请表",
        "2.身份证",
        "3.残疾人证",
        "4.照片",
    ]


# PDF -----------------------------------------------------------------------------------------------------------------


def pdf(*pages: tuple[str, ...]) -> PdfWriter:
    """A PDF with real Chinese text, as Word prints it: an Identity-H font whose ToUnicode map gives the characters."""
    characters = sorted({character for page in pages for line in page for character in line})
    mapping = "\n".join(f"<{ord(each):04X}> <{ord(each):04X}>" for each in characters[:100])
    assert len(characters) <= 100, "a bfchar block holds at most 100 characters"
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Text def /CMapType 2 def "
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange {len(characters)} beginbfchar\n{mapping}\n"
        "endbfchar endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    writer = PdfWriter()
    system = {
        "Registry": TextStringObject("Adobe"),
        "Ordering": TextStringObject("Identity"),
        "Supplement": NumberObject(0),
    }
    descendant = named(
        Type="Font", Subtype="CIDFontType2", BaseFont="SimSun", DW=NumberObject(1000), CIDSystemInfo=named(**system)
    )
    font = named(
        Type="Font",
        Subtype="Type0",
        BaseFont="SimSun",
        Encoding="Identity-H",
        DescendantFonts=ArrayObject([writer._add_object(descendant)]),
        ToUnicode=writer._add_object(stream(cmap)),
    )
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        shown = " ".join(
            f"BT /F1 16 Tf 80 {760 - 28 * row} Td <{line.encode('utf-16-be').hex()}> Tj ET"
            for row, line in enumerate(lines)
        )
        page[NameObject("/Resources")] = named(Font=named(F1=writer._add_object(font)))
        page[NameObject("/Contents")] = writer._add_object(stream(shown))
    return writer


def named(**entries: object) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject(f"/{key}"): NameObject(f"/{value}") if type(value) is str else value
            for key, value in entries.items()
        }
    )


def stream(content: str) -> DecodedStreamObject:
    made = DecodedStreamObject()
    made.set_data(content.encode("latin-1"))
    return made


def printed(writer: PdfWriter, folder: Path) -> Path:
    path = folder / "a.pdf"
    writer.write(path)
    return path


def test_lines_that_the_page_broke_are_put_together_and_page_numbers_dropped(tmp_path: Path) -> None:
    pages = (
        (
            "星河市残疾人就业办法",
            "一、总体要求",
            "坚持政府主导、社会参与，促进残疾人充",
            "分就业，2025年新增就业",
            "二、工作任务",
            "（一）开发岗位。每年开发公益性岗位，安",
            "— 1 —",
        ),
        ("排残疾人就业。每人每年补贴1000元，占", "1.5%的部分由市级财政承担。", "（二）加强培训。免费培训。", "- 2 -"),
    )

    assert read_text(printed(pdf(*pages), tmp_path)).splitlines() == [
        "星河市残疾人就业办法",
        "一、总体要求",
        "坚持政府主导、社会参与，促进残疾人充分就业，2025年新增就业",
        "二、工作任务",
        "（一）开发岗位。每年开发公益性岗位，安排残疾人就业。每人每年补贴1000元，占1.5%的部分由市级财政承担。",
        "（二）加强培训。免费培训。",
    ]


def test_a_number_that_a_font_names_by_its_radical_is_a_number(tmp_path: Path) -> None:
    assert read_text(printed(pdf(("⼀、总体要求", "⼆、任务")), tmp_path)) == "一、总体要求\n二、任务\n"


def test_a_pdf_with_a_password_says_so(tmp_path: Path) -> None:
    writer = pdf(("一、总体要求",))
    writer.encrypt("secret", algorithm="RC4-128")

    with pytest.raises(DocumentError, match="has a password; print it to a new PDF without one"):
        read_text(printed(writer, tmp_path))


def test_a_pdf_that_only_restricts_editing_is_read(tmp_path: Path) -> None:
    writer = pdf(("一、总体要求",))
    writer.encrypt("", owner_password="secret", algorithm="RC4-128")

    assert read_text(printed(writer, tmp_path)) == "一、总体要求\n"


def scan(writer: PdfWriter) -> PdfWriter:
    """A page that is a picture."""
    image = stream("\x00")
    sizes = {name: NumberObject(1) for name in ("Width", "Height")}
    image.update(
        named(Type="XObject", Subtype="Image", ColorSpace="DeviceGray", BitsPerComponent=NumberObject(8), **sizes)
    )
    page = writer.add_blank_page(595, 842)
    page[NameObject("/Resources")] = named(XObject=named(Im1=writer._add_object(image)))
    page[NameObject("/Contents")] = writer._add_object(stream("q 595 0 0 842 0 0 cm /Im1 Do Q"))
    return writer


def test_a_scanned_pdf_says_that_it_is_one(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no text in the PDF: it is a scan.*ocrmypdf"):
        read_text(printed(scan(PdfWriter()), tmp_path))


def test_a_scanned_page_among_others_is_not_lost_in_silence(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="page 2 is a scan"):
        read_text(printed(scan(pdf(("一、总体要求",))), tmp_path))
