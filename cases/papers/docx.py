"""The same paper as DOCX (ECMA-376), to be written on by hand or in a word processor.

Only what a paper needs is written: paragraphs and tables in the faces of the standard, the margins, page numbers. The
same paper gives the same bytes.
"""

import io
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

from cases.papers.sheet import Block, Box, Row, Sheet
from paper.faces import WANTED

TWIPS = 1440 / 25.4
"""In a millimetre."""
MOMENT = (1980, 1, 1, 0, 0, 0)
"""The first that a ZIP knows."""
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MIME = f"{WORD}.document"

RED, GREY = "C00000", "777777"
STYLES = {
    # name: face, half points, where it stands, colour, the first line's indent, before and after in twips
    "Normal": ("body", 32, "both", "", 0, 0, 0),
    "Head": ("title", 60, "center", RED, 0, 0, 240),
    "Bureau": ("title", 32, "center", "", 0, 0, 0),
    "Title": ("title", 44, "center", "", 0, 240, 240),
    "Number": ("body", 32, "center", "", 0, 0, 240),
    "Prose": ("body", 32, "both", "", 640, 0, 0),
    "Large": ("title", 360, "center", "", 0, 480, 480),
    "Cell": ("body", 24, "left", "", 0, 40, 40),
    "Label": ("body", 24, "center", "", 0, 40, 40),
    "Hand": ("body", 24, "right", "", 0, 640, 40),
    "Sealed": ("body", 32, "right", "", 0, 0, 0),
    "Place": ("body", 21, "right", GREY, 0, 0, 0),
    "Mark": ("first", 96, "center", RED, 0, 0, 0),
    "Page": ("number", 28, "center", "", 0, 0, 0),
}
OF_BLOCK = {"to": "Normal", "prose": "Prose", "note": "Normal", "large": "Large"}
BLANK = "＿＿＿＿＿＿　　年　　月　　日"


def docx(sheet: Sheet, *, mark: str = "") -> bytes:
    """`mark` stands at the head, where the paper is no longer valid."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in _parts(sheet, mark):
            package.writestr(zipfile.ZipInfo(name, MOMENT), HEAD + content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _parts(sheet: Sheet, mark: str) -> Iterator[tuple[str, str]]:
    yield (
        "[Content_Types].xml",
        (
            f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{WORD}.styles+xml"/>'
            f'<Override PartName="/word/footer.xml" ContentType="{WORD}.footer+xml"/></Types>'
        ),
    )
    yield "_rels/.rels", _relations(("document", "officeDocument", "word/document.xml"))
    yield (
        "word/_rels/document.xml.rels",
        _relations(("styles", "styles", "styles.xml"), ("footer", "footer", "footer.xml")),
    )
    yield "word/styles.xml", f"<w:styles {NAMESPACES}>{''.join(map(_style, STYLES))}</w:styles>"
    page = (
        '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    )
    yield (
        "word/footer.xml",
        f'<w:ftr {NAMESPACES}><w:p>{_styled("Page")}{page}<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>',
    )
    body = "".join(_body(sheet, mark))
    yield "word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}{_section()}</w:body></w:document>"


def _relations(*targets: tuple[str, str, str]) -> str:
    each = (f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{where}"/>' for name, kind, where in targets)
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(each)}</Relationships>'


def _style(name: str) -> str:
    face, size, where, colour, indent, before, after = STYLES[name]
    family = WANTED[face].own[0]
    tint = f'<w:color w:val="{colour}"/>' if colour else ""
    first = ' w:default="1"' if name == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{first} w:styleId="{name}"><w:name w:val="{name}"/>'
        f'<w:pPr><w:spacing w:before="{before}" w:after="{after}"/>'
        f'<w:ind w:firstLine="{indent}"/><w:jc w:val="{where}"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{family}" w:hAnsi="{family}" w:eastAsia="{family}"/>{tint}'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _body(sheet: Sheet, mark: str) -> Iterator[str]:
    if mark:
        yield _paragraph(mark, "Mark")
    yield _paragraph(sheet.bureau, "Head" if sheet.is_outward else "Bureau")
    if sheet.is_outward:
        yield _paragraph(sheet.label, "Number", "<w:pBdr>" + _line("bottom", 12, RED) + "</w:pBdr>")
    yield _paragraph(sheet.title, "Title")
    if sheet.label and not sheet.is_outward:
        yield _paragraph(sheet.label, "Number")
    for block in sheet.blocks:
        yield from _block(block)
    if sheet.dated:
        yield _paragraph("", "Normal")
        yield from (_paragraph(text, "Sealed") for text in (sheet.bureau, sheet.dated))
        yield _paragraph("（印章）", "Place")


def _block(block: Block) -> Iterator[str]:
    if not block.rows:
        yield from (_paragraph(line, OF_BLOCK[block.look]) for line in block.paragraphs)
        return
    borders = "".join(_line(side, 4) for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    grid = "".join(f'<w:gridCol w:w="{round(width * TWIPS)}"/>' for width in block.widths)
    whole = round(sum(block.widths) * TWIPS)
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{whole}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )
    yield from (_row(row, block.widths) for row in block.rows)
    yield "</w:tbl>"
    yield _paragraph("", "Cell")  # two tables that touch would be one


def _row(row: Row, widths: tuple[int, ...]) -> str:
    cells, at = [], 0
    for box in row.boxes:
        is_serial = at == 0 and box.look == "value"
        cells.append(
            _cell(box, sum(widths[at : at + box.span]), "Label" if is_serial or box.look != "value" else "Cell")
        )
        at += box.span
    is_head = row.boxes[0].look == "head"
    return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if is_head else ''}{''.join(cells)}</w:tr>"


def _cell(box: Box, width: int, style: str) -> str:
    span = f'<w:gridSpan w:val="{box.span}"/>' if box.span > 1 else ""
    said = "".join(_paragraph(line, style) for line in box.paragraphs or [""])
    hand = _paragraph(f"{box.signed}：{BLANK}", "Hand") if box.signed else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{round(width * TWIPS)}" w:type="dxa"/>{span}<w:vAlign w:val="center"/></w:tcPr>'
        f"{said}{hand}</w:tc>"
    )


def _paragraph(text: str, style: str, more: str = "") -> str:
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f"<w:p>{_styled(style, more)}{run}</w:p>"


def _styled(style: str, more: str = "") -> str:
    return f'<w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>'


def _line(side: str, eighths: int, colour: str = "000000") -> str:
    """Of so many eighths of a point."""
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="{colour}"/>'


def _section() -> str:
    """A4 with the margins of GB/T 9704-2012."""
    margins = {"top": 37, "right": 26, "bottom": 35, "left": 28, "header": 15, "footer": 25, "gutter": 0}
    said = " ".join(f'w:{side}="{round(width * TWIPS)}"' for side, width in margins.items())
    size = f'w:w="{round(210 * TWIPS)}" w:h="{round(297 * TWIPS)}"'
    return f'<w:sectPr><w:footerReference w:type="default" r:id="footer"/><w:pgSz {size}/><w:pgMar {said}/></w:sectPr>'
