"""What the settings say of identity, as this room takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.access.desk import AccessOptions
from corpus.errors import InvalidSetting

if TYPE_CHECKING:
    from assistant.settings import Settings

__all__ = ["access_options"]


def access_options(settings: Settings) -> AccessOptions:
    """The options that `settings` state.

    Raises:
        InvalidSetting: an issuer is named without the name that it knows this service by.
    """
    if settings.oidc_issuer and not settings.oidc_client_id:
        raise InvalidSetting("oidc_issuer cần cả oidc_client_id, tên của dịch vụ này ở hệ thống đăng nhập")
    return AccessOptions(
        mode=settings.access,
        admin_token=settings.admin_token,
        public_url=settings.public_url,
        session_hours=settings.session_hours,
        rate_per_key=settings.rate_per_key,
        rate_per_address=settings.rate_per_address,
        request_seconds=settings.request_timeout_s,
        body_seconds=settings.upload_timeout_s,
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        secret_env=settings.oidc_key_env,
        audience=settings.oidc_audience,
        scopes=settings.oidc_scopes,
        groups_claim=settings.oidc_groups_claim,
        groups=settings.oidc_groups,
        usual=settings.oidc_default,
    )
