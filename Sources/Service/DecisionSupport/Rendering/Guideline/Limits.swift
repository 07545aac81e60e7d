/// What is open, what the service is for, and where it ends (guideline sections 6 and 7).
enum Limits {
    static let openQuestions = PublishedTable(
        "openQuestions", "Open clinical questions",
        "Answered by a default until a clinician owner signs. Q1 to Q3, Q8 to Q10 and Q12 decide most outcomes.",
        columns: [
            ("id", "id"), ("question", "question"), ("default", "default"), ("reason", "reason"),
            ("decidedBy", "who decides"), ("thresholds", "set by"),
        ],
        rows: questions.enumerated().map { index, row in
            [
                .text("Q\(index + 1)"), .text(row.0), .text(row.1), .text(row.2), .text(decides(index + 1)),
                .links(keys[index + 1] ?? []),
            ]
        }, isAnchored: true)

    private static func decides(_ number: Int) -> String {
        if [1, 2, 3, 8, 9, 10, 12].contains(number) {
            return "a clinician owner, before release; nobody has signed yet"
        }
        return keys[number] == nil ? "a clinician owner" : "a clinician owner; a site by its file"
    }

    /// Keys of the configuration by which a site answers a question for itself.
    private static let keys: [Int: [String]] = [
        1: ["prog.requireConservativeManagement"], 2: ["prog.mrcSevere"], 3: ["alerts.patientViewRiskFactorOnly"],
        4: ["inf.hivPolicy"], 5: ["mal.lookbackYears", "mal.excludeSkin"],
        6: ["mal.ageOver", "inf.diabetesCounts", "inf.crpEsr"], 7: ["soft.elderlyOver"],
        8: [
            "course.trial.minDays", "course.trial.gapDays", "course.trial.endWithinDays", "course.trial.minModalities",
        ], 9: ["course.failure.pain", "course.failure.improvement"],
        10: ["candidate.requireEvidence", "candidate.specialties"], 12: ["repeat.lookbackMonths"],
        17: ["scope.minAgeYears"], 18: ["opioid.maxDays", "opioid.mme", "opioid.painSevere"],
        19: ["older.relaxantAge"], 20: ["inf.feverCelsius", "inf.feverDays"], 21: ["ces.extendedFeatures"],
    ]

    private static let questions: [(String, String, String)] = [
        ("Does a progressive deficit need prior treatment?", "no", "waiting is unsafe; public sources ask for none"),
        ("A single severe deficit, not shown to worsen?", "counts", "severe or progressive [S05][S26]"),
        (
            "Does a risk factor alone mean MRI at once?", "indication yes, urgency no",
            "the literal source text without the alarm"
        ), ("HIV under control?", "counts", "as in the public measure; can be switched"),
        ("How far back does cancer count?", "without limit, skin cancer apart", "as in the public measure"),
        ("Age over 50, diabetes, raised CRP alone?", "no flags; CRP hints", "weak evidence, source text silent"),
        ("Soft flag of age?", "over 70, discouraging becomes may be appropriate", "public variant for older adults"),
        (
            "What is a conservative trial?", "any delivered care, 42 days, gaps up to 14, ended within 180 days",
            "the source text lists elements, no doses"
        ), ("What is failure?", "pain of 4 or more and less than half better", "convention"),
        ("Who is a candidate for a procedure?", "evidence is needed; unknown asks", "charts rarely say"),
        ("Onset unknown?", "ask, no warning", "cannot be rated"),
        (
            "Earlier MRI: how old, and beside an indication?", "60 months; may be appropriate",
            "no limit in the source text"
        ),
        ("Fracture flag with radiographs?", "accepted, quiet note", "public criteria"),
        ("Bone scan or CT after six weeks?", "warning, unless MRI is contraindicated", "source text"),
        ("MRI without and with contrast in plain radiculopathy?", "information", "public: may be appropriate"),
        ("After surgery?", "outside the source text, never discouraged", "public variant"),
        ("Children?", "not evaluated, emergencies apart", "the source text means adults without saying so"),
        ("Limits of opioids?", "7 days, 50 MME a day, severe from 7 of 10", "the source text says short and severe"),
        ("Muscle relaxants \"should\" be given?", "never prompted", "safety in older adults"),
        ("What is fever?", "38.0 Cel within 14 days", "sources differ"),
        ("Bilateral sciatica, sexual dysfunction?", "ask, not met", "not in the source text"),
        ("Earlier MRI and unknown onset?", "insufficient data; the earlier MRI is mentioned", "unknown stays unknown"),
        ("The missing section on interventions?", "nothing", "truncated"),
    ]

    static let use = PublishedTable(
        "use", "Intended use", "",
        columns: [("subject", "subject"), ("text", "text")],
        texts: [
            [
                "For",
                """
                clinicians who order imaging of the lumbar spine for adults with lumbosacral radiculopathy \
                (sciatica); options with their reasons, the decision stays with the clinician
                """,
            ],
            [
                "Not for",
                """
                children (emergencies apart), patients after lumbar surgery beyond not discouraging them, trauma \
                work-up, tumour staging, multiple sclerosis; no use by patients; no alarm, monitor or triage
                """,
            ],
            [
                "In an emergency",
                """
                cards on cauda equina syndrome and weakness add to the local emergency pathway, they do not replace \
                it
                """,
            ],
            [
                "Never",
                """
                an order is never cancelled by the service, images and signals are never read, no probability of \
                disease is computed
                """,
            ],
        ])

    static let known = PublishedTable(
        "limits", "Known limits", "",
        columns: [("subject", "subject"), ("text", "text")],
        texts: [
            ["Text", "Only coded data are read. Notes, reasons in words and reports are never read; cards say so."],
            [
                "Silence",
                "No card means appropriate or not evaluated; the decision beside it says which. It is no clearance.",
            ],
            [
                "Red flags",
                "Charts rarely hold answered questions. What is not recorded is unknown and named on the card.",
            ],
            ["Code lists", "Snapshots without a terminology server; a code in no list decides nothing."],
            ["Figures", "27.2% and 11.1% [2] could not be traced to a public source."],
            ["Conventions", "Several limits have no published source; they are marked in the open questions."],
            ["Review", "No clinician owner has signed the rules yet."],
            ["Updates", "With each version of the knowledge; the version stands in every decision."],
        ])
}
