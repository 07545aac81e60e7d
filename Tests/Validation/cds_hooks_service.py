"""The rules of CDS Hooks 2.0 that show only on a running service: discovery, status codes and error bodies."""

import http.client
import json
import re
import uuid
from dataclasses import dataclass
from typing import Any, Callable, Iterator
from urllib.parse import urlsplit

from cds_hooks_examples import Case, decisions, judge
from cds_hooks_rules import Findings, ResponseRules, objects, text
from strict_json import document, exact, plain

SERVICE_REQUIREMENTS = {
    "DISC-01": "no service was reached",
    "DISC-02": "no service was reached",
    "DISC-03": "the service has services, so an empty list cannot be seen",
    "DISC-04": "no entry was seen",
    "DISC-05": "no entry was seen",
    "DISC-06": "no entry was seen",
    "DISC-07": "no entry was seen",
    "DISC-08": "no entry had prefetch templates",
    "DISC-09": "no entry had usageRequirements",
    "DISC-10": "no entry had a version, which the 3.0 ballot recommends",
    "DISC-11": "no entry had a hookVersion",
    "DISC-12": "no entry had a hookVersion",
    "DISC-13": "no entry was seen",
    "DISC-14": "no entry was seen",
    "DISC-15": "no service was reached",
    "DISC-16": "other 4xx and 5xx are allowed: nothing to hold against it",
    "DISC-17": "no entry was seen",
    "DISC-18": "no entry was seen",
    "DISC-19": "binds the client",
    "DISC-20": "no service was reached",
    "RESP-01": "no request was answered",
    "RESP-05": "no imaging service was seen",
    "RESP-06": "other 4xx and 5xx are allowed: nothing to hold against it",
    "RESP-07": "no error was seen",
    "RESP-08": "binds the client: it drops earlier cards",
    "RESP-09": "binds the client: how it shows cards",
    "RESP-10": "binds the client and the site: several services on one hook",
    "REQ-02": "no service was reached",
    "REQ-03": "no service was reached",
    "REQ-10": "no service was reached",
    "REQ-14": "no service was reached",
    "REQ-16": "no service was reached",
    "PF-03": "no entry had prefetch templates",
    "PF-48": "no imaging service was seen",
    "HOOK-OS": "no service on order-select was seen",
}
# Hooks of the CDS Hooks library with the version published for each.
LIBRARY = {
    "patient-view": "1.0", "order-select": "1.0", "order-sign": "1.0", "order-dispatch": "1.1",
    "encounter-start": "1.0", "encounter-discharge": "1.0", "appointment-book": "1.0",
}
# The service of each hook whose decisions the examples of imaging expect; those of other orders have one of their own.
JUDGED = {"order-sign": "lumbar-imaging", "order-select": "lumbar-imaging", "patient-view": "radiculopathy-red-flags"}
OTHER_ORDERS = "radiculopathy-orders"
USER_TOKENS = {"userPractitionerId", "userPractitionerRoleId", "userPatientId", "userRelatedPersonId"}
CONTEXT_TOKENS = {"context.userId", "context.patientId", "context.encounterId"}
LIMIT = 10 * 1024 * 1024


@dataclass
class Answer:
    status: int
    content_type: str
    data: bytes

    def json(self) -> Any:
        """The body as plain JSON, None where it is none."""
        try:
            return plain(self.exact())
        except ValueError:
            return None

    def exact(self) -> Any:
        return exact(self.data.decode("utf-8"))


class Client:
    """Speaks HTTP to one base URL; every call is a connection of its own."""

    def __init__(self, base: str):
        parts = urlsplit(base)
        self.secure, self.host, self.prefix = parts.scheme == "https", parts.netloc, parts.path.rstrip("/")

    def call(self, method: str, path: str, body: bytes | None = None, media: str | None = "application/json") -> Answer:
        kind = http.client.HTTPSConnection if self.secure else http.client.HTTPConnection
        connection = kind(self.host, timeout=30)
        headers = {"Content-Type": media} if body is not None and media else {}
        try:
            try:
                connection.request(method, self.prefix + path, body=body, headers=headers)
            except (BrokenPipeError, ConnectionResetError):
                pass  # A service may refuse a body before it has read it; its answer is still there to read.
            response = connection.getresponse()
            return Answer(response.status, response.headers.get("Content-Type", ""), response.read())
        finally:
            connection.close()


class ServiceRules:
    """Holds a running service against the rules."""

    def __init__(self, client: Client, found: Findings, rules: ResponseRules, validate: Callable[[Any], list[str]]):
        self.client, self.found, self.rules, self.validate = client, found, rules, validate
        self.services: list[dict[str, Any]] = []

    def run(self, examples: list[Case]) -> None:
        self.discovery()
        requests = [case for case in examples if "hook" in case.value]
        for case in requests:
            for service in self.on(case.value["hook"]):
                self.example(service, case, case.data)
        for case in requests:
            if case.value["hook"] == "order-sign":
                self.selected(case)
        signed = [case for case in requests if case.value["hook"] == "order-sign"]
        for service in self.on("order-sign"):
            if service["id"] == JUDGED["order-sign"] and signed:
                self.errors(service["id"], signed[0])

    def on(self, hook: str) -> list[dict[str, Any]]:
        return [service for service in self.services if service.get("hook") == hook and text(service.get("id"))]

    # Discovery

    def discovery(self) -> None:
        check, where = self.found.check, "GET /cds-services"
        first, second = (self.client.call("GET", "/cds-services") for _ in range(2))
        check("DISC-15", first.status == 200, where, f"status {first.status}")
        check("DISC-01", first.status == 200 and first.data == second.data, where, "not the same answer twice")
        check("DISC-20", second.status == 200, where, "not stable")
        for method in ("PUT", "DELETE"):
            status = self.client.call(method, "/cds-services", b"{}").status
            check("DISC-01", not 200 <= status < 300, f"{method} /cds-services", f"status {status}")
        problems = document(where, first.data.decode("utf-8", "replace")).problems
        body = first.json()
        listed = body.get("services") if isinstance(body, dict) else None
        if not check("DISC-02", isinstance(listed, list) and not problems, where, f"no array of services {problems}"):
            return
        self.services = objects(listed)
        check("DISC-02", len(self.services) == len(listed), where, "an entry is not an object")
        pairs = [(str(service.get("id")), str(service.get("hook"))) for service in self.services]
        for pair in pairs:
            check("DISC-14", pairs.count(pair) == 1, where, f"{pair} stands twice")
            check("DISC-13", pairs.count(pair) == 1, where, f"{pair} stands twice")
        for service in self.services:
            self.entry(f"{where} {service.get('id')}", service)
        status = self.client.call("POST", f"/cds-services/{uuid.UUID(int=7)}", b"{}").status
        check("DISC-17", status == 404, where, f"an id that is not advertised answers {status}")

    def entry(self, where: str, service: dict[str, Any]) -> None:
        check, hook = self.found.check, str(service.get("hook"))
        check("DISC-04", text(service.get("hook")), where, "no hook")
        check("DISC-18", hook in LIBRARY or "." in hook, where, f"{hook!r} is neither published nor reverse-domain")
        check("DISC-05", text(service.get("title")), where, "no title")
        check("DISC-06", text(service.get("description")), where, "no description")
        identifier = service.get("id")
        good = text(identifier) and not re.search(r"[/?#\s]", identifier) and identifier != "feedback"
        if check("DISC-07", good, where, "id is no path segment"):
            status = self.client.call("POST", f"/cds-services/{identifier}", b"{}").status
            check("DISC-07", status not in (404, 405), where, f"POST to the id answers {status}")
            check("DISC-17", status not in (404, 405), where, f"POST to the id answers {status}")
        if "usageRequirements" in service:
            check("DISC-09", text(service["usageRequirements"]), where, "usageRequirements is not a string")
        if "version" in service:
            number = isinstance(service["version"], str) and re.fullmatch(r"\d+\.\d+\.\d+([-+].+)?", service["version"])
            check("DISC-10", bool(number), where, "version is no semantic version")
        if "hookVersion" in service:
            check("DISC-11", text(service["hookVersion"]), where, "hookVersion is not a string")
            known = LIBRARY.get(hook, service["hookVersion"])
            check("DISC-12", service["hookVersion"] in (known, known + ".0"), where, "no published hookVersion")
        if "prefetch" in service:
            self.prefetch(where, service["prefetch"])

    def prefetch(self, where: str, templates: Any) -> None:
        """Each template is a relative read or search whose tokens are context fields or user ids."""
        check = self.found.check
        if not check("DISC-08", isinstance(templates, dict) and bool(templates), where, "prefetch is no filled object"):
            return
        for key, template in templates.items():
            place = f"{where} prefetch.{key}"
            if not check("DISC-08", text(template), place, "not a string"):
                continue
            tokens = re.findall(r"\{\{(.*?)\}\}", template)
            bare = re.sub(r"\{\{.*?\}\}", "1", template)
            check("DISC-08", not re.search(r"[{}\s]", bare), place, "unbalanced braces or white space")
            check("DISC-08", bool(re.match(r"[A-Z][A-Za-z]+([/?]|$)", bare)), place, "no relative read or search")
            check("DISC-08", set(tokens) <= CONTEXT_TOKENS | USER_TOKENS, place, f"unknown tokens {tokens}")

    # Answers

    def post(self, identifier: str, value: Any, media: str | None = "application/json") -> Answer:
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        return self.client.call("POST", f"/cds-services/{identifier}", data, media)

    def example(self, service: dict[str, Any], case: Case, data: bytes, where: str | None = None) -> Any:
        """Sends an example to a service, holds the answer against every rule, and returns it."""
        where = where or f"{case.name} at {service['id']}"
        answer = self.post(service["id"], data)
        templates = service.get("prefetch")
        if isinstance(templates, dict):
            advertised = set(templates)
            self.found.check("PF-03", set(case.value["prefetch"]) <= advertised, where,
                             f"keys not advertised: {sorted(set(case.value['prefetch']) - advertised)}")
        if not self.found.check("RESP-01", answer.status == 200, where, f"status {answer.status}"):
            return None
        read = document(where, answer.data.decode("utf-8", "replace"))
        media = answer.content_type.partition(";")[0].strip()
        self.found.check("RESP-01", media == "application/json", where, f"Content-Type {media!r}")
        good = isinstance(read.value, dict) and not read.problems
        if not self.found.check("RESP-01", good, where, f"no JSON object {read.problems}"):
            return None
        surplus = sorted(set(read.value) - {"cards", "systemActions", "extension"})
        self.found.check("RESP-01", not surplus, where, f"unknown members {surplus}")
        body = answer.exact()
        self.rules.response(where, body, case.request)
        is_imaging = case.expected["slot"] == "imaging"
        if service["id"] == (JUDGED.get(service["hook"]) if is_imaging else OTHER_ORDERS):
            self.found.check("ANSWERED", True, where, "")
            judge(self.found, where, body, case)
        return body

    def selected(self, case: Case) -> None:
        """The same case on order-select, first with its orders selected, then with none that exists."""
        value = json.loads(case.data)
        value["hook"] = "order-select"
        for service in self.on("order-select"):
            value["context"]["selections"] = list(case.request.drafts)
            self.example(service, case, json.dumps(value).encode(), f"{case.name} on order-select at {service['id']}")
            value["context"]["selections"] = ["ServiceRequest/not-among-the-drafts"]
            answer = self.post(service["id"], value)
            cards = (answer.json() or {}).get("cards") if answer.status == 200 else []
            self.found.check("HOOK-OS", answer.status < 500, case.name, f"a dangling selection answers {answer.status}")
            rated = [decision for decision in decisions(answer.json()) if decision.get("order")]
            self.found.check("HOOK-OS", not rated, case.name, "an order that is not selected was rated")
            self.found.check("HOOK-OS", isinstance(cards, list), case.name, "no array of cards")

    # Errors

    def errors(self, identifier: str, case: Case) -> None:
        for requirement, name, body, statuses, media in self.bad(case):
            answer = self.post(identifier, body, media)
            where = f"{name} at {identifier}"
            self.found.check(requirement, answer.status in statuses, where, f"status {answer.status}")
            if not 200 <= answer.status < 300:
                self.outcome(where, answer, case)
        answer = self.client.call("GET", f"/cds-services/{identifier}")
        self.found.check("REQ-14", 400 <= answer.status < 500, f"GET {identifier}", f"status {answer.status}")
        unknown = self.post("no-such-service", case.data)
        self.found.check("DISC-17", unknown.status == 404, "unknown id", f"status {unknown.status}")
        self.outcome("unknown id", unknown, case)

    def bad(self, case: Case) -> Iterator[tuple[str, str, Any, range, str | None]]:
        """Requests that a service cannot use, with the requirement and the statuses that meet it."""
        good, client = json.loads(case.data), range(400, 500)

        def without(name: str, **changes: Any) -> dict[str, Any]:
            return {key: item for key, item in {**good, **changes}.items() if key != name}

        json_media = "application/json"
        yield "REQ-14", "truncated JSON", case.data[: len(case.data) // 2], client, json_media
        yield "REQ-14", "empty body", b"", client, json_media
        yield "REQ-14", "HTML", b"<html><body>no</body></html>", client, json_media
        yield "REQ-02", "an array", b"[]", client, json_media
        yield "REQ-02", "a string", b'"x"', client, json_media
        yield "REQ-03", "no hook", without("hook"), client, json_media
        yield "REQ-03", "a hook not advertised", without("", hook="appointment-book"), client, json_media
        yield "REQ-03", "a hook that is a number", without("", hook=7), client, json_media
        yield "REQ-10", "no context", without("context"), client, json_media
        yield "REQ-10", "context null", without("", context=None), client, json_media
        yield "REQ-10", "context an array", without("", context=[good["context"]]), client, json_media
        yield "REQ-10", "context empty", without("", context={}), client, json_media
        yield "RESP-05", "nothing prefetched, no FHIR server", without("prefetch"), range(412, 413), json_media
        other = json.loads(case.data)
        other["prefetch"]["patient"]["id"] = "somebody-else"
        yield "PF-48", "the patient of somebody else", other, client, json_media
        yield "REQ-16", "a form", b"hook=order-sign", client, "application/x-www-form-urlencoded"
        charset = range(200, 201)
        yield "REQ-16", "charset parameter", case.data, charset, "application/json; charset=utf-8"
        padding = b" " * (LIMIT + 1 - len(case.data))
        yield "REQ-14", "more than 10 MiB", case.data + padding, range(413, 414), json_media

    def outcome(self, where: str, answer: Answer, case: Case) -> None:
        """The body of an error is a valid OperationOutcome without anything of the patient."""
        check, body = self.found.check, answer.json()
        kind = body.get("resourceType") if isinstance(body, dict) else None
        if not check("RESP-07", kind == "OperationOutcome", where, f"{answer.status} without an OperationOutcome"):
            return
        for error in self.validate(body):
            check("RESP-07", False, where, error)
        patient = json.loads(case.data)["prefetch"]["patient"]
        private = [patient["birthDate"], patient["name"][0]["family"], patient["identifier"][0]["value"]]
        words = answer.data.decode("utf-8", "replace")
        check("RESP-07", not any(word in words for word in private), where, "repeats data of the patient")
        check("RESP-07", not re.search(r"\.swift\b|Fatal error|stack", words), where, "shows the inside of the service")
