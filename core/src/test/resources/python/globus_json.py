"""A program that uses a JSON token store by the rules of docs/protocols/globus.md, sections 1.2 to 1.5 and 2.4.

v1 stands for the first generation of the storage classes of globus_sdk, v2 for the second. Nothing but the standard
library. One line in: a JSON array of a command and its arguments. One line out: {"ok": ...} or {"error": [kind, words]}.
"""

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


def v1_read():
    return v1_load()["by_rs"]


def v1_refresh(resource_server, access_token, refresh_token):
    document = v1_load()
    document["by_rs"][resource_server] = v1_object(resource_server, access_token, refresh_token)
    dump(document)


def v2_namespaces():
    return list(v2_load()["data"])


def v2_read(namespace):
    entries = v2_load()["data"].get(namespace, {})
    return {resource_server: validated(entry) for resource_server, entry in entries.items()}


def v2_store(namespace, entry):
    document = v2_load()
    document["data"].setdefault(namespace, {})
    document["data"][namespace][entry["resource_server"]] = v2_object(entry)
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

answer(COMMANDS)
