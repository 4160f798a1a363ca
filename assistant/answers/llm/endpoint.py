"""Where the language model is asked: an OpenAI-compatible address that stays in the house unless told otherwise."""

from __future__ import annotations

import os
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from pydantic import Field

from corpus.document import Frozen
from corpus.errors import InvalidSetting

__all__ = ["Endpoint", "key_from", "refused"]

_INSIDE = tuple(
    ip_network(n) for n in ("127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
)
"""Loopback and the private networks of RFC 1918 and RFC 4193. A name may be pointed anywhere, so only numbers count."""


class Endpoint(Frozen):
    """`base_url` ends before `/chat/completions`; `timeout_s` bounds a whole reply, in seconds.

    `largest_reply` bounds what is read of one reply, in bytes.
    """

    base_url: str
    model: str
    timeout_s: float = Field(default=20, gt=0)
    key: str | None = Field(default=None, repr=False)
    largest_reply: int = 1_000_000

    @property
    def url(self) -> str:
        """The address that answers chat completions."""
        return self.base_url.rstrip("/") + "/chat/completions"


def refused(base_url: str, allow_remote: bool) -> str:
    """Why `base_url` may not be used, as a Vietnamese phrase; "" when it may."""
    try:
        parts = urlsplit(base_url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "không phải địa chỉ hợp lệ"
    if parts.scheme not in ("http", "https") or not host:
        return "cần dạng http://127.0.0.1:8080/v1"
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        return "không được kèm mật khẩu, ? hay #; khóa đặt trong biến môi trường nêu ở llm_key_env"
    if allow_remote or _inside(host):
        return ""
    return "địa chỉ nằm ngoài máy và mạng nội bộ; nếu đúng là muốn gửi ra đó, hãy đặt llm_allow_remote = true"


def key_from(variable: str | None) -> str | None:
    """The key in the environment variable `variable`; None where no variable is named.

    Raises:
        InvalidSetting: the variable is empty or holds what cannot stand in a header.
    """
    if variable is None:
        return None
    key = os.environ.get(variable, "").strip()
    if not key:
        raise InvalidSetting(
            f"llm_key_env = {variable!r}: biến môi trường này chưa có khóa; hãy đặt nó hoặc bỏ dòng này"
        )
    if not (key.isascii() and key.isprintable()):
        raise InvalidSetting(f"llm_key_env = {variable!r}: khóa trong biến này có ký tự không dùng được")
    return key


def _inside(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in _INSIDE)
