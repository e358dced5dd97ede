"""What `map.ttl` says, in maplib's templates over Polars' columns: python by_maplib.py OUTPUT, where the CSV files are.

The interpreter has maplib (python -m venv peer && peer/bin/pip install maplib).
"""

import sys

import polars as pl
from maplib import Model

PREFIXES = """
@prefix ex: <http://example.org/map#> . @prefix ottr: <http://ns.ottr.xyz/0.4/> . @prefix schema: <http://schema.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
LANGUAGE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


def iri(kind: str, column: str) -> pl.Expr:
    """Return IRIs of a kind; of what an IRI cannot hold, spaces alone are in the records."""
    return f"http://example.org/{kind}/" + pl.col(column).str.replace_all(" ", "%20", literal=True)


def english(column: str) -> pl.Expr:
    """Return texts as maplib wants those with a language."""
    return pl.struct(pl.col(column).alias(f"<{LANGUAGE}>"), pl.lit("en").alias("l"))


def day(column: str) -> pl.Expr:
    """Return dates."""
    return pl.col(column).str.to_date()


# For each file its class, its subjects, and by property a datatype with its column.
FILES: dict[str, tuple[str, pl.Expr, dict[str, tuple[str, pl.Expr]]]] = {
    "claims": (
        "Claim",
        iri("claim", "id"),
        {
            "text": ("rdf:langString", english("text")),
            "about": ("ottr:IRI", iri("event", "event")),
            "appearance": ("ottr:IRI", iri("source", "source")),
            "author": ("ottr:IRI", iri("agent", "claimant")),
            "value": ("xsd:integer", pl.col("value").cast(pl.Int64)),
            "datePublished": ("xsd:date", day("date")),
            "url": ("ottr:IRI", pl.col("url")),
        },
    ),
    "events": (
        "Event",
        iri("event", "id"),
        {"name": ("rdf:langString", english("label")), "startDate": ("xsd:date", day("start"))},
    ),
    "sources": (
        "Article",
        iri("source", "id"),
        {"headline": ("rdf:langString", english("title")), "publisher": ("ottr:IRI", iri("agent", "publisher"))},
    ),
}


def main() -> None:
    """Map the files and write N-Triples."""
    model = Model()
    for name, (kind, subject, objects) in FILES.items():
        arguments = ", ".join(f"{datatype} ?{key}" for key, (datatype, _) in objects.items())
        triples = ", ".join(f"ottr:Triple(?subject, schema:{key}, ?{key})" for key in objects)
        model.add_template(
            f"{PREFIXES} ex:{name} [ ottr:IRI ?subject, {arguments} ] :: "
            f"{{ ottr:Triple(?subject, a, schema:{kind}), {triples} }} ."
        )
        columns = {key: made for key, (_, made) in objects.items()}
        model.map(
            f"http://example.org/map#{name}",
            pl.read_csv(f"{name}.csv", infer_schema=False).select(subject=subject, **columns),
        )
    model.write(sys.argv[1], format="ntriples")


if __name__ == "__main__":
    main()
