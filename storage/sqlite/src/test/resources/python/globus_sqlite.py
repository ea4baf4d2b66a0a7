"""A program that uses an SQLite token store by the rules of docs/protocols/globus.md, sections 1.7, 1.8 and 2.4, with the
statements of globus_sdk: v1 stands for the first generation of its storage classes, v2 for the second.

Nothing but the standard library; globus_records.py stands in front of it. One line in: a JSON array of a command and its
arguments. One line out: {"ok": ...} or {"error": [kind, words]}.
"""

import sqlite3

TOKENS = """CREATE TABLE token_storage (namespace VARCHAR NOT NULL, resource_server VARCHAR NOT NULL,
    token_data_json VARCHAR NOT NULL, PRIMARY KEY (namespace, resource_server));"""
CONFIGURATION = """CREATE TABLE config_storage (namespace VARCHAR NOT NULL, config_name VARCHAR NOT NULL,
    config_data_json VARCHAR NOT NULL, PRIMARY KEY (namespace, config_name));"""
INTERNAL = """CREATE TABLE sdk_storage_adapter_internal (attribute VARCHAR NOT NULL, value VARCHAR NOT NULL,
    PRIMARY KEY (attribute));"""

db = None


def use(path, schema="1"):
    """What exists counts as made."""
    global db
    if db is not None:
        db.close()
    fresh = not os.path.exists(path)
    former = os.umask(0o177)
    try:
        db = sqlite3.connect(path)
    finally:
        os.umask(former)
    if fresh:
        db.executescript((CONFIGURATION if schema == "1" else "") + TOKENS + INTERNAL)
        db.executemany(
            "INSERT INTO sdk_storage_adapter_internal(attribute, value) VALUES (?, ?)",
            [("globus-sdk.version", VERSION), ("globus-sdk.database_schema_version", schema)],
        )
        db.commit()


def put(namespace, resource_server, entry):
    db.execute(
        "REPLACE INTO token_storage(namespace, resource_server, token_data_json) VALUES(?, ?, ?)",
        (namespace, resource_server, json.dumps(entry)),
    )
    db.commit()


def rows(namespace):
    found = db.execute(
        "SELECT resource_server, token_data_json FROM token_storage WHERE namespace=?", (namespace,)
    ).fetchall()
    return {resource_server: json.loads(text) for resource_server, text in found}


def v1_read(namespace):
    return {resource_server: v1_used(entry) for resource_server, entry in rows(namespace).items()}


def v1_refresh(namespace, resource_server, access_token, refresh_token):
    put(namespace, resource_server, v1_object(resource_server, access_token, refresh_token))


def v1_configuration(namespace, name):
    found = db.execute(
        "SELECT config_data_json FROM config_storage WHERE namespace=? AND config_name=?", (namespace, name)
    ).fetchone()
    value = None if found is None else json.loads(found[0])
    if value is not None and not isinstance(value, dict):
        raise ValueError("non-dict config")
    return value


def v2_read(namespace):
    return {resource_server: validated(entry) for resource_server, entry in rows(namespace).items()}


def v2_store(namespace, entry):
    put(namespace, entry["resource_server"], v2_object(entry))


def remove(namespace, resource_server):
    removed = db.execute(
        "DELETE FROM token_storage WHERE namespace=? AND resource_server=?", (namespace, resource_server)
    ).rowcount
    db.commit()
    return removed != 0


def namespaces():
    return sorted(row[0] for row in db.execute("SELECT DISTINCT namespace FROM token_storage"))


def many(namespace, count):
    for i in range(count):
        v1_refresh(namespace, "python-%d" % i, "at", None)


COMMANDS = {
    "use": use,
    "namespaces": namespaces,
    "remove": remove,
    "many": many,
    "v1.read": v1_read,
    "v1.refresh": v1_refresh,
    "v1.configuration": v1_configuration,
    "v2.read": v2_read,
    "v2.store": v2_store,
}

use(*sys.argv[1:])
answer(COMMANDS)
