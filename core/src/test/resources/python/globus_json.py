"""A program that uses a JSON token store by the rules of docs/protocols/globus.md, sections 1.2 to 1.5 and 2.4.

v1 stands for the first generation of the storage classes of globus_sdk, v2 for the second. Nothing but the standard
library. One line in: a JSON array of a command and its arguments. One line out: {"ok": ...} or {"error": [kind, words]}.
"""

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

path = sys.argv[1]


def use(other):
    global path
    path = other


def parsed():
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    if not isinstance(document, dict):
        raise ValueError("non-dict root")
    return document


def require(document, *keys):
    for key in keys:
        if key not in document:
            raise ValueError("missing " + key)
    if not isinstance(document["globus-sdk.version"], str):
        raise ValueError("invalid globus-sdk.version")


def v1_load():
    if not os.path.exists(path):
        return {"by_rs": {}, "format_version": "1.0", "globus-sdk.version": VERSION}
    document = parsed()
    if document.get("format_version") != "1.0":
        raise ValueError("unknown format %r" % document.get("format_version"))
    if not isinstance(document.get("by_rs"), dict):
        raise ValueError("malformed by_rs")
    require(document, "by_rs", "format_version", "globus-sdk.version")
    return document


def v2_load():
    if not os.path.exists(path):
        return {"data": {}, "format_version": "2.0", "globus-sdk.version": VERSION}
    document = parsed()
    version = document.get("format_version")
    if version not in ("1.0", "2.0"):
        raise ValueError("unknown format %r" % version)
    if version == "1.0":
        if "by_rs" not in document:
            raise ValueError("missing by_rs")
        by_rs = document["by_rs"]
        return {"data": {"DEFAULT": by_rs}, "format_version": "2.0", "globus-sdk.version": VERSION}
    if not isinstance(document.get("data"), dict):
        raise ValueError("malformed data")
    require(document, "data", "format_version", "globus-sdk.version")
    return document


def dump(document):
    """Truncates and rewrites in place: no lock, no temporary file."""
    former = os.umask(0o177)
    try:
        with open(path, "w", encoding="utf-8") as file:
            json.dump(document, file)
    finally:
        os.umask(former)


def validated(entry):
    for name, types in FIELDS.items():
        if not isinstance(entry.get(name), types):
            raise ValueError("invalid " + name)
    known = {name: entry.get(name) for name in FIELDS}
    return {**known, "extra": {name: value for name, value in entry.items() if name not in FIELDS}}


def v1_read():
    return v1_load()["by_rs"]


def v1_refresh(resource_server, access_token, refresh_token):
    document = v1_load()
    values = {
        "scope": "all",
        "access_token": access_token,
        "refresh_token": refresh_token,
        "token_type": "Bearer",
        "expires_at_seconds": 1767571200,
        "resource_server": resource_server,
    }
    document["by_rs"][resource_server] = {name: values[name] for name in V1_ORDER}
    dump(document)


def v2_namespaces():
    return list(v2_load()["data"])


def v2_read(namespace):
    entries = v2_load()["data"].get(namespace, {})
    return {resource_server: validated(entry) for resource_server, entry in entries.items()}


def v2_store(namespace, entry):
    document = v2_load()
    document["data"].setdefault(namespace, {})
    record = validated(entry)
    kept = {name: record[name] for name in FIELDS if record[name] is not None}
    document["data"][namespace][record["resource_server"]] = kept
    document["globus-sdk.version"] = VERSION
    dump(document)


def v2_restore(namespace, resource_server):
    """Reads a record and stores it again, as a program does that changes nothing."""
    record = v2_read(namespace)[resource_server]
    v2_store(namespace, {name: record[name] for name in FIELDS})


def v2_remove(namespace, resource_server):
    document = v2_load()
    removed = document["data"].get(namespace, {}).pop(resource_server, None)
    dump(document)
    return removed is not None


def rewrite(stop, resource_server):
    """Renews a record of a 1.0 store until a file appears. Gives how often."""
    rounds = 0
    while not os.path.exists(stop):
        rounds += 1
        v1_refresh(resource_server, "at-%d" % rounds, None)
        time.sleep(0.005)
    return rounds


COMMANDS = {
    "use": use,
    "v1.read": v1_read,
    "v1.refresh": v1_refresh,
    "v2.namespaces": v2_namespaces,
    "v2.read": v2_read,
    "v2.store": v2_store,
    "v2.restore": v2_restore,
    "v2.remove": v2_remove,
    "rewrite": rewrite,
}

print("ready", flush=True)
for line in sys.stdin:
    command = json.loads(line)
    try:
        answer = {"ok": COMMANDS[command[0]](*command[1:])}
    except Exception as e:
        answer = {"error": [type(e).__name__, str(e)]}
    print(json.dumps(answer), flush=True)
