import Diagnostics
import JSONTree

/// The body of every answer that is not a success: a FHIR OperationOutcome that says what to change.
enum OperationOutcome {
    /// FHIR's kinds of issue, as far as they are used here (`http://hl7.org/fhir/issue-type`).
    enum Kind: String {
        case structure
        case invalid
        case incomplete
        case notFound = "not-found"
        case notSupported = "not-supported"
        case tooLong = "too-long"
        case exception
    }

    /// An answer with one message.
    static func answer(_ status: Int, _ kind: Kind, _ message: String) -> Answer {
        answer(status, [issue("error", kind, code: nil, message)])
    }

    /// An answer with a message and the reading problems behind it.
    static func answer(_ status: Int, _ kind: Kind, _ message: String, because issues: [Issue]) -> Answer {
        let details = issues.map { issue in
            let severity = issue.severity == .warning || issue.severity == .information ? "warning" : "error"
            return self.issue(severity, kind, code: issue.code.rawValue, issue.description)
        }
        return answer(status, [issue("error", kind, code: nil, message)] + details)
    }

    private static func answer(_ status: Int, _ issues: [JSONValue]) -> Answer {
        let outcome: JSONValue = ["resourceType": "OperationOutcome", "issue": .array(issues)]
        return .json(outcome.encoded(), status: status)
    }

    private static func issue(_ severity: String, _ kind: Kind, code: String?, _ message: String) -> JSONValue {
        .object([
            ("severity", .string(severity)), ("code", .string(kind.rawValue)),
            (
                "details",
                .object([
                    (
                        "coding",
                        code.map { code in
                            [["system": "https://spinehook.example/fhir/CodeSystem/issues", "code": .string(code)]]
                        }
                    ),
                    ("text", .string(message)),
                ])
            ),
        ])
    }
}
