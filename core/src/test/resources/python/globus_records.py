"""The token objects of globus_sdk, by the rules of docs/protocols/globus.md, sections 1.2, 1.3 and 2.4; for globus_json.py
and globus_sqlite.py, in front of which it is put."""

import json
import os
import sys
import time

VERSION = "4.9.0"
FIELDS = {
    "resource_server": (str,),
    "identity_id": (str, type(None)),
    "scope": (str,),
    "access_token": (str,),
    "refresh_token": (str, type(None)),
    "expires_at_seconds": (int,),
    "token_type": (str, type(None)),
}
V1_ORDER = ["scope", "access_token", "refresh_token", "token_type", "expires_at_seconds", "resource_server"]


def v1_object(resource_server, access_token, refresh_token):
    """As the first generation writes one: refresh_token is always there."""
    values = {
        "scope": "all",
        "access_token": access_token,
        "refresh_token": refresh_token,
        "token_type": "Bearer",
        "expires_at_seconds": 1767571200,
        "resource_server": resource_server,
    }
    return {name: values[name] for name in V1_ORDER}


def v1_used(entry):
    """The values as programs of the first generation take them: a missing one is a KeyError."""
    return {name: entry[name] for name in V1_ORDER}


def validated(entry):
    for name, types in FIELDS.items():
        if not isinstance(entry.get(name), types):
            raise ValueError("invalid " + name)
    known = {name: entry.get(name) for name in FIELDS}
    return {**known, "extra": {name: value for name, value in entry.items() if name not in FIELDS}}


def v2_object(entry):
    """As the second generation writes one: without what is null, and without what it does not know."""
    record = validated(entry)
    return {name: record[name] for name in FIELDS if record[name] is not None}


def answer(commands):
    print("ready", flush=True)
    for line in sys.stdin:
        command = json.loads(line)
        try:
            reply = {"ok": commands[command[0]](*command[1:])}
        except Exception as e:
            reply = {"error": [type(e).__name__, str(e)]}
        print(json.dumps(reply), flush=True)
