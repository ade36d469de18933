"""An OpenID provider with django-oauth-toolkit. `npm run -C maintain interop` starts it with the application in environment variables."""

import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.urls import include, path

PORT = os.environ["PORT"]
FOLDER = Path(os.environ["FOLDER"])

settings.configure(
    DEBUG=True,
    SECRET_KEY="interop",
    ALLOWED_HOSTS=["localhost"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "db.sqlite3"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.admin",
        "oauth2_provider",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    LOGIN_URL="/admin/login/",
    OAUTH2_PROVIDER={
        "OIDC_ENABLED": True,
        "OIDC_RSA_PRIVATE_KEY": os.environ["PRIVATE_KEY"],
        "OIDC_RP_INITIATED_LOGOUT_ENABLED": True,
        "OIDC_RP_INITIATED_LOGOUT_ALWAYS_PROMPT": False,
        "ACCESS_TOKEN_EXPIRE_SECONDS": 60,
        # The provider asks for consent once.
        "REQUEST_APPROVAL_PROMPT": "auto",
        "SCOPES": {"openid": "OpenID", "profile": "Profile", "email": "E-mail", "offline_access": "Offline"},
        "OAUTH2_VALIDATOR_CLASS": __name__ + ".Validator",
    },
)
sys.modules["provider"] = sys.modules[__name__]
django.setup()

from django.contrib import admin  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from oauth2_provider.models import Application  # noqa: E402
from oauth2_provider.oauth2_validators import OAuth2Validator  # noqa: E402


class Validator(OAuth2Validator):
    """Adds the claims of the profile and of the e-mail address."""

    oidc_claim_scope = {**OAuth2Validator.oidc_claim_scope, "name": "profile", "email": "email"}

    def get_additional_claims(self):
        return {
            "name": lambda request: request.user.get_full_name(),
            "email": lambda request: request.user.email,
        }

    # The library requires a Django application to decide on `prompt=none`. The view requires a session before this.

    def validate_silent_login(self, request):
        return True

    def validate_silent_authorization(self, request):
        return True


urlpatterns = [
    path("admin/", admin.site.urls),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    ada = get_user_model().objects.create_superuser("ada", "ada@example.com", "interop", first_name="Ada", last_name="Lovelace")
    Application.objects.create(
        user=ada,
        name="Interop",
        client_id=os.environ["CLIENT_ID"],
        client_secret=os.environ["CLIENT_SECRET"],
        client_type="confidential",
        authorization_grant_type="authorization-code",
        algorithm="RS256",
        redirect_uris=os.environ["REDIRECT_URI"],
        post_logout_redirect_uris=os.environ["POST_LOGOUT_REDIRECT_URI"],
    )
    call_command("runserver", f"localhost:{PORT}", use_reloader=False, verbosity=0)
