"""A web app with the Python library `identity`, as its documentation for Flask shows it. It prints its port."""

import json
import logging
import os

import requests
from flask import Flask
from identity.flask import Auth
from werkzeug.serving import make_server

# The test checks responses, so requests and expected errors need no log.
logging.disable(logging.CRITICAL)

settings = json.loads(os.environ["SETTINGS"])
port = int(settings.pop("port"))
scopes = settings.pop("scopes")
api = settings.pop("api")

app = Flask(__name__)
app.config.update(SESSION_TYPE="filesystem", SESSION_FILE_DIR=os.environ["SESSION_FOLDER"])
auth = Auth(app, redirect_uri=f"http://localhost:{port}/redirect", **settings)


@app.route("/")
@auth.login_required
def index(*, context):
    return {"user": context["user"]}


@app.route("/call_api")
@auth.login_required(scopes=scopes)
def call_api(*, context):
    headers = {"Authorization": "Bearer " + context["access_token"]}
    reply = requests.get(api, headers=headers, timeout=30).json() if api else None
    return {"api": reply, "scopes": context["scopes"], "access_token": context["access_token"]}


server = make_server("localhost", port, app)
print(json.dumps({"port": server.port}), flush=True)
server.serve_forever()
