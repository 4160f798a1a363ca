"""What the person who installs chitieu may set: defaults, then `config.toml` in the home, then `CHITIEU_*`.

python -m assistant.settings    prints the table of `docs/settings.md`
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args, get_origin

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from corpus.errors import InputError, InvalidSetting

__all__ = ["CONFIG", "PREFIX", "Settings", "home_directory", "table"]

CONFIG = "config.toml"
PREFIX = "CHITIEU_"
_CORES = os.cpu_count() or 1
_KINDS = {
    str(int): ("integer", "số nguyên"),
    str(float): ("number", "số"),
    str(bool): ("`true` or `false`", "true hoặc false"),
}


class Settings(BaseSettings):
    """The settings of one home directory; made by `Settings.load`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, validate_default=True)

    database: str | None = Field(
        default=None,
        min_length=1,
        description="URL of the SQL database (SQLAlchemy form), which with PostgreSQL holds the index too "
        "(`docs/scale.md`); empty: `chitieu.db` in the home directory",
        examples=["postgresql+psycopg://chitieu@db.example.vn/chitieu"],
    )
    encoder: str | None = Field(
        default=None,
        min_length=1,
        description="name of the encoder that turns passages into vectors; empty: the bundled one. "
        "Run `chitieu doctor --repair` after a change",
    )
    encoder_query_prefix: str = Field(
        default="",
        max_length=200,
        description="what `encoder` wants before each question (`docs/retrieval.md` names models); the bundled: none",
        examples=["query: "],
    )
    encoder_passage_prefix: str = Field(
        default="",
        max_length=200,
        description="what `encoder` wants before each passage. Run `chitieu doctor --repair` after a change",
        examples=["passage: "],
    )
    reranker: str | None = Field(
        default=None,
        min_length=1,
        description="model that reads the best passages again and has a say in their order: `chitieu-rerank` (bundled; "
        "needs the extra `rerank`), or a cross-encoder or encoder that sentence-transformers loads, by name or folder, "
        "which must be on this machine; empty: none. A question then takes longer (`docs/retrieval.md`)",
        examples=["chitieu-rerank"],
    )
    reranker_query_prefix: str = Field(
        default="", max_length=200, description="what an encoder used as `reranker` wants before each question"
    )
    reranker_passage_prefix: str = Field(
        default="", max_length=200, description="what an encoder used as `reranker` wants before each passage"
    )
    rerank_depth: int = Field(
        default=20, ge=1, le=60, description="how many of the best passages `reranker` reads for a question"
    )
    rerank_weight: float = Field(
        default=1.2,
        ge=0,
        le=20,
        description="how much `reranker` counts in the order of these passages; 0: nothing, 20: it alone decides",
    )
    readers: int = Field(default=_CORES, ge=1, le=64, description="processes that read files at once in `chitieu add`")
    results: int = Field(default=10, ge=1, le=100, description="results of `chitieu search` without `-k`")
    host: str = Field(default="127.0.0.1", min_length=1, description="address that `chitieu serve` listens on")
    port: int = Field(default=8000, ge=0, le=65535, description="port that `chitieu serve` listens on; 0: any free one")
    workers: int = Field(
        default=1, ge=1, le=64, description="processes of `chitieu serve`; they share one index in memory"
    )
    drain_timeout_s: int = Field(
        default=30, ge=1, le=600, description="seconds that requests in hand are given to end when the service stops"
    )
    origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="sites whose pages may embed the widget, separated by commas in the variable; `*`: all",
        examples=["https://intranet.example.vn"],
    )
    max_upload_mb: int = Field(default=32, ge=1, le=1024, description="largest uploaded file, in MB")
    answer_threshold: float = Field(
        default=0.5,
        ge=0,
        le=1,
        description="least confidence of an answer, from 0 to 1; below it a question is declined",
    )
    admin_token: str | None = Field(
        default=None,
        min_length=16,
        description="secret of 16 characters or more that opens `/admin`; empty: there is no `/admin`",
    )
    access: Literal["open", "keys"] = Field(
        default="open",
        description="who may use the service: `open` is everybody who reaches it, `keys` whoever shows a key of "
        "`chitieu key create` or enters by single sign-on (`docs/identity.md`)",
    )
    session_hours: float = Field(default=8, ge=0.1, le=168, description="hours after which people have to enter again")
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        default=("127.0.0.1", "::1"),
        description="addresses or networks of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed, "
        "separated by commas in the variable",
        examples=["10.20.0.0/24"],
    )
    rate_per_key: int = Field(
        default=0, ge=0, le=1_000_000, description="requests a minute of one key or person; 0: no limit"
    )
    rate_per_address: int = Field(
        default=0, ge=0, le=1_000_000, description="requests a minute from one address (IPv6: one /64); 0: no limit"
    )
    request_timeout_s: int = Field(
        default=300, ge=1, le=3600, description="seconds after which a request without an answer is given up"
    )
    upload_timeout_s: int = Field(
        default=300, ge=1, le=3600, description="seconds that the body of a request may take to arrive"
    )
    oidc_issuer: str | None = Field(
        default=None,
        pattern=r"^(https://[^\s?#]+|http://(127\.0\.0\.1|localhost)(:\d+)?(/[^\s?#]*)?)$",
        description="OpenID Connect issuer that people enter by; empty: none. Needs the extra `oidc`",
        examples=["https://sso.example.vn/realms/co-quan"],
    )
    oidc_client_id: str | None = Field(
        default=None, min_length=1, description="name under which the issuer knows this service"
    )
    oidc_key_env: str | None = Field(
        default=None,
        min_length=1,
        description="name of the environment variable that holds the client's secret; empty: a public client",
    )
    oidc_audience: str | None = Field(
        default=None,
        min_length=1,
        description="audience that access tokens of programs must be made for; empty: `oidc_client_id`",
    )
    oidc_scopes: str = Field(
        default="openid profile email", pattern=r"\bopenid\b", description="what the issuer is asked for at the login"
    )
    oidc_groups_claim: str = Field(
        default="groups", min_length=1, description="claim that lists the groups of a person"
    )
    oidc_groups: dict[str, str] = Field(
        default={},
        description="what each group may do and see, `role` or `role: collection, collection` (`*`: all); a table in "
        "the file, JSON in the variable",
        examples=['{"phong-ke-hoach": "editor: kế hoạch"}'],
    )
    oidc_default: str | None = Field(
        default=None,
        min_length=1,
        description="what people without such a group may do and see, in the same form; empty: nothing",
        examples=["reader"],
    )
    keep_questions_days: int = Field(
        default=90,
        ge=0,
        le=3650,
        description="days that declined questions and feedback are kept for `/admin`; 0: declined questions are not "
        "kept, feedback stays until it is removed",
    )
    public_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s/?#]+(/[^\s?#]*)?$",
        description="address at which people open the service, for links in chat answers; empty: the one asked at",
        examples=["https://chitieu.example.vn"],
    )
    metrics: Literal["off", "local", "open"] = Field(
        default="local",
        description="who may read `/metrics` and the details of `/readyz`: `local` is this machine, `open` everybody",
    )
    mcp: bool = Field(
        default=False,
        description="serve the Model Context Protocol at `/mcp` too, with the same keys and collections; needs the "
        "extra `mcp`",
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="form of the log of `chitieu serve`: lines for people, or one JSON object a line"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="least weight of what `chitieu serve` logs; `debug` has the calls of probes too"
    )
    otel_endpoint: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s/?#]+(/[^\s?#]*)?$",
        description="OTLP/HTTP collector that gets the spans of requests; empty: none is made or sent. "
        "Needs the extra `otel`",
        examples=["http://127.0.0.1:4318"],
    )
    audit: Literal["off", "changes", "all"] = Field(
        default="all",
        description="what the audit log records: `changes` leaves out questions and searches, `off` everything",
    )
    audit_questions_days: int = Field(
        default=90,
        ge=0,
        le=3650,
        description="days that the words of questions and searches are kept beside the audit log, which holds their "
        "salted hash alone; 0: never kept",
    )
    audit_max_mb: int = Field(
        default=64, ge=1, le=4096, description="size of `audit.jsonl` in MB at which it is closed and a new one begun"
    )
    llm_allow_remote: bool = Field(
        default=False,
        description="lets `llm_base_url` be a host name or an address outside the machine and its private network",
    )
    llm_base_url: str | None = Field(
        default=None,
        description="OpenAI-compatible endpoint that phrases verified answers; empty: no language model",
        examples=["http://127.0.0.1:8080/v1"],
    )
    llm_model: str = Field(
        default="default", min_length=1, description="name of the model that the endpoint is asked for"
    )
    llm_timeout_s: int = Field(
        default=20, ge=1, le=600, description="seconds that a phrased answer may take; then the composed one is given"
    )
    llm_key_env: str | None = Field(
        default=None, min_length=1, description="name of the environment variable that holds the key of the endpoint"
    )

    @field_validator("llm_base_url")
    @classmethod
    def _stays_inside(cls, value: str | None, info: ValidationInfo) -> str | None:
        from assistant.answers.llm.endpoint import refused

        problem = refused(value, info.data.get("llm_allow_remote", False)) if value else ""
        if problem:
            raise ValueError(problem)
        return value or None

    @field_validator("public_url", mode="before")
    @classmethod
    def _bare(cls, value: object) -> object:
        return (value.strip().rstrip("/") or None) if isinstance(value, str) else value

    @field_validator("oidc_groups", "oidc_default")
    @classmethod
    def _granted(cls, value: Any) -> Any:
        from assistant.access.groups import grant

        for stated in value.values() if isinstance(value, dict) else [value] if value else ():
            try:
                grant(stated)
            except InputError as error:
                raise ValueError(str(error)) from None
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        import ipaddress

        for address in value:
            try:
                ipaddress.ip_network(address, strict=False)
            except ValueError:
                raise ValueError(f"{address!r} phải là địa chỉ IP hoặc mạng, ví dụ 10.20.0.0/24") from None
        return value

    @field_validator("origins", "trusted_proxies", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return tuple(o.strip().rstrip("/") for o in value.split(",") if o.strip()) if isinstance(value, str) else value

    @field_validator("origins")
    @classmethod
    def _origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            if origin != "*" and (not origin.startswith(("http://", "https://")) or origin.count("/") != 2):
                raise ValueError(f"{origin!r} phải có dạng https://ten-mien")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Variables win over the file, which is handed to the constructor."""
        return env_settings, init_settings

    @classmethod
    def load(cls, home: Path) -> Self:
        """The settings of `home`; a home without `config.toml` has the defaults.

        Raises:
            InvalidSetting: a key is unknown or a value out of bounds; the message names it and where it stands.
        """
        stated = _file(home / CONFIG)
        try:
            return cls(**stated)
        except ValidationError as error:
            raise InvalidSetting(_explain(error, home / CONFIG)) from None

    def url(self, home: Path) -> str:
        """The URL of the database, `chitieu.db` in `home` where none is set."""
        return self.database or f"sqlite:///{home / 'chitieu.db'}"


def home_directory(given: Path | None = None) -> Path:
    """The absolute home directory: `given`, else `CHITIEU_HOME`, else `~/.chitieu`."""
    return Path(given or os.environ.get("CHITIEU_HOME") or "~/.chitieu").expanduser().absolute()


def table() -> str:
    """The settings as a Markdown table, for `docs/settings.md`."""
    head = ["| `config.toml` | variable | value | default | meaning |", "|---|---|---|---|---|"]
    return "\n".join(head + [_row(name, field) for name, field in Settings.model_fields.items()])


def _file(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise InvalidSetting(f"{path}: không đọc được ({error}); hãy sửa theo dạng: tên = giá trị") from None


def _explain(error: ValidationError, path: Path) -> str:
    first = error.errors()[0]
    name = str(first["loc"][0])
    if first["type"] == "extra_forbidden":
        from rapidfuzz import process

        nearest = process.extractOne(name, list(Settings.model_fields))
        return f"{path}: không có thiết lập {name!r}; gần nhất là {nearest[0]!r}"
    variable = PREFIX + name.upper()
    where = variable if variable in os.environ else f"{path}: {name}"
    told = str(first["ctx"]["error"]) if first["type"] == "value_error" else _wanted(Settings.model_fields[name])
    return f"{where} = {first['input']!r} không hợp lệ: {told}"


def _wanted(field: FieldInfo) -> str:
    limits = _limits(field)
    if choices := _choices(field):
        return f"cần một trong: {', '.join(choices)}"
    kind = _KINDS.get(str(field.annotation), ("", "chuỗi không rỗng"))[1]
    return f"cần {kind}" + (f" từ {limits[0]} đến {limits[1]}" if limits else "")


def _row(name: str, field: FieldInfo) -> str:
    example = f" (for example `{field.examples[0]}`)" if field.examples else ""
    default = "number of cores" if name == "readers" else _default(field.default)
    limits = _limits(field)
    kind = _KINDS.get(str(field.annotation), ("text", ""))[0]
    kind = ", ".join(f"`{choice}`" for choice in _choices(field)) or kind
    allowed = f"{kind}, {limits[0]} to {limits[1]}" if limits else kind
    cells = (f"`{name}`", f"`{PREFIX}{name.upper()}`", allowed, default, f"{field.description}{example}")
    return "| " + " | ".join(cells) + " |"


def _choices(field: FieldInfo) -> tuple[str, ...]:
    """The words that a setting chooses from, none where it is free."""
    return get_args(field.annotation) if get_origin(field.annotation) is Literal else ()


def _default(value: object) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        value = ",".join(value)
    return f"`{value}`" if value not in (None, "", {}) else ""


def _limits(field: FieldInfo) -> tuple[int, int] | None:
    low = next((m.ge for m in field.metadata if hasattr(m, "ge")), None)
    high = next((m.le for m in field.metadata if hasattr(m, "le")), None)
    return (low, high) if low is not None and high is not None else None


if __name__ == "__main__":
    print(table())  # noqa: T201
