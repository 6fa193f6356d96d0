"""Authenticated encryption of what lies beside the database: AES-256-GCM, keys by HKDF and scrypt.

The library is `cryptography`; nothing here is of our own invention.
"""

import os
from typing import Final

KEY_BYTES: Final = 32
_NONCE_BYTES = 12
_SCRYPT_N, _SCRYPT_R, _SCRYPT_P = 2**17, 8, 1
"""OWASP's first choice for scrypt: 128 MiB and some tenths of a second a guess."""


class Unreadable(ValueError):
    """Sealed bytes that this key does not open, or that are not what was sealed."""


def new_key() -> bytes:
    """A key out of the system's randomness."""
    return os.urandom(KEY_BYTES)


def seal(key: bytes, content: bytes, bound: bytes) -> bytes:
    """Encrypt. `bound` is what the content belongs to; opening asks for the same."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, bound)


def unseal(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    """What `seal` sealed. Raises `Unreadable` for another key, another place, or a changed bit."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound)
    except (InvalidTag, ValueError) as why:
        raise Unreadable("not sealed with this key, or changed since") from why


def derive(key: bytes, purpose: str) -> bytes:
    """A key for one purpose out of another."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    info = f"eerst-begrip {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(key)


def from_passphrase(passphrase: str, salt: bytes) -> bytes:
    """The key that a passphrase makes."""
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    kdf = Scrypt(salt=salt, length=KEY_BYTES, n=_SCRYPT_N, r=_SCRYPT_R, p=_SCRYPT_P)
    return kdf.derive(passphrase.encode("utf-8"))
