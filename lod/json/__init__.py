"""JSON texts, numbers kept as written, and paths into them: for inputs and for functions."""

from lod.json.decode import Decoder, Number, decoded, doubled_member, json_text
from lod.json.path import JsonPath

__all__ = ["Decoder", "JsonPath", "Number", "decoded", "doubled_member", "json_text"]
