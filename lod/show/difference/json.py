"""A difference as JSON.

old, new      what was compared
same          whether no entity differs
statements    how many are `removed` and how many `added`, those of rows, run and lineage too
counts        by kind of entity: how many are new, changed, withdrawn, restored, gone, same
entities      those that are not as they were, by kind and IRI, each with kind, iri, label, became, withoutAWord (gone,
              and neither retracted nor replaced) and changes, each with what (the word for it), node, property, before
              and after: values with value and type (iri or literal), and datatype, language or label where there is one
"""

import json

from lod.difference import Change, Difference, Fate, Value


def difference_json(difference: Difference) -> str:
    """Return a difference as JSON with stable member names."""
    document = {
        "old": difference.old,
        "new": difference.new,
        "same": not difference,
        "statements": {"removed": difference.removed, "added": difference.added},
        "counts": difference.counts(),
        "entities": [_fate(fate) for fate in difference.fates],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _fate(fate: Fate) -> dict[str, object]:
    return {
        "kind": fate.kind,
        "iri": fate.iri,
        "label": fate.label,
        "became": fate.became,
        "withoutAWord": fate.without_a_word,
        "changes": [_change(change) for change in fate.changes],
    }


def _change(change: Change) -> dict[str, object]:
    sides = {name: [_value(each) for each in getattr(change, name)] for name in ("before", "after")}
    return {"what": change.what, "node": change.node, "property": change.property, **sides}


def _value(value: Value) -> dict[str, str]:
    more = {name: getattr(value, name) for name in ("datatype", "language", "label") if getattr(value, name)}
    return {"value": value.text, "type": "literal" if value.literal else "iri", **more}
