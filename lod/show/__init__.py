"""What commands print: results as text, CSV, JSON or HTML."""

from lod.show.comparison import contradictions_csv, contradictions_text, lineage_csv, lineage_text
from lod.show.difference import difference_html, difference_json, difference_text
from lod.show.terminal import (
    accounts_table,
    plan_text,
    traces_text,
    trail_json,
    trail_text,
    trail_turtle,
    write_lines,
    write_text,
)

__all__ = [
    "accounts_table",
    "contradictions_csv",
    "contradictions_text",
    "difference_html",
    "difference_json",
    "difference_text",
    "lineage_csv",
    "lineage_text",
    "plan_text",
    "traces_text",
    "trail_json",
    "trail_text",
    "trail_turtle",
    "write_lines",
    "write_text",
]
