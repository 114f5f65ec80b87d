"""Pictures with content credentials, signed with a chain of certificates made for the test."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import c2pa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image

MANIFEST = {
    "claim_generator_info": [{"name": "Acme field camera", "version": "3"}],
    "title": "Craters at the well",
    "assertions": [
        {"label": "c2pa.actions", "data": {"actions": [{"action": "c2pa.created", "digitalSourceType":
            "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"}]}},
    ],
}  # fmt: skip


def _certificate(
    name: str, key: ec.EllipticCurvePrivateKey, issuer: str, by: ec.EllipticCurvePrivateKey, ca: bool
) -> bytes:
    def named(text: str) -> x509.Name:
        return x509.Name(
            [x509.NameAttribute(NameOID.COMMON_NAME, text), x509.NameAttribute(NameOID.ORGANIZATION_NAME, text)]
        )

    now = datetime.now(UTC)
    usage = x509.KeyUsage(not ca, False, False, False, False, ca, ca, False, False)
    made = (
        x509.CertificateBuilder().subject_name(named(name)).issuer_name(named(issuer)).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365)).add_extension(x509.BasicConstraints(ca, None), True)
        .add_extension(usage, True).add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), False)
    )  # fmt: skip
    if not ca:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), False)
    return made.sign(by, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def signed_picture(remote: str = "") -> bytes:
    """Return a JPEG with credentials in it; or, with `remote`, one that says they lie at that address."""
    root, leaf = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    chain = _certificate("Acme cameras", leaf, "Acme root", root, False) + _certificate(
        "Acme root", root, "Acme root", root, True
    )
    secret = leaf.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    signer = c2pa.Signer.from_info(c2pa.C2paSignerInfo(b"es256", chain, secret, None))
    plain, made = io.BytesIO(), io.BytesIO()
    Image.linear_gradient("L").resize((320, 240)).convert("RGB").save(plain, "JPEG")
    plain.seek(0)
    builder = c2pa.Builder(MANIFEST)
    if remote:
        builder.set_no_embed()
        builder.set_remote_url(remote)
    builder.sign(signer, "image/jpeg", plain, made)
    return made.getvalue()
