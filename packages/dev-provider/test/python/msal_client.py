"""Calls methods of an MSAL Python application. Each line of stdin is a call, and each line of stdout is its result."""

import json
import sys

import msal


def create(settings):
    """Creates the application of the first line."""
    kind = (
        msal.ConfidentialClientApplication
        if settings.get("client_credential")
        else msal.PublicClientApplication
    )
    # MSAL would otherwise ask Microsoft whether this host belongs to it.
    return kind(**settings, instance_discovery=False)


def main():
    app = None
    for line in sys.stdin:
        call = json.loads(line)
        try:
            if app is None:
                app = create(call)
                reply = {"result": msal.__version__}
            else:
                reply = {"result": getattr(app, call["method"])(**call["args"])}
        except Exception as error:  # The test decides whether an error is expected.
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), flush=True)


main()
