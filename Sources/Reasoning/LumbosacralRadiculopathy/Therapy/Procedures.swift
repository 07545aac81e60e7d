extension Criterion {
    /// A documented trial as procedures read it: nothing on record is no evidence against one (rulings R29, R50).
    var beforeProcedure: Criterion {
        let isSilent = result == .unknown && evidence.isEmpty && missing.allSatisfy { $0.reason == .notRecorded }
        return Criterion(
            .procedureTrialDocumented, isSilent ? .noneOnRecord : result, evidence: evidence, missing: missing)
    }
}
