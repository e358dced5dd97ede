"""Text that can stand in an IRI, a URI or a blank node's label, as engine functions."""

from lod.functions.arrow import of_values
from lod.terms import iri_safe, label_safe, uri_safe

encode_iri = of_values(iri_safe)
encode_uri = of_values(uri_safe)
blank_label = of_values(label_safe)
