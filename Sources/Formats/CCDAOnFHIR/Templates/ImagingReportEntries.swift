import CCDA
import Diagnostics
import JSONTree
import XMLTree

/// Diagnostic Imaging Reports: Study Act, Series Act (`.4.63`) and SOP Instance → ImagingStudy.
extension DocumentMapper {
    /// The pictures of one study. What was done, is said by the service event of the document.
    mutating func studyAct(_ statement: Statement, _ around: Surroundings) -> Outcome {
        if statement.negation == .yes { return .asText("a study that is denied") }
        guard let uid = statement.ids.lazy.compactMap(\.dicomUID).first else {
            return .refused("a study without a unique identifier", type: "ImagingStudy")
        }
        let acts = statement.related.map(\.statement).filter { $0.has(.seriesAct) && $0.negation == .no }
        let series = acts.compactMap { self.series($0) }
        let event = document.root.elements("documentationOf").lazy.compactMap { $0.first("serviceEvent") }.first
        let eventTime = event?.first("effectiveTime").map { TimeExpression($0, in: context) }
        let procedure = event?.first("code").flatMap { concept(CodedValue($0, in: context)) }
        let started = statement.effectiveTime?.start ?? eventTime?.start
        let modalities = series.compactMap { $0["modality"] }.filter { $0["code"] != nil }
        let made = sink.add(
            "ImagingStudy", from: statement.element, key: [uid],
            [
                ("identifier", [["system": "urn:dicom:uid", "value": .string("urn:oid:" + uid)]]),
                ("status", statement.isNullified ? "entered-in-error" : "available"),
                ("modality", Self.distinct(modalities).nonEmptyArray), ("subject", subject),
                ("encounter", encounter(around)), ("started", started.map { .string($0.fhir) }),
                ("numberOfSeries", .when(!series.isEmpty, .number(series.count))),
                ("procedureCode", procedure.map { [$0] }),
                ("description", words(of: statement).map { .string($0) }), ("series", series.nonEmptyArray),
            ])
        consume(acts)
        return .mapped(made)
    }

    private static func distinct(_ values: [JSONValue]) -> [JSONValue] {
        var found: [JSONValue] = []
        for value in values where !found.contains(value) { found.append(value) }
        return found
    }

    /// ImagingStudy.series; nil without a unique identifier.
    private func series(_ act: Statement) -> JSONValue? {
        guard let uid = act.ids.lazy.compactMap(\.dicomUID).first else { return nil }
        let codings = act.code?.qualifiers.filter { $0.name.contains { $0.code == Self.modality } }.flatMap(\.value)
        let instances = act.related.map(\.statement).filter { $0.has(.sopInstance) }.compactMap { instance($0) }
        return .object([
            ("uid", .string(uid)), ("modality", codings?.first?.json ?? .absent()),
            ("description", words(of: act).map { .string($0) }),
            ("numberOfInstances", .when(!instances.isEmpty, .number(instances.count))),
            ("started", act.effectiveTime?.start.map { .string($0.fhir) }), ("instance", instances.nonEmptyArray),
        ])
    }

    /// DICOM "Modality", the name of a Series Act's qualifier.
    private static let modality = "121139"

    /// ImagingStudy.series.instance; nil without a unique identifier.
    private func instance(_ sop: Statement) -> JSONValue? {
        guard let uid = sop.ids.lazy.compactMap(\.dicomUID).first else { return nil }
        let kind = sop.code?.codings.first.map { coding in
            JSONValue.object([
                ("system", "urn:ietf:rfc:3986"), ("code", .string("urn:oid:" + coding.code)),
                ("display", coding.display.map { .string($0) }),
            ])
        }
        return .object([("uid", .string(uid)), ("sopClass", kind ?? .absent())])
    }

    /// A Series Act or SOP Instance outside a study.
    mutating func looseImagingPart(_ statement: Statement, _ around: Surroundings) -> Outcome {
        .asText("a part of an imaging study, which stands elsewhere")
    }
}

/// Text, Code and Quantity observations of imaging reports → Observation.
extension DocumentMapper {
    /// What was seen: words for people, codes and measurements as they are.
    mutating func imagingObservation(_ statement: Statement, _ around: Surroundings) -> Outcome {
        observation(
            statement, around, ObservationShape(category: [ImagingCategory.observation], isMeasurement: true))
    }
}

extension InstanceIdentifier {
    /// A DICOM unique identifier: a root without extension.
    fileprivate var dicomUID: String? {
        guard nullFlavor == nil, let root, !root.isEmpty, extensionText == nil,
            root.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
        else { return nil }
        return root
    }
}
