"""A program that saves and loads Agave sessions by the rules of docs/protocols/agave.md, sections 2.10 and 4.

a stands for the releases 0.8.0 to 0.9.5 of the library, c for 1.0.0a12. Nothing but the standard library. One line in: a
JSON array of a command and its arguments. One line out: {"ok": ...} or {"error": [kind, words]}.
"""

import json
import os
import sys
import time

FIELDS = [
    "tenantid", "baseurl", "devurl", "apisecret", "apikey", "username",
    "access_token", "refresh_token", "created_at", "expires_in", "expires_at",
]
C_ORDER = [
    "refresh_token", "expires_in", "expires_at", "created_at", "username", "token_username", "client_name", "use_nonce",
    "verify", "proxies", "tenantid", "apisecret", "apikey", "baseurl", "access_token",
]


def a_save(folder, client, record):
    record = {field: "" if record.get(field) is None else record[field] for field in FIELDS}
    os.makedirs(folder, exist_ok=True)
    config = os.path.join(folder, "config.json")
    root = {}
    if os.path.isfile(config):
        with open(config) as file:
            root = json.load(file)
        fresh = False
    else:
        fresh = True
    if fresh:
        root["current"] = {client: record}
        root["sessions"] = {record["tenantid"]: {record["username"]: {client: dict(record)}}}
    else:
        sessions = root["sessions"]
        first = list(root["current"].keys())[0]
        old = root["current"][first]
        sessions.setdefault(old["tenantid"], {}).setdefault(old["username"], {})[first] = old
        del root["current"][first]
        root["current"][client] = record
    with open(config, "w") as file:
        json.dump(root, file, indent=4)
    with open(os.path.join(folder, "current"), "w") as file:
        json.dump(record, file, sort_keys=True)


def a_load(folder, tenant=None, username=None, client=None):
    with open(os.path.join(folder, "config.json")) as file:
        root = json.load(file)
    if tenant is None or username is None or client is None:
        client = list(root["current"].keys())[0]
        record = root["current"][client]
    else:
        record = root["sessions"][tenant][username][client]
    return {"client": client, **{field: record[field] for field in FIELDS if field != "devurl"}}


def c_restore(folder, key=None, name=None, tenant=None):
    with open(os.path.join(folder, "current")) as file:
        records = json.load(file)
    records = records if isinstance(records, list) else [records]
    for field, value in (("apikey", key), ("client_name", name), ("tenantid", tenant)):
        if value:
            return next(record for record in records if record.get(field) == value)
    return records[0]


def c_grant(folder, record):
    defaults = {"token_username": None, "client_name": None, "use_nonce": False, "verify": True, "proxies": {}}
    record = {**defaults, **record}
    record = {field: record.get(field) for field in C_ORDER}
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "current"), "w") as file:
        json.dump(record, file)
    config = os.path.join(folder, "config.json")
    try:
        with open(config) as file:
            root = json.load(file)
    except Exception:
        root = {"sessions": {}}
    sessions = root.get("sessions")
    if sessions is not None:
        name = record["client_name"] or record["apikey"]
        sessions.setdefault(record["tenantid"], {}).setdefault(record["username"], {})[name] = record
        with open(config, "w") as file:
            json.dump(root, file)


def slowly(path):
    """Writes a file again, in place and piece by piece, after it has said that it began."""
    with open(path) as file:
        text = file.read()
    with open(path, "w") as file:
        answer({"ok": "begun"})
        for i in range(0, len(text), len(text) // 10 + 1):
            file.write(text[i:i + len(text) // 10 + 1])
            file.flush()
            time.sleep(0.01)


held = None


def hold(path):
    """Opens a file that somebody is about to replace."""
    global held
    held = open(path, "r+")


def write_held(text):
    held.truncate(0)
    held.seek(0)
    held.write(text)
    held.close()


def refresh_often(folder, count):
    """What a program does that loads, refreshes and saves: by turns with whoever else writes."""
    for i in range(count):
        loaded = a_load(folder)
        record = {field: loaded.get(field, "") for field in FIELDS}
        record["expires_at"] = "round %d" % i
        a_save(folder, loaded["client"], record)
    return count


COMMANDS = {
    "a.save": a_save, "a.load": a_load, "c.restore": c_restore, "c.grant": c_grant,
    "refresh_often": refresh_often, "hold": hold, "write_held": write_held,
}


def answer(value):
    print(json.dumps(value), flush=True)


print("ready", flush=True)
for line in sys.stdin:
    command, *arguments = json.loads(line)
    try:
        if command == "slowly":
            slowly(*arguments)
        else:
            answer({"ok": COMMANDS[command](*arguments)})
    except Exception as e:
        answer({"error": [type(e).__name__, str(e)]})
