"""An OpenID provider with Authlib and Flask. `npm run -C maintain interop` starts it with the application in environment variables."""

import os
import time
from dataclasses import dataclass

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.jose import JsonWebKey
from authlib.oauth2.rfc6749 import ClientMixin, OAuth2Error, TokenMixin, grants
from authlib.oauth2.rfc6749.models import AuthorizationCodeMixin
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc8628 import DeviceAuthorizationEndpoint, DeviceCodeGrant, DeviceCredentialMixin
from authlib.oauth2.rfc9068 import JWTBearerTokenGenerator
from authlib.oidc.core import OpenIDCode, OpenIDToken, UserInfo
from flask import Flask, jsonify, redirect, request, session

ISSUER = "http://localhost:" + os.environ["PORT"]
API = "https://todos.example"
SCOPES = ["openid", "profile", "email", "offline_access", "todos.read"]
BASIC = ["client_secret_basic"]
KEY = JsonWebKey.import_key(os.environ["PRIVATE_KEY"], {"kty": "RSA", "kid": "interop", "alg": "RS256", "use": "sig"})
ADA = {"sub": "ada", "name": "Ada Lovelace", "email": "ada@example.com"}

app = Flask(__name__)
app.secret_key = "interop"
app.config["OAUTH2_SCOPES_SUPPORTED"] = SCOPES
app.config["OAUTH2_TOKEN_EXPIRES_IN"] = {}
codes, tokens, devices = {}, {}, {}


class User:
    def get_user_id(self):
        return ADA["sub"]


class Client(ClientMixin):
    def get_client_id(self):
        return os.environ["CLIENT_ID"]

    def get_allowed_scope(self, scope):
        return " ".join(name for name in (scope or "").split() if name in SCOPES)

    def check_redirect_uri(self, redirect_uri):
        return redirect_uri == os.environ["REDIRECT_URI"]

    def check_client_secret(self, client_secret):
        return client_secret == os.environ["CLIENT_SECRET"]

    def check_endpoint_auth_method(self, method, endpoint):
        return method in BASIC

    def check_response_type(self, response_type):
        return response_type == "code"

    def check_grant_type(self, grant_type):
        return True


@dataclass
class Code(AuthorizationCodeMixin):
    code: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    auth_time: int

    def get_redirect_uri(self):
        return self.redirect_uri

    def get_scope(self):
        return self.scope

    def get_nonce(self):
        return self.nonce

    def get_auth_time(self):
        return self.auth_time

    def get_acr(self):
        return None

    def get_amr(self):
        return None


@dataclass
class Token(TokenMixin):
    scope: str

    def get_scope(self):
        return self.scope

    def check_client(self, client):
        return True


@dataclass
class Device(DeviceCredentialMixin):
    scope: str
    is_allowed: bool = False

    def get_client_id(self):
        return os.environ["CLIENT_ID"]

    def get_scope(self):
        return self.scope

    def is_expired(self):
        return False


class CodeGrant(grants.AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = BASIC

    def save_authorization_code(self, code, request):
        data = request.payload.data
        codes[code] = Code(
            code,
            request.payload.redirect_uri,
            request.payload.scope,
            data.get("nonce"),
            data.get("code_challenge"),
            data.get("code_challenge_method"),
            session["auth_time"],
        )

    def query_authorization_code(self, code, client):
        return codes.get(code)

    def delete_authorization_code(self, authorization_code):
        codes.pop(authorization_code.code, None)

    def authenticate_user(self, authorization_code):
        return User()


class RefreshGrant(grants.RefreshTokenGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = BASIC
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token):
        return tokens.get(refresh_token)

    def authenticate_user(self, refresh_token):
        return User()

    def revoke_old_credential(self, refresh_token):
        for name in [name for name, token in tokens.items() if token is refresh_token]:
            del tokens[name]


class DeviceGrant(DeviceCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = BASIC

    def query_device_credential(self, device_code):
        return next((device for key, device in devices.items() if key[0] == device_code), None)

    def query_user_grant(self, user_code):
        device = next(device for key, device in devices.items() if key[1] == user_code)
        return (User(), True) if device.is_allowed else None

    def validate_device_credential(self, credential):
        self.user_code = next(key[1] for key, device in devices.items() if device is credential)
        credential.get_user_code = lambda: self.user_code
        return super().validate_device_credential(credential)

    def should_slow_down(self, credential):
        return False


class DeviceEndpoint(DeviceAuthorizationEndpoint):
    CLIENT_AUTH_METHODS = BASIC
    INTERVAL = 1

    def get_verification_uri(self):
        return ISSUER + "/device"

    def save_device_credential(self, client_id, scope, data):
        devices[data["device_code"], data["user_code"]] = Device(scope)


class IdToken(OpenIDToken):
    def get_jwt_config(self, grant):
        return {"key": KEY, "alg": "RS256", "iss": ISSUER, "exp": 3600, "kid": "interop"}

    def generate_user_info(self, user, scope):
        return UserInfo(ADA)


class IdTokenOfCode(IdToken, OpenIDCode):
    def exists_nonce(self, nonce, request):
        return any(code.nonce == nonce for code in codes.values())


class AccessToken(JWTBearerTokenGenerator):
    def get_jwks(self):
        return {"keys": [KEY.as_dict(is_private=True)]}

    def get_audiences(self, client, user, scope):
        return API

    def _get_expires_in(self, client, grant_type):
        return 60


def save_token(token, oauth_request):
    if "refresh_token" in token:
        tokens[token["refresh_token"]] = Token(token.get("scope", ""))


def create_refresh_token(*_args, **_kwargs):
    return os.urandom(24).hex()


server = AuthorizationServer(app, query_client=lambda client_id: Client(), save_token=save_token)
server.register_token_generator("default", AccessToken(ISSUER, refresh_token_generator=create_refresh_token))
server.register_grant(CodeGrant, [IdTokenOfCode(), CodeChallenge(required=True)])
server.register_grant(RefreshGrant)
server.register_grant(DeviceGrant, [IdToken()])
server.register_endpoint(DeviceEndpoint)


@app.get("/.well-known/openid-configuration")
def metadata():
    return jsonify(
        issuer=ISSUER,
        authorization_endpoint=ISSUER + "/authorize",
        token_endpoint=ISSUER + "/token",
        device_authorization_endpoint=ISSUER + "/device_authorization",
        jwks_uri=ISSUER + "/jwks",
        response_types_supported=["code"],
        subject_types_supported=["public"],
        id_token_signing_alg_values_supported=["RS256"],
        token_endpoint_auth_methods_supported=BASIC,
        code_challenge_methods_supported=["S256"],
        scopes_supported=SCOPES,
    )


@app.get("/jwks")
def jwks():
    return jsonify(keys=[KEY.as_dict(is_private=False)])


@app.post("/token")
def token():
    return server.create_token_response()


@app.post("/device_authorization")
def device_authorization():
    return server.create_endpoint_response(DeviceEndpoint.ENDPOINT_NAME)


@app.route("/authorize", methods=["GET", "POST"])
def authorize():
    user = User() if "auth_time" in session else None
    if request.method == "POST":
        if request.form["answer"] == "sign-in":
            session["auth_time"] = int(time.time())
            return redirect(request.full_path)
        allowed = request.form["answer"] == "allow"
        session["allowed"] = session.get("allowed") or allowed
        return server.create_authorization_response(grant_user=user if allowed else None)
    try:
        grant = server.get_consent_grant(end_user=user)
    except OAuth2Error as error:
        return server.handle_error_response(server.create_oauth2_request(None), error)
    max_age = request.args.get("max_age")
    is_too_old = max_age is not None and user and time.time() - session["auth_time"] >= max(int(max_age), 1)
    if user is None or grant.prompt == "login" or is_too_old:
        return page("sign-in")
    if session.get("allowed"):
        return server.create_authorization_response(grant_user=user)
    return page("allow", "decline")


@app.route("/device", methods=["GET", "POST"])
def device():
    if request.method == "GET":
        return page("allow")
    code = request.args["user_code"]
    next(device for key, device in devices.items() if key[1] == code).is_allowed = True
    return "allowed"


def page(*answers):
    buttons = "".join(f'<button id="{answer}" name="answer" value="{answer}">{answer}</button>' for answer in answers)
    return f'<!doctype html><title>Authlib</title><form method="post">{buttons}</form>'


app.run("localhost", int(os.environ["PORT"]))
