"""Workbooks of one or more sheets, written part by part as their standards say, with cells that no library writes."""

import io
import zipfile
from html import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
DAY, MOMENT, LENGTH, CLOCK = 1, 2, 3, 4  # the formats of numbers, by their place among the styles

Rows = list[list[str]]


def text(value: str) -> str:
    return f't="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is>'


def number(value: object, style: int = 0) -> str:
    return f's="{style}"><v>{value}</v>'


def typed(kind: str, value: str, formula: str = "") -> str:
    return f't="{kind}">{f"<f>{formula}</f>" if formula else ""}<v>{value}</v>'


def xlsx(**sheets: Rows) -> bytes:
    """Return an Excel workbook; a cell is what stands behind its reference, none where it is empty."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"{_SHEET}.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="{_SHEET}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="w" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">'
        + "".join(
            f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/s{n}.xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        + f'<Relationship Id="s" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" '
        'formatCode="[h]:mm:ss"/></numFmts><cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/>'
        '<xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="20"/></cellXfs></styleSheet>',
    }
    for n, rows in enumerate(sheets.values(), 1):
        lines = "".join(f'<row r="{line}">{_cells(line, row)}</row>' for line, row in enumerate(rows, 1) if row)
        parts[f"xl/worksheets/s{n}.xml"] = f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'
    return _archive(parts)


def _cells(line: int, row: list[str]) -> str:
    return "".join(f'<c r="{chr(ord("A") + place)}{line}" {cell}</c>' for place, cell in enumerate(row) if cell)


def ods(**sheets: Rows) -> bytes:
    """Return an OpenDocument workbook; a cell is its attributes, its text behind a bar."""
    tables = "".join(
        f'<table:table table:name="{name}">'
        + "".join(f"<table:table-row>{_ods_cells(row)}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    spaces = "".join(f' xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "table", "text"))
    calc = ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return _archive(
        {
            "mimetype": kind,
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{_ODF}:manifest:1.0"><m:file-entry m:full-path="/" '
            f'm:media-type="{kind}"/></m:manifest>',
            "content.xml": f'<office:document-content{spaces}{calc} office:version="1.2"><office:body>'
            f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        }
    )  # fmt: skip


def _ods_cells(row: list[str]) -> str:
    parts = (cell.partition("|") for cell in row)
    return "".join(
        f"<table:table-cell {kind}><text:p>{escape(said)}</text:p></table:table-cell>" for kind, _, said in parts
    )


def value(kind: str, said: object = None, shown: str = "") -> str:
    """Return an OpenDocument cell: its type, its value, and what a person sees."""
    names = {"date": "date-value", "time": "time-value", "boolean": "boolean-value"}
    stated = "" if said is None else f' office:{names.get(kind, "value")}="{said}"'
    return f'office:value-type="{kind}"{stated}|{shown}'


def _archive(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return stream.getvalue()
