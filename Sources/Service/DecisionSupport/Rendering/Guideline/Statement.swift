/// One statement of the guideline text, in the product's own words (guideline section 1).
public struct Statement: Sendable, Hashable {
    /// What a statement is about.
    public enum Topic: String, Sendable, Hashable, CaseIterable {
        case imagingIndication = "imaging indication"
        case againstImaging = "against imaging"
        case drug = "medication"
        case nonDrug = "treatment without medication"
        case education
        case pitfall
        case naturalHistory = "natural history"
        case modality = "choice of test"
        case timing
        case interventional = "intervention"
    }

    /// Id, for example `G19`; stable.
    public let id: String
    /// The statement, paraphrased.
    public let text: String
    /// Reference marks that the source text prints; their titles are not known.
    public let marks: [Int]
    /// What it is about.
    public let topics: [Topic]
    /// Cards that rest on it or show it; what else carries it says so itself.
    public let cards: [String]

    private init(
        _ id: String, _ text: String, _ marks: [Int], _ topics: [Topic], cards: [String] = []
    ) {
        self.id = id
        self.text = text
        self.marks = marks
        self.topics = topics
        self.cards = cards
    }

    /// The statement with an id; nil when there is none.
    public static func statement(_ id: String) -> Statement? { all.first { $0.id == id } }

    /// All statements in the order of the source text. The last one is a gap: no rule and no card rests on it.
    public static let all: [Statement] = treatment + outlook + redFlags + tests + pitfalls

    private static let treatment = [
        Statement(
            "G01", "Begin with conservative care and keep to it for six weeks or more.", [1], [.timing],
            cards: ["K05", "K06", "K07"]),
        Statement(
            "G02", "No routine imaging during that time.", [1], [.againstImaging], cards: ["K05"]),
        Statement(
            "G03",
            "Medication for the start: NSAIDs, muscle relaxants, and opioids briefly and with judgement when pain is severe.",
            [1], [.drug], cards: ["K06"]),
        Statement("G04", "Medication goes together with adapted activity …", [1], [.nonDrug], cards: ["K05", "K06"]),
        Statement(
            "G05", "… and with teaching the patient how well this usually ends.", [1], [.education],
            cards: ["K05", "K06"]),
        Statement(
            "G06", "The condition limits itself; its course is favourable.", [1], [.naturalHistory], cards: ["K05"]),
        Statement("G07", "NSAIDs are the first choice against the pain.", [1], [.drug], cards: ["K05", "K28", "K29"]),
        Statement("G08", "Muscle relaxants are for accompanying spasm.", [1], [.drug], cards: ["K31"]),
        Statement(
            "G09", "Opioids only for a short time, with judgement, and only for severe pain.", [2, 1], [.drug],
            cards: ["K27", "K28"]),
        Statement(
            "G10",
            "Radiculopathy may respond poorly to the usual drugs for nerve pain, compared with other nerve pain.",
            [2, 1], [.drug], cards: ["K25"]),
        Statement(
            "G11",
            "Recent trials saw less effect of gabapentin, pregabalin and tricyclics than in diabetic neuropathy or after "
                + "shingles.",
            [2], [.drug], cards: ["K25"]),
        Statement("G12", "Expect little of drugs for nerve pain.", [2], [.drug], cards: ["K25"]),
        Statement(
            "G13", "Adapting activity without full bed rest is essential.", [1], [.nonDrug],
            cards: ["K24"]),
        Statement(
            "G14", "Patients should keep moving; bed rest is not prescribed.", [1], [.nonDrug],
            cards: ["K24"]),
        Statement("G15", "Heat or cold as the patient likes it.", [1], [.nonDrug], cards: ["K05"]),
    ]

    private static let outlook = [
        Statement("G16", "Educate and reassure: good prognosis, self-limiting.", [1], [.education], cards: ["K05"]),
        Statement(
            "G17",
            "A full rehabilitation programme: (a) stabilisation of the trunk, (b) posture training, (c) re-activation of "
                + "muscles, (d) work on lost flexibility and strength.",
            [3], [.nonDrug], cards: ["K05", "K06"]),
        Statement(
            "G18", "Most disc herniations shrink or are reabsorbed by 8 weeks after onset.", [2], [.naturalHistory],
            cards: ["K05", "K06", "K07", "K08"]),
        Statement(
            "G19", "Six weeks or more of conservative care before advanced imaging is considered.", [1], [.timing],
            cards: ["K05", "K06", "K07", "K12"]),
        Statement(
            "G20", "Six weeks or more before interventional procedures are considered.", [1],
            [.timing, .interventional],
            cards: ["K30"]),
        Statement(
            "G21", "Mostly self-limiting; most patients do well with medical care and physical therapy.", [2, 1],
            [.naturalHistory], cards: ["K08"]),
        Statement(
            "G22", "No routine imaging of uncomplicated cases.", [2, 1], [.againstImaging],
            cards: ["K05"]),
        Statement(
            "G23", "Because it brings no clinical benefit, more use of care and no better outcome.", [2, 1],
            [.againstImaging], cards: ["K05"]),
        Statement(
            "G24", "Findings such as disc protrusions are frequent in people without symptoms …", [1],
            [.againstImaging],
            cards: ["K05"]),
        Statement("G25", "… and may have nothing to do with the symptoms.", [1], [.againstImaging], cards: ["K05"]),
        Statement(
            "G26",
            "Imaging within 4 weeks goes along with more injections, surgery and disability payments, without better "
                + "outcomes.",
            [2], [.againstImaging], cards: ["K05"]),
    ]

    private static let redFlags = [
        Statement(
            "G27", "With any red flag: MRI at once.", [], [.imagingIndication],
            cards: ["K01", "K02", "K03", "K04", "K23", "K34"]),
        Statement(
            "G28",
            "Cauda equina syndrome: (a) saddle anaesthesia, (b) bladder or bowel dysfunction, (c) weakness of both legs.",
            [1], [.imagingIndication], cards: ["K01"]),
        Statement("G29", "Suspected malignancy.", [1], [.imagingIndication], cards: ["K03"]),
        Statement(
            "G30", "Suspected infection: (a) fever, (b) weakened immune system, (c) intravenous drug use.", [1],
            [.imagingIndication], cards: ["K03"]),
        Statement(
            "G31", "Suspected fracture: (a) significant trauma, (b) osteoporosis, (c) prolonged corticosteroids.", [1],
            [.imagingIndication], cards: ["K04"]),
        Statement(
            "G32", "Neurological deficits that progress despite conservative care.", [1], [.imagingIndication],
            cards: ["K02"]),
        Statement(
            "G33",
            "Consider imaging after six weeks of failed conservative care in possible candidates for surgery or epidural "
                + "steroid injection.",
            [1], [.imagingIndication, .timing], cards: ["K09", "K10", "K11"]),
    ]

    private static let tests = [
        Statement(
            "G34", "MRI is preferred when imaging is indicated.", [4], [.modality],
            cards: ["K15", "K16", "K19", "K22"]),
        Statement(
            "G35", "CT: no role in the initial evaluation.", [2], [.modality], cards: ["K15"]),
        Statement(
            "G36", "CT myelography: no role in the initial evaluation.", [2], [.modality],
            cards: ["K15"]),
        Statement(
            "G37", "Bone scan: no role in the initial evaluation.", [2], [.modality],
            cards: ["K15"]),
        Statement(
            "G38", "PET: no role in the initial evaluation.", [2], [.modality], cards: ["K15"]),
    ]

    private static let pitfalls = [
        Statement("G39", "Pitfall: ordering images by reflex.", [2], [.pitfall], cards: ["K05"]),
        Statement(
            "G40", "27.2% of patients have radiographs within 4 weeks although they do not help.", [2], [.pitfall],
            cards: ["K05"]),
        Statement(
            "G41", "11.1% have CT or MRI within 4 weeks although they do not help.", [2], [.pitfall], cards: ["K05"]),
        Statement(
            "G42", "Pitfall: prescribing bed rest; staying active works better.", [1], [.pitfall],
            cards: ["K24"]),
        Statement(
            "G43", "Pitfall: taking for granted that drugs for nerve pain work here.", [2], [.pitfall], cards: ["K25"]),
        Statement(
            "G44",
            "Pitfall: repeating imaging for a new episode when an earlier MRI exists; a change of a protrusion is unlikely "
                + "to be seen.",
            [2], [.pitfall], cards: ["K17", "K18"]),
        Statement(
            "G45",
            "Gap: the source text ends after a heading on interventions after failed conservative care. It says nothing "
                + "there, so nothing rests on it.",
            [], [.interventional]),
    ]
}
