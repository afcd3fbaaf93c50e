"""Addresses of pages: what is wrong with one, and how it looks once cleaned."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

_TRACKERS = frozenset((
    "ref", "ref_", "ref_src", "ref_url", "referrer", "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid",
    "msclkid", "yclid", "twclid", "ttclid", "igshid", "igsh", "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi",
    "hsctatracking", "vero_id", "oly_enc_id", "oly_anon_id", "s_cid", "wickedid", "spm", "trk", "trkinfo",
    "irclickid", "irgwc", "ranmid", "raneaid", "ransiteid", "siteid", "affiliate", "aff", "aff_id",
    "couponcode", "_ga", "_gl", "cmpid",
))  # fmt: skip
_SHORTENERS = frozenset((
    "bit.ly", "t.co", "goo.gl", "tinyurl.com", "ow.ly", "is.gd", "v.gd", "buff.ly", "lnkd.in", "amzn.to",
    "rebrand.ly", "cutt.ly", "rb.gy", "shorturl.at", "t.ly", "dlvr.it", "trib.al", "tiny.cc", "soo.gd",
    "bl.ink", "git.io", "fb.me", "adf.ly", "s.id", "bitly.com", "short.io", "shorturl.com", "x.gd", "tiny.one",
    "urlz.fr", "qr.ae",
))  # fmt: skip
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+\Z")


def is_public_https(url: str) -> bool:
    """Tell whether anybody can open the address safely."""
    parts = _split(url)
    if parts is None or parts.scheme != "https" or re.search(r"[\s<>\"\\]", url):
        return False
    host = parts.hostname or ""
    return bool(_HOST.match(host)) and not parts.username and not _is_number(host) and not _is_local(host)


def trackers(url: str) -> list[str]:
    """Return the names of the parameters that only watch the reader."""
    parts = _split(url)
    return [name for name in map(_name, parts.query.split("&")) if _is_tracker(name)] if parts else []


def without_trackers(url: str) -> str:
    """Return the address without those parameters, the rest untouched."""
    parts = _split(url)
    if parts is None:
        return url
    kept = "&".join(pair for pair in parts.query.split("&") if not _is_tracker(_name(pair)))
    return urlunsplit(parts._replace(query=kept)) if kept != parts.query else url


def is_shortened(url: str) -> bool:
    """Tell whether the address hides where it leads."""
    return host_of(url) in _SHORTENERS


def host_of(url: str) -> str:
    """Return the host without a leading www."""
    parts = _split(url)
    return (parts.hostname or "").removeprefix("www.") if parts else ""


def same_page_key(url: str) -> str:
    """Return a text that is equal for addresses of the same page."""
    parts = _split(without_trackers(url))
    if parts is None:
        return url
    fragment = parts.fragment if parts.fragment.startswith(("/", "!")) else ""
    return f"{host_of(url)}{parts.path.rstrip('/')}?{parts.query}#{fragment}"


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.hostname, parts.port
    except ValueError:
        return None
    return parts


def _name(pair: str) -> str:
    return pair.partition("=")[0].lower()


def _is_tracker(name: str) -> bool:
    return name.startswith("utm_") or name in _TRACKERS


def _is_number(host: str) -> bool:
    if not host[-1:].isdigit():  # most end in letters, and asking costs
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_local(host: str) -> bool:
    return host.endswith((".local", ".localhost", ".internal", ".invalid", ".test"))
