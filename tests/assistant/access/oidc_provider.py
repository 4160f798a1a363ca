"""A small OpenID Connect provider on loopback: `python oidc_provider.py PORT`.

It does what a real one does (discovery, code flow with PKCE, client authentication, single-use codes, JWKS with
rotation, userinfo) and, told so at `/control`, what a broken or hostile one might do.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
import sys
import time
from urllib.parse import parse_qs, unquote, urlencode

import uvicorn
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route

PORT = int(sys.argv[1])
ISSUER = f"http://127.0.0.1:{PORT}/realm"
CLIENT, SECRET = "chitieu", "bi-mat-cua-may-khach"

keys = {"k1": RSAKey.generate_key(2048, parameters={"kid": "k1", "use": "sig"})}
stranger = RSAKey.generate_key(2048, parameters={"kid": "k1"})
control: dict = {"user": {}, "fault": "", "signing": "k1", "claims_in": "token"}
codes: dict[str, dict] = {}
tokens: dict[str, dict] = {}
seen: list[str] = []


async def discovery(_: Request) -> JSONResponse:
    issuer = "http://127.0.0.1:1/other" if control["fault"] == "issuer_of_discovery" else ISSUER
    return JSONResponse(
        {
            "issuer": issuer,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/jwks",
            "userinfo_endpoint": f"{ISSUER}/userinfo",
            "end_session_endpoint": f"{ISSUER}/bye",
        }
    )


async def jwks(_: Request) -> JSONResponse:
    seen.append("jwks")
    return JSONResponse({"keys": [key.as_dict(private=False) for key in keys.values()]})


async def authorize(request: Request) -> RedirectResponse | JSONResponse:
    q = request.query_params
    if q.get("client_id") != CLIENT or q.get("response_type") != "code" or q.get("code_challenge_method") != "S256":
        return JSONResponse({"error": "invalid_request"}, 400)
    if control["fault"] == "denied":
        return RedirectResponse(
            f"{q['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': q['state']})}", 302
        )
    code = secrets.token_urlsafe(16)
    codes[code] = {**q, "user": control["user"]}
    return RedirectResponse(f"{q['redirect_uri']}?{urlencode({'code': code, 'state': q['state']})}", 302)


async def token(request: Request) -> JSONResponse:
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    id, _, secret = base64.b64decode(given).decode().partition(":") if kind == "Basic" else ("", "", "")
    if (unquote(id), unquote(secret)) != (CLIENT, SECRET):
        return JSONResponse({"error": "invalid_client"}, 401)
    form = {k: v[0] for k, v in parse_qs((await request.body()).decode()).items()}
    asked = codes.pop(form.get("code", ""), None)
    if asked is None or form.get("redirect_uri") != asked["redirect_uri"]:
        return JSONResponse({"error": "invalid_grant"}, 400)
    if create_s256_code_challenge(form.get("code_verifier", "")) != asked["code_challenge"]:
        return JSONResponse({"error": "invalid_grant", "error_description": "PKCE"}, 400)
    access = secrets.token_urlsafe(16)
    tokens[access] = asked["user"]
    return JSONResponse(
        {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": 300,
            "id_token": signed(asked["user"], CLIENT, nonce=asked["nonce"]),
        }
    )


async def userinfo(request: Request) -> JSONResponse:
    user = tokens.get(request.headers.get("authorization", "").removeprefix("Bearer "))
    if user is None:
        return JSONResponse({"error": "invalid_token"}, 401)
    return JSONResponse({**user, "sub": "somebody-else"} if control["fault"] == "userinfo" else user)


def signed(user: dict, audience: str, nonce: str | None = None) -> str:
    fault, now = control["fault"], int(time.time())
    claims = {"iss": ISSUER, "aud": audience, "iat": now, "exp": now + 300, **user}
    if control["claims_in"] == "userinfo":
        claims.pop("groups", None)
    if nonce and fault != "no_nonce":
        claims["nonce"] = "another" if fault == "nonce" else nonce
    if fault == "expired":
        claims |= {"iat": now - 7200, "exp": now - 3600}
    if fault == "audience":
        claims["aud"] = "another-client"
    if fault == "issuer":
        claims["iss"] = "https://elsewhere.example"
    if fault == "two_audiences":
        claims |= {"aud": [CLIENT, "another"], "azp": "another"}
    if fault == "no_expiry":
        del claims["exp"]
    if fault == "none":
        return f"{encoded({'alg': 'none'})}.{encoded(claims)}."
    if fault == "public_key_as_secret":
        body = f"{encoded({'alg': 'HS256', 'kid': 'k1'})}.{encoded(claims)}"
        mark = hmac.digest(keys["k1"].as_pem(private=False), body.encode(), "sha256")
        return f"{body}.{base64.urlsafe_b64encode(mark).decode().rstrip('=')}"
    key = stranger if fault == "key" else keys[control["signing"]]
    return jwt.encode({"alg": "ES256" if isinstance(key, ECKey) else "RS256", "kid": control["signing"]}, claims, key)


def encoded(part: dict) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


async def controlled(request: Request) -> JSONResponse:
    said = await request.json()
    control.update({k: v for k, v in said.items() if k in control})
    if said.get("rotate"):
        name = f"k{len(keys) + 1}"
        keys[name] = ECKey.generate_key("P-256", parameters={"kid": name, "use": "sig"})
        control["signing"] = name
    made = signed(said["sign_for"], said.get("audience", CLIENT)) if "sign_for" in said else ""
    return JSONResponse({"token": made, "seen": seen})


app = Starlette(
    routes=[
        Route("/realm/.well-known/openid-configuration", discovery),
        Route("/realm/jwks", jwks),
        Route("/realm/authorize", authorize),
        Route("/realm/token", token, methods=["POST"]),
        Route("/realm/userinfo", userinfo),
        Route("/control", controlled, methods=["POST"]),
    ]
)

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=PORT, log_level="warning")
