"""Signatures that minisign makes and checks: Ed25519 over the BLAKE2b hash of a file.

https://jedisct1.github.io/minisign/#format-of-the-signature-files
"""

import binascii
import hashlib
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from lod.errors import Position, ReleaseError

_COMMENT, _TRUSTED = "untrusted comment: ", "trusted comment: "
_KEY, _HASHED, _SCRYPT, _OPEN, _BLAKE2B = b"Ed", b"ED", b"Sc", bytes(2), b"B2"
_ID, _SEED, _PAIR = 8, 32, 64
_SECRET_SIZE, _PUBLIC_SIZE = 158, 42
_KEY_HINT = "A secret key is the file that `minisign -G` writes, such as minisign.key."
_PUBLIC_HINT = "A public key is the file that `minisign -G` writes, such as minisign.pub, or its second line."


class BadSignature(Exception):
    """A signature is not of this key, or not of this file."""


@dataclass(frozen=True)
class PublicKey:
    """What signatures are checked by."""

    id: bytes
    key: bytes

    def check(self, content: bytes, signature: str) -> str:
        """Return a signature's trusted comment; raise BadSignature where it is not of this key and content."""
        algorithm, key_id, signed, comment, over_comment = _parts(signature)
        if key_id != self.id:
            raise BadSignature(f"is by the key {_name(key_id)}, not {_name(self.id)}")
        if algorithm not in (_KEY, _HASHED):
            raise BadSignature("is of no known algorithm")
        self._verify(signed, _hash(content) if algorithm == _HASHED else content, "is not of this file")
        self._verify(over_comment, signed + comment.encode(), "has a trusted comment that was changed")
        return comment

    def _verify(self, signature: bytes, content: bytes, otherwise: str) -> None:
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, content)
        except InvalidSignature:
            raise BadSignature(otherwise) from None


@dataclass(frozen=True)
class SecretKey:
    """What signs."""

    id: bytes
    seed: bytes

    def sign(self, content: bytes, comment: str) -> str:
        """Return the text of a signature file; `comment` is signed too."""
        key = Ed25519PrivateKey.from_private_bytes(self.seed)
        signed = key.sign(_hash(content))
        over_comment = key.sign(signed + comment.encode())
        lines = (
            f"{_COMMENT}signature by the key {_name(self.id)}",
            b64encode(_HASHED + self.id + signed).decode(),
            f"{_TRUSTED}{comment}",
            b64encode(over_comment).decode(),
        )
        return "".join(f"{line}\n" for line in lines)


def read_public_key(text: str) -> PublicKey:
    """Read a public key: the name of its file, or the key itself; raise ReleaseError where it is none."""
    content = text if len(text) == len(b64encode(bytes(_PUBLIC_SIZE))) else _second_line(Path(text), _PUBLIC_HINT)
    try:
        decoded = b64decode(content, validate=True)
    except ValueError:
        decoded = b""
    if len(decoded) != _PUBLIC_SIZE or not decoded.startswith(_KEY):
        raise ReleaseError("is no public key", at=Position(text), hint=_PUBLIC_HINT)
    return PublicKey(decoded[2 : 2 + _ID], decoded[2 + _ID :])


def read_secret_key(path: Path, password: Callable[[], str]) -> SecretKey:
    """Read a secret key, with the password that it asks for where it is encrypted; raise ReleaseError."""
    try:
        decoded = b64decode(_second_line(path, _KEY_HINT), validate=True)
    except ValueError:
        decoded = b""
    algorithm, derivation, check = decoded[:2], decoded[2:4], decoded[4:6]
    known = derivation in (_SCRYPT, _OPEN) and (algorithm, check) == (_KEY, _BLAKE2B)
    if len(decoded) != _SECRET_SIZE or not known:
        raise ReleaseError("is no secret key", at=Position(str(path)), hint=_KEY_HINT)
    secret = decoded[54:] if derivation == _OPEN else _opened(decoded, path, password())
    return SecretKey(secret[:_ID], secret[_ID : _ID + _SEED])


def _opened(decoded: bytes, path: Path, password: str) -> bytes:
    """Return what a password encrypts: id, key pair, and their hash."""
    operations, memory = (int.from_bytes(decoded[place : place + 8], "little") for place in (38, 46))
    stream = _scrypt(password, decoded[6:38], operations, memory, _SECRET_SIZE - 54)
    secret = bytes(left ^ right for left, right in zip(decoded[54:], stream, strict=True))
    if hashlib.blake2b(decoded[:2] + secret[: _ID + _PAIR], digest_size=32).digest() != secret[_ID + _PAIR :]:
        raise ReleaseError("does not open by this password", at=Position(str(path)))
    return secret


def _scrypt(password: str, salt: bytes, operations: int, memory: int, size: int) -> bytes:
    """Derive bytes as libsodium does from its limits. https://doc.libsodium.org/advanced/scrypt."""
    block, operations = 8, max(operations, 32768)
    few = operations < memory // 32
    most = operations // (block * 4) if few else memory // (block * 128)
    rounds = max(1, (most // 2).bit_length())
    lanes = 1 if few else min((operations // 4) >> rounds, 0x3FFFFFFF) // block
    needed = 128 * block * ((1 << rounds) + lanes + 2)
    return hashlib.scrypt(password.encode(), salt=salt, n=1 << rounds, r=block, p=lanes, maxmem=needed, dklen=size)


def _parts(signature: str) -> tuple[bytes, bytes, bytes, str, bytes]:
    """Return a signature's algorithm, key, bytes, trusted comment, and the signature over both."""
    try:
        _, first, comment, last = signature.splitlines()
        signed, over_comment = b64decode(first, validate=True), b64decode(last, validate=True)
    except (ValueError, binascii.Error):
        raise BadSignature("is no signature of minisign") from None
    if len(signed) != 2 + _ID + _PAIR or len(over_comment) != _PAIR or not comment.startswith(_TRUSTED):
        raise BadSignature("is no signature of minisign")
    return signed[:2], signed[2 : 2 + _ID], signed[2 + _ID :], comment.removeprefix(_TRUSTED), over_comment


def _second_line(path: Path, hint: str) -> str:
    try:
        return path.read_text(encoding="utf-8").splitlines()[1]
    except (OSError, ValueError, IndexError) as error:
        what = error.strerror if isinstance(error, OSError) else "it is no key of minisign"
        raise ReleaseError(f"cannot be read: {what}", at=Position(str(path)), hint=hint) from error


def _hash(content: bytes) -> bytes:
    return hashlib.blake2b(content).digest()


def _name(key_id: bytes) -> str:
    """Return a key's name as minisign shows it."""
    return key_id[::-1].hex().upper()
