/// Where rules and source text part (guideline section 0.1, ruling R53).
enum Provenance {
    /// Source text against public sources, and what the service does.
    static let differences = PublishedTable(
        "differences", "Where source text and public sources differ",
        "The source text decides what is recommended; public sources decide whether the service may discourage.",
        columns: [
            ("topic", "topic"), ("sourceText", "source text"), ("publicSource", "public sources"), ("here", "here"),
        ],
        texts: [
            [
                "CT, CT myelography, bone scan", "no role in the initial evaluation [2]",
                "may be appropriate after six weeks in a candidate [S03]",
                "warning only where MRI is possible, never where it is contraindicated",
            ],
            [
                "Suspected fracture", "MRI at once",
                "radiographs, CT and MRI without contrast all usually appropriate [S03]",
                "radiographs and CT accepted with a quiet note",
            ],
            [
                "Progressive deficit", "despite conservative management",
                "severe or progressive, no prior treatment [S05]",
                "prior treatment not required",
            ],
            [
                "Older age", "not mentioned", "a variant of its own [S02][S06]", "softens, never triggers",
            ],
            [
                "Earlier surgery", "not mentioned", "a variant of its own, imaging usually appropriate [S02][S03]",
                "not discouraged",
            ],
            [
                "NSAIDs first", "yes [1]", "limited evidence in sciatica, lowest dose, shortest time [S08][S09]",
                "named in text, with what speaks against it",
            ],
            [
                "Gabapentinoids, tricyclics", "temper expectations [2]", "not to be offered [S08]; no effect [S19]",
                "information, no prohibition",
            ],
            [
                "Muscle relaxants", "prescribe for spasm [1]", "an option [S11]; no benzodiazepines for sciatica [S08]",
                "never prompted",
            ],
            [
                "Opioids", "short, for severe pain [2][1]", "not for chronic sciatica [S08]; CDC 2022 [S20][S21]",
                "limits of the CDC",
            ],
            [
                "Early window", "4 weeks for harms, 6 weeks as threshold",
                "28 days in measures [S14]; 6 weeks [S02][S12]",
                "six weeks decide, four weeks are for reports only",
            ],
        ])

    /// What the rules do that the source text does not say.
    static let deviations = PublishedTable(
        "deviations", "Deviations from the source text", "",
        columns: [("subject", "subject"), ("here", "here"), ("why", "why")],
        texts: [
            [
                "Time limits of drug use and trauma",
                "drug use of the last 12 months, trauma of the last 90 days; older drug use hints",
                """
                the source text names no limit; the public measure does [S14]
                """,
            ],
            [
                "Time limits of answers",
                """
                a "no" to a symptom holds 14 days, to a risk factor 365 days, to a cauda equina or weakness \
                question until the next day
                """,
                "an old \"no\" must not silence a new finding; convention",
            ],
            [
                "Urgency", "a risk factor alone supports imaging, it does not make it urgent",
                "the source text says at once for every flag; public criteria support imaging without alarm [S03]",
            ],
            [
                "Repeated imaging",
                "an earlier MRI within 60 months counts, also beside an indicated course, which then may be appropriate",
                """
                the source text speaks of a new episode without a limit
                """,
            ],
            [
                "Tests after a flag",
                "radiographs and CT are accepted for a suspected fracture, CT and nuclear tests where MRI cannot be done",
                """
                the source text names MRI only [S03][S22]
                """,
            ],
            [
                "Weakness", "a severe deficit counts without shown worsening and without prior treatment",
                "waiting is unsafe [S05][S26]",
            ],
            [
                "Hints and unread records",
                "nobody is discouraged while a red flag is hinted at, the context is urgent or part of the record could not be read",
                """
                safety
                """,
            ],
            [
                "Raised CRP or ESR, bacteraemia, recent spinal procedures", "read as hints or signs of infection",
                "not in the source text [S22]",
            ],
            ["Older age, earlier surgery", "nobody is discouraged", "not in the source text [S02][S03]"],
            [
                "Interventions after failed care", "nothing", "the source text breaks off (G45)",
            ],
        ])
}
