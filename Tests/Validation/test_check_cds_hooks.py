"""The judge is itself judged: good answers pass, and each fault made by hand fails under its requirement id."""

import copy
import http.server
import json
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

from cds_hooks_examples import cases, judge, match
from cds_hooks_rules import CARD_REQUIREMENTS, Findings, ResponseRules
from cds_hooks_service import SERVICE_REQUIREMENTS, Client, ServiceRules
from strict_json import exact
from validate_r4 import R4Validator

VALIDATOR = R4Validator()
SUBJECT = {"reference": "Patient/p1"}
PATIENT = {
    "resourceType": "Patient", "id": "p1", "birthDate": "1980-02-29", "name": [{"family": "Testpatient"}],
    "identifier": [{"system": "https://ehr.example/sid/mrn", "value": "EXAMPLE-P1"}],
}
DRAFT = {
    "resourceType": "ServiceRequest", "id": "o1", "status": "draft", "intent": "order", "priority": "routine",
    "code": {"text": "MRI lumbar"}, "subject": SUBJECT, "reasonReference": [{"reference": "Condition/c1"}],
    "quantityQuantity": {"value": 1.0},
}
REQUEST = {
    "hook": "order-sign",
    "hookInstance": "9bd0a20c-573e-447e-8b2e-4f33558d5404",
    "context": {
        "userId": "Practitioner/pr1", "patientId": "p1",
        "draftOrders": {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": DRAFT}]},
    },
    "prefetch": {
        "patient": PATIENT,
        "conditions": {"resourceType": "Bundle", "type": "searchset", "total": 1, "entry": [{
            "resource": {"resourceType": "Condition", "id": "c1", "code": {"text": "sciatica"}, "subject": SUBJECT}}]},
    },
}
CRITERIA = {"adult": "met", "redflag.caudaEquina": "not-met"}
EXPECTED = {
    "id": "X1", "slot": "imaging", "hook": "order-sign", "order": {"modality": "MRI-WO", "priority": "routine"},
    "criteria": {**CRITERIA, "presentingFlags": []},
    "expect": {"rule": "A10-EARLY", "rating": "UNA", "fit": "pref", "indicator": "warning", "card": "K05",
               "provisional": False, "removeSuggestionAllowed": True},
    "asOf": "2025-06-16",
}
RAISED = {**DRAFT, "priority": "stat"}
REFERRAL = {
    "resourceType": "ServiceRequest", "status": "draft", "intent": "proposal", "code": {"text": "rehabilitation"},
    "subject": SUBJECT, "reasonReference": [{"reference": "Condition/c1"}],
}
CARD = {
    "uuid": "5b1f3c64-5a6e-4b8f-9d07-0f4c3f9c6f11",
    "summary": "Week 2 of radiculopathy, no red flag documented as present.",
    "detail": "Most herniations regress by **8 weeks**. Numbness at 3 < 4. See <https://spinehook.example/g>.",
    "indicator": "warning",
    "source": {"label": "Initial management of radiculopathy", "url": "https://spinehook.example/guideline",
               "topic": {"system": "https://spinehook.example/fhir/CodeSystem/cards", "code": "K05"}},
    "selectionBehavior": "any",
    "suggestions": [
        {"label": "Refer", "uuid": "5b1f3c64-5a6e-4b8f-9d07-0f4c3f9c6f12", "isRecommended": True,
         "actions": [{"type": "create", "description": "Refer", "resource": REFERRAL}]},
        {"label": "Raise", "uuid": "5b1f3c64-5a6e-4b8f-9d07-0f4c3f9c6f13",
         "actions": [{"type": "update", "description": "Raise the priority", "resource": RAISED}]},
        {"label": "Remove", "uuid": "5b1f3c64-5a6e-4b8f-9d07-0f4c3f9c6f14",
         "actions": [{"type": "delete", "description": "Remove", "resourceId": "ServiceRequest/o1"}]},
    ],
    "overrideReasons": [
        {"system": "https://spinehook.example/fhir/CodeSystem/override-reasons", "code": "specialist-request",
         "display": "Asked for by a specialist"},
        {"system": "https://spinehook.example/fhir/CodeSystem/override-reasons", "code": "other", "display": "Other"},
    ],
    "links": [{"label": "Guideline", "url": "https://spinehook.example/guideline/G19", "type": "absolute"}],
}
DECISION = {
    "subject": "Patient/p1", "asOf": "2025-06-16", "slot": "imaging", **EXPECTED["expect"], "presentingFlags": [],
    "order": {"reference": "ServiceRequest/o1", "modality": "MRI-WO", "priority": "routine"},
    "criteria": [{"id": name, "result": result} for name, result in CRITERIA.items()], "because": None, "issues": [],
}
ANSWER = {"cards": [CARD], "extension": {"org.spinehook.decisions": [DECISION]}}


def changed(value, *path, to=None):
    """A copy with the member at the path set, or removed when `to` is None."""
    result = copy.deepcopy(value)
    node = result
    for step in path[:-1]:
        node = node[step]
    if to is None:
        del node[path[-1]]
    else:
        node[path[-1]] = to
    return result


def card(*path, to=None):
    return changed(ANSWER, "cards", 0, *path, to=to)


def decision(*path, to=None):
    return changed(ANSWER, "extension", "org.spinehook.decisions", 0, *path, to=to)


def action(suggestion, *path, to=None):
    return card("suggestions", suggestion, "actions", 0, *path, to=to)


class Folder(unittest.TestCase):
    """Writes one example into a folder of its own."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)
        self.write(REQUEST, EXPECTED)

    def write(self, request, expected):
        place = self.folder / "hooks" / "order-sign" / "x1"
        place.mkdir(parents=True, exist_ok=True)
        (place / "request.json").write_text(json.dumps(request))
        (place / "expected.json").write_text(json.dumps(expected))
        self.cases = cases(self.folder)


class Answers(Folder):
    def failures(self, answer, text=None):
        found = Findings()
        value = exact(text or json.dumps(answer))
        case = self.cases[0]
        ResponseRules(found, VALIDATOR.errors).response("answer", value, case.request)
        judge(found, "answer", value, case)
        return dict(found.failed)

    def test_good_answer_passes_every_rule_it_touches(self):
        self.assertEqual(self.failures(ANSWER), {})
        self.assertIs(match(exact(json.dumps(ANSWER)), self.cases), self.cases[0])

    def test_each_fault_fails_under_its_requirement(self):
        two = changed(ANSWER, "cards", to=[CARD, CARD])
        smart = card("links", 0, "appContext", to="x")
        rows = [
            ("RESP-02", "no cards", {"extension": {}}),
            ("RESP-02", "cards as an object", {"cards": {}}),
            ("RESP-03", "no system actions, but the member", {**ANSWER, "systemActions": []}),
            ("GEN-04", "links null", {"cards": [{**CARD, "links": None}]}),
            ("GEN-05", "empty suggestions", card("suggestions", to=[])),
            ("GEN-05", "empty detail", card("detail", to="")),
            ("EXT-02", "extension as an array", {**ANSWER, "extension": [{}]}),
            ("EXT-03", "a name that is not unique", changed(ANSWER, "extension", "decisions", to=[])),
            ("CARD-01", "no uuid", card("uuid")),
            ("CARD-01", "no UUID", card("uuid", to="card-1")),
            ("CARD-01", "one uuid on two cards", two),
            ("CARD-03", "no summary", card("summary")),
            ("CARD-03", "a summary that is a number", card("summary", to=5)),
            ("CARD-03", "140 characters", card("summary", to="x" * 140)),
            ("CARD-03", "139 characters, 140 as UTF-16", card("summary", to="x" * 138 + "😀")),
            ("CARD-03", "a line break", card("summary", to="a\nb")),
            ("CARD-04", "detail as an object", card("detail", to={"text": "x"})),
            ("CARD-05", "script", card("detail", to="a <script>b</script>")),
            ("CARD-05", "an event handler", card("detail", to='<img src="x" onerror=alert(1)>')),
            ("CARD-05", "unclosed HTML", card("detail", to="a <b")),
            ("CARD-07", "HTML", card("detail", to="a <b>c</b>")),
            ("CARD-08", "no indicator", card("indicator")),
            ("CARD-08", "hard-stop", card("indicator", to="hard-stop")),
            ("CARD-10", "no source", card("source")),
            ("CARD-10", "a source that is a string", card("source", to="guideline")),
            ("CARD-10", "a card that is a string", {"cards": ["x"]}),
            ("CARD-10", "a member of nobody", card("priority", to="x")),
            ("CARD-11", "suggestions as an object", card("suggestions", to={"a": 1})),
            ("CARD-12", "no selectionBehavior", card("selectionBehavior")),
            ("CARD-13", "one", card("selectionBehavior", to="one")),
            ("CARD-13", "selectionBehavior without suggestions", card("suggestions")),
            ("CARD-16", "a warning without reasons", card("overrideReasons")),
            ("CARD-17", "a reason without display", card("overrideReasons", 0, "display")),
            ("COD-01", "a reason without code", card("overrideReasons", 0, "code")),
            ("COD-02", "a reason without system", card("overrideReasons", 0, "system")),
            ("COD-03", "an empty display", card("overrideReasons", 0, "display", to=" ")),
            ("OVR-02", "a reason that is a string", card("overrideReasons", 0, to="other")),
            ("OVR-02", "one reason twice", card("overrideReasons", 0, "code", to="other")),
            ("CARD-20", "links as an object", card("links", to={"a": 1})),
            ("CARD-21", "a bare summary", {"cards": [{name: CARD[name] for name in
                                                      ("uuid", "summary", "indicator", "source", "overrideReasons")}]}),
            ("LINK-01", "a link without label", card("links", 0, "label")),
            ("LINK-02", "a relative link", card("links", 0, "url", to="/guideline")),
            ("LINK-03", "a link without type", card("links", 0, "type")),
            ("LINK-05", "appContext as an object", card("links", 0, "appContext", to={"a": 1})),
            ("LINK-06", "appContext on an absolute link", smart),
            ("LINK-08", "autolaunchable as a string", card("links", 0, "autolaunchable", to="yes")),
            ("LINK-11", "the patient in a link", card("links", 0, "url", to="https://spinehook.example/trace?p=p1")),
            ("SRC-01", "a source without label", card("source", "label")),
            ("SRC-02", "a relative url", card("source", "url", to="guideline")),
            ("SRC-03", "the patient in the url", card("source", "url", to="https://spinehook.example/Patient/p1")),
            ("SRC-04", "an icon that is data", card("source", "icon", to="data:image/png;base64,AA==")),
            ("SRC-06", "a topic that is a string", card("source", "topic", to="K05")),
            ("SRC-08", "the software as the source", card("source", "label", to="SpineHook")),
            ("SUG-01", "a suggestion without label", card("suggestions", 0, "label")),
            ("SUG-02", "a suggestion without uuid", card("suggestions", 0, "uuid")),
            ("SUG-02", "the uuid of the card", card("suggestions", 0, "uuid", to=CARD["uuid"])),
            ("SUG-03", "isRecommended as a string", card("suggestions", 0, "isRecommended", to="true")),
            ("SUG-04", "two recommended of at most one", changed(
                card("suggestions", 1, "isRecommended", to=True), "cards", 0, "selectionBehavior", to="at-most-one")),
            ("CARD-11", "a suggestion that is a string", card("suggestions", 0, to="x")),
            ("SUG-05", "an action that is a string", card("suggestions", 0, "actions", 0, to="x")),
            ("CARD-20", "a link that is a string", card("links", 0, to="x")),
            ("ACT-09", "a subject that is a string", action(0, "resource", "subject", to="Patient/p1")),
            ("SUG-05", "no actions, but the member", card("suggestions", 0, "actions", to=[])),
            ("SUG-08", "actionSelectionBehavior", card("suggestions", 0, "actionSelectionBehavior", to="any")),
            ("ACT-01", "CREATE", action(0, "type", to="CREATE")),
            ("ACT-02", "no description", action(0, "description")),
            ("ACT-03", "create without resource", action(0, "resource")),
            ("ACT-03", "create with a resource as a string", action(0, "resource", to="{}")),
            ("ACT-03", "create with an invalid resource", action(0, "resource", "intent")),
            ("ACT-04", "update without id", action(1, "resource", "id")),
            ("ACT-04", "update that loses the reason", action(1, "resource", "reasonReference")),
            ("ACT-04", "update that changes the status", action(1, "resource", "status", to="active")),
            ("ACT-04", "update that changes nothing", action(1, "resource", "priority", to="routine")),
            ("ACT-05", "delete by absolute URL", action(2, "resourceId", to="https://x.example/ServiceRequest/o1")),
            ("ACT-05", "delete by bare id", action(2, "resourceId", to="o1")),
            ("ACT-06", "delete with a resource", action(2, "resource", to="o1")),
            ("ACT-09", "another patient", action(0, "resource", "subject", "reference", to="Patient/p2")),
            ("ACT-09", "no subject", action(0, "resource", "subject")),
            ("ACT-09", "a reference to nothing", action(0, "resource", "reasonReference", 0, "reference",
                                                        to="Condition/c9")),
            ("ACT-10", "update of an invented id", action(1, "resource", "id", to="o2")),
            ("ACT-10", "delete of an invented id", action(2, "resourceId", to="ServiceRequest/o2")),
            ("DECISION", "another rule", decision("rule", to="A11-REPEAT")),
            ("DECISION", "no fit", decision("fit")),
            ("DECISION", "another result of a criterion", decision("criteria", 1, "result", to="unknown")),
            ("DECISION", "a criterion left out", decision("criteria", 1)),
            ("DECISION", "a presenting flag", decision("presentingFlags", to=["redflag.infection"])),
            ("DECISION", "another day", decision("asOf", to="2025-06-17")),
            ("DECISION", "another modality", decision("order", "modality", to="XR")),
            ("DECISION", "no decision", changed(ANSWER, "extension")),
            ("DECISION", "another card", card("source", "topic", "code", to="K06")),
            ("DECISION", "another indicator", card("indicator", to="info")),
        ]
        for requirement, why, answer in rows:
            with self.subTest(f"{requirement} {why}"):
                self.assertIn(requirement, self.failures(answer))

    def test_details_and_narrative_go_with_the_test_and_only_with_it(self):
        details = {"orderDetail": [{"text": "gadolinium"}],
                   "text": {"status": "generated", "div": '<div xmlns="http://www.w3.org/1999/xhtml">MRI</div>'}}
        self.write(changed(REQUEST, "context", "draftOrders", "entry", 0, "resource", to={**DRAFT, **details}), EXPECTED)
        other = {"code": {"text": "MRI without contrast"}}
        rows = [
            ("priority changed, details kept", {**RAISED, **details}, True),
            ("priority changed, details lost", RAISED, False),
            ("test changed, details gone", {**DRAFT, **other}, True),
            ("test changed, details kept", {**DRAFT, **details, **other}, False),
            ("test changed, details changed", {**DRAFT, **other, "orderDetail": [{"text": "none"}]}, False),
        ]
        for why, resource, is_right in rows:
            with self.subTest(why):
                failed = self.failures(action(1, "resource", to=resource))
                self.assertEqual("ACT-04" in failed, not is_right, failed)

    def test_numbers_of_an_update_keep_their_writing(self):
        rewritten = json.dumps(ANSWER).replace('"value": 1.0', '"value": 1.00')
        self.assertIn("ACT-04", self.failures(None, rewritten))

    def test_no_malformed_answer_ends_the_judge(self):
        def paths(value, path=()):
            yield path
            items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
            for name, item in items:
                yield from paths(item, (*path, name))

        for path in paths(ANSWER):
            for junk in (None, 5, "x", [], {}, ["x"], True):
                answer = {"top": copy.deepcopy(ANSWER)}
                node = answer
                for step in ("top", *path)[:-1]:
                    node = node[step]
                node[("top", *path)[-1]] = junk
                found, case = Findings(), self.cases[0]
                with self.subTest(path=path, junk=junk):
                    value = exact(json.dumps(answer["top"]))
                    ResponseRules(found, lambda resource: []).response("answer", value, case.request)
                    judge(found, "answer", value, case)
                    match(value, self.cases)

    def test_removal_where_it_is_not_allowed(self):
        for name, to in (("removeSuggestionAllowed", False), ("card", None)):
            self.write(REQUEST, {**EXPECTED, "expect": {**EXPECTED["expect"], name: to}})
            with self.subTest(name):
                self.assertIn("REMOVAL" if name != "card" else "RESP-04", self.failures(ANSWER))

    def test_every_requirement_is_checked_or_says_why_not(self):
        found = Findings()
        ResponseRules(found, VALIDATOR.errors).response("answer", exact(json.dumps(ANSWER)), self.cases[0].request)
        for line in found.lines(CARD_REQUIREMENTS):
            self.assertRegex(line, r"^[A-Z]+-\d\d (pass \(\d+ checked\)|not-tested: .+)$")


class Service:
    """A service in this process that answers by the table it is given."""

    ENTRY = {"id": "lumbar-imaging", "title": "Lumbar imaging", "description": "Advice on imaging",
             "prefetch": {"patient": "Patient/{{context.patientId}}",
                          "conditions": "Condition?patient={{context.patientId}}"}}
    DISCOVERY = {"services": [{**ENTRY, "hook": "order-sign"}, {**ENTRY, "hook": "order-select"}]}

    def __init__(self, discovery=None, answer=None, status=200, faults=()):
        self.discovery, self.answer = discovery or self.DISCOVERY, answer or ANSWER
        self.status, self.faults = status, faults

    def outcome(self, status, text="Send a CDS Hooks request."):
        issue = {"severity": "error", "code": "invalid", "diagnostics": text}
        return status, {"resourceType": "OperationOutcome", "issue": [issue]}

    def post(self, path, media, length, body):
        name = path.removeprefix("/cds-services/")
        if name not in {entry.get("id") for entry in self.discovery.get("services", [])}:
            return self.outcome(404)
        if length > 10 * 1024 * 1024 and "no limit" not in self.faults:
            return self.outcome(413)
        if not media.startswith("application/json"):
            return self.outcome(415)
        try:
            value = json.loads(body)
        except ValueError:
            return (500, "<html>Fatal error</html>") if "crash" in self.faults else self.outcome(400)
        context = value.get("context") if isinstance(value, dict) else None
        hooks = ("order-sign", "order-select")
        if not isinstance(value, dict) or value.get("hook") not in hooks or not isinstance(context, dict):
            return self.outcome(400)
        if "draftOrders" not in context:
            return self.outcome(400)
        if "prefetch" not in value:
            return self.outcome(200 if "guesses" in self.faults else 412)
        if value["prefetch"]["patient"]["id"] != context["patientId"] and "any patient" not in self.faults:
            text = value["prefetch"]["patient"]["birthDate"] if "leaks" in self.faults else "Another patient."
            return self.outcome(400, text)
        if "selections" in context and "ServiceRequest/o1" not in context["selections"]:
            return (200, ANSWER) if "rates all" in self.faults else (200, {"cards": []})
        return self.status, self.answer

    def __enter__(self):
        service = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def reply(self, status, body):
                data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "text/html" if isinstance(body, str) else "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def do_GET(self):
                if self.path == "/cds-services":
                    self.reply(200, service.discovery)
                else:
                    self.reply(*service.outcome(405))

            def do_PUT(self):
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.reply(*(service.outcome(200) if "puts" in service.faults else service.outcome(405)))

            do_DELETE = do_PUT

            def do_POST(self):
                length = int(self.headers.get("Content-Length", 0))
                body = self.rfile.read(length)
                self.reply(*service.post(self.path, self.headers.get("Content-Type", ""), length, body))

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}"

    def __exit__(self, *arguments):
        self.server.shutdown()
        self.server.server_close()


class Services(Folder):
    def findings(self, service):
        found = Findings()
        with service as url:
            rules = ResponseRules(found, VALIDATOR.errors)
            ServiceRules(Client(url), found, rules, VALIDATOR.errors).run(self.cases)
        return found

    def test_good_service_passes(self):
        found = self.findings(Service())
        self.assertEqual(dict(found.failed), {})
        lines = list(found.lines(SERVICE_REQUIREMENTS))
        for requirement in ("DISC-01", "DISC-08", "DISC-17", "RESP-01", "RESP-05", "RESP-07", "PF-48", "REQ-14"):
            self.assertTrue(any(line.startswith(f"{requirement} pass") for line in lines), requirement)

    def test_each_fault_fails_under_its_requirement(self):
        def prefetch(template):
            return entry(prefetch={"patient": template})

        def entry(**members):
            return {"services": [{**Service.ENTRY, "hook": "order-sign", **members}]}

        rows = [
            ("DISC-02", "a bare array", Service(discovery=[1])),
            ("DISC-02", "services as an object", Service(discovery={"services": {}})),
            ("DISC-04", "no hook", Service(discovery={"services": [Service.ENTRY]})),
            ("DISC-04", "a hook that is an array", Service(discovery=entry(hook=["order-sign"]))),
            ("DISC-05", "an empty title", Service(discovery=entry(title=""))),
            ("DISC-06", "no description", Service(discovery=entry(description=None))),
            ("DISC-07", "an id with a slash", Service(discovery=entry(id="a/b"))),
            ("DISC-08", "prefetch as an array", Service(discovery=entry(prefetch=[]))),
            ("DISC-08", "an unknown token", Service(discovery=prefetch("Patient/{{patientId}}"))),
            ("DISC-08", "an absolute URL", Service(discovery=prefetch("https://x.example/Patient/1"))),
            ("DISC-08", "unbalanced braces", Service(discovery=prefetch("Patient/{context.patientId}"))),
            ("DISC-09", "usageRequirements as an object", Service(discovery=entry(usageRequirements={"a": 1}))),
            ("DISC-10", "STU3", Service(discovery=entry(version="STU3"))),
            ("DISC-11", "a hookVersion that is a number", Service(discovery=entry(hookVersion=1.0))),
            ("DISC-12", "a hookVersion of nobody", Service(discovery=entry(hookVersion="9.9"))),
            ("DISC-14", "one entry twice", Service(discovery={"services": Service.DISCOVERY["services"] * 2})),
            ("DISC-18", "a hook of nobody", Service(discovery=entry(hook="order-review"))),
            ("DISC-01", "PUT is answered", Service(faults=("puts",))),
            ("PF-03", "a key that is not advertised", Service(discovery=entry(
                prefetch={"patient": "Patient/{{context.patientId}}"}))),
            ("RESP-01", "201", Service(status=201)),
            ("RESP-01", "an array", Service(answer=[CARD])),
            ("RESP-01", "an HTML page", Service(answer="<html></html>")),
            ("RESP-01", "an unknown member", Service(answer={**ANSWER, "status": "ok"})),
            ("RESP-02", "no cards", Service(answer={"extension": {}})),
            ("RESP-05", "guesses without data", Service(faults=("guesses",))),
            ("RESP-07", "an HTML error page", Service(faults=("crash",))),
            ("REQ-14", "a crash on bad JSON", Service(faults=("crash",))),
            ("REQ-14", "no limit", Service(faults=("no limit",))),
            ("RESP-07", "repeats the birth date", Service(faults=("leaks",))),
            ("PF-48", "takes any patient", Service(faults=("any patient",))),
            ("HOOK-OS", "rates what is not selected", Service(faults=("rates all",))),
            ("CARD-08", "a bad card", Service(answer=card("indicator", to="Info"))),
        ]
        for requirement, why, service in rows:
            with self.subTest(f"{requirement} {why}"):
                self.assertIn(requirement, self.findings(service).failed)


class CommandLine(Folder):
    def run_with(self, *arguments, text=""):
        script = Path(__file__).with_name("check_cds_hooks.py")
        return subprocess.run([sys.executable, str(script), *arguments], input=text.encode(), capture_output=True)

    def test_exit_codes(self):
        folder = ["--examples", str(self.folder)]
        good = self.run_with("--responses", "-", *folder, text=json.dumps(ANSWER))
        self.assertEqual(good.returncode, 0, good.stdout.decode())
        self.assertIn(b"CARD-03 pass", good.stdout)
        self.assertIn(b"CARD-02 not-tested: binds the client", good.stdout)
        self.assertEqual(self.run_with("--responses", "-", text=json.dumps(card("indicator"))).returncode, 1)
        self.assertEqual(self.run_with("--responses", "-", *folder, text="").returncode, 1, "no answer at all")
        silent = self.run_with("--responses", "-", *folder, text='{"cards":[]}')
        self.assertIn(b"ANSWERED fail", silent.stdout)
        self.assertEqual(self.run_with("--url", "http://127.0.0.1:9", *folder).returncode, 1, "nobody listens there")


if __name__ == "__main__":
    unittest.main()
