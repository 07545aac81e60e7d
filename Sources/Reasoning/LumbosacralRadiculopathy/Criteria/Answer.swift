import ClinicalModel

/// A clinician's attestation in the product's own input codes (ruling R1).
struct Answer {
    let observation: Observation
    /// The code, for example `saddle-sensory-loss`.
    let code: String
    let concept: Concept

    /// Yes or no of a boolean answer; nil for other values.
    var yes: Bool? {
        switch observation.value {
        case .boolean(let value): value
        case .concepts(let values):
            // HL7 v2 table 0136, which the input codes allow for boolean answers.
            values.lazy.compactMap { concept -> Bool? in
                guard concept.code.system == "http://terminology.hl7.org/CodeSystem/v2-0136" else { return nil }
                return concept.code.code == "Y" ? true : concept.code.code == "N" ? false : nil
            }.first
        default: nil
        }
    }

    /// The code of a coded answer, for example `reduced`.
    var choice: String? {
        guard case .concepts(let values) = observation.value else { return nil }
        return values.lazy.compactMap(\.finding).first
    }

    var quantity: Quantity? {
        guard case .quantity(let quantity) = observation.value else { return nil }
        return quantity
    }

    var date: PartialDate? { observation.effective }

    func evidence(because: String) -> Evidence {
        Evidence(observation.provenance, code: concept.code, value: shown, date: date, because: because)
    }

    /// The answer in words.
    var shown: String? {
        switch observation.value {
        case .boolean(let value): value ? "yes" : "no"
        case .quantity(let quantity):
            [quantity.literal, quantity.unit ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
        case .text(let text): text
        case .concepts: choice ?? yes.map { $0 ? "yes" : "no" }
        case .period(let start, let end): "\(start?.literal ?? "?") to \(end?.literal ?? "?")"
        case .date(let date): date.literal
        case .absent, .other: nil
        }
    }

    /// Every answer of a record by code, oldest first, undated before dated; on one day "yes" after "no", so that it wins.
    static func all(in record: ClinicalRecord, until limit: Day) -> [String: [Answer]] {
        var answers: [String: [Answer]] = [:]
        for observation in record.observations {
            if case .absent = observation.value { continue }
            if let earliest = observation.effective?.earliest, earliest > limit { continue }
            for concept in observation.concepts {
                guard let code = concept.finding else { continue }
                answers[code, default: []].append(Answer(observation: observation, code: code, concept: concept))
            }
        }
        return answers.mapValues { answers in
            answers.sorted { left, right in
                let (first, second) = (left.date?.latest ?? Day(.min), right.date?.latest ?? Day(.min))
                if first != second { return first < second }
                return left.rank < right.rank
            }
        }
    }

    /// Whether this answer was given after another one, on every reading of both dates; on one day neither is later.
    func isSurelyLater(than other: Answer) -> Bool {
        guard let first = date?.earliest, let last = other.date?.latest else { return false }
        return first > last
    }

    private var rank: Int { yes == true || choice == "absent" ? 2 : choice == "reduced" ? 1 : 0 }
}
