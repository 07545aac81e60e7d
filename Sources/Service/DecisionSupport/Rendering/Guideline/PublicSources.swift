/// Sources seen while the rules were written, by the tags that cards and tables use (guideline section 8).
///
/// What was seen is often a page's beginning or a lay summary, not the primary document.
enum PublicSources {
    static let table = PublishedTable(
        "sources", "Sources",
        "Seen in parts or as lay summaries; check the primary document before building on one.",
        columns: [("tag", "tag"), ("source", "source"), ("usedFor", "used for")],
        rows: list.map { [.text($0.0), .text($0.1), .text($0.2)] }, isAnchored: true)

    private static let list: [(String, String, String)] = [
        (
            "S01",
            "droracle.ai/articles/485893 (same wording as the source text as far as "
                + "displayed, its end and reference list were not; updated 6 Nov 2025)",
            "provenance"
        ),
        (
            "S02",
            "ACR Appropriateness Criteria Low Back Pain 2021: acsearch.acr.org GetAppendix "
                + "TopicId=141; gravitas.acr.org NarrativeAuthoringPreviewDocument topicId=141 "
                + "(variants 1-7 by title, tables of 1 and 2 in full); JACR Nov 2021 S361-S379",
            "variants, wording of ratings"
        ),
        (
            "S03",
            "radiologyinfo.org/en/info/acs-low-back-pain (lay summary of the ACR ratings, "
                + "variants 3-7)",
            "ratings by variant"
        ),
        (
            "S04", "ACP/APS 2007 pocket card, eguideline.guidelinecentral.com/i/102836/2",
            "MRI only in possible candidates; stay active"
        ),
        (
            "S05", "ACP 2011 imaging advice table, eguideline.guidelinecentral.com/i/76618/5",
            "immediate vs deferred imaging, ages 65/75, severe or progressive deficit"
        ),
        (
            "S06", "AJNR 2007;28:990, table of the then ACR criteria (age >70; ratings 1-9)",
            "age 70"
        ),
        (
            "S07", "Downie et al., BMJ 2013;347:f7095",
            "post-test probabilities: fracture - older age 9%, steroids 33%, trauma 11%; cancer history 33%"
        ),
        (
            "S08",
            "mims.co.uk article 1695191 and medicinesresources.nhs.uk note on the 2020 NICE "
                + "sciatica update (lay)",
            "drugs in sciatica"
        ),
        (
            "S09",
            "NICE NG59 recommendations, nice.org.uk/guidance/ng59; summary of the NSAID "
                + "wording at iosteopathy.org",
            "imaging 1.1.4-1.1.6, scope 16+"
        ),
        (
            "S10",
            "American College of Rheumatology 2022 glucocorticoid-induced osteoporosis "
                + "guideline (abstract)",
            ">= 2.5 mg/d for > 3 months"
        ),
        (
            "S11", "aafp.org/afp/2017/0915/p407 on ACP 2017",
            "acute < 4, subacute 4-12, chronic > 12 weeks; heat, NSAID, relaxant"
        ),
        (
            "S12", "AAFP Choosing Wisely page 127 (North American Spine Society item)",
            "no advanced imaging in the first six weeks; list of red flags"
        ),
        (
            "S13", "Am Fam Physician 2012;85:343 (abstract)",
            "trauma relative to age and bone"
        ),
        (
            "S14", "ecqi.healthit.gov CMS166v7 specification (logic text)",
            "look-backs: 28 d, 90 d, 12 months, any time; 90 steroid days"
        ),
        (
            "S15",
            "payer pages on HEDIS LBP: bcbsmt.com 9 Feb 2022, bcbstx.com 27 Jul 2020, "
                + "hopkinsmedicine.org health plans",
            "ages 18-75, exclusions, 90 consecutive days"
        ),
        (
            "S16", "Jarvik et al., JAMA 2015 (jamanetwork 2203801)",
            "early imaging over 65"
        ),
        (
            "S17", "Webster et al., PMC4235393",
            "early MRI with and without radiculopathy"
        ),
        (
            "S18", "Brinjikji et al., AJNR 2015;36:811",
            "findings without symptoms"
        ),
        (
            "S19", "Gimenez-Campos et al., PMC8515246",
            "gabapentinoids in sciatica"
        ),
        (
            "S20", "CDC 2022 opioid guideline (overview pages)",
            "populations, acute/subacute/chronic"
        ),
        (
            "S21", "build.fhir.org cqframework opioid-cds-r4, recommendation 6",
            "> 7 days trigger; no interruption when no alert"
        ),
        (
            "S22", "IDSA 2015 native vertebral osteomyelitis (guidelinecentral, idsociety pages)",
            "fever, ESR/CRP, bacteraemia; MRI; alternatives"
        ),
        (
            "S23", "healthierlsc.co.uk diagnostic working group pathway; embeds.co.uk",
            "residual volume 200 mL"
        ),
        (
            "S24", "BMJ Best Practice 3000164 (excerpt)",
            "CES features, 14 days, MRI within 4 hours, residual volume"
        ),
        (
            "S25", "UK community red flags sheet Sept 2023 (scribd 717602173)",
            "power < 3/5"
        ),
        (
            "S26", "rightdecisions.scot.nhs.uk Lothian lumbar red flags",
            "motor grade 3 or less, acute foot drop"
        ),
        (
            "S27", "droracle.ai pages on fever definitions (secondary; quoting CDC, SCCM/IDSA)",
            "37.8 / 38.0 / 38.3"
        ),
        (
            "S28", "PMC3192074 table; CDC/ACIP altered immunocompetence chapter",
            "steroid 20 mg 14 d; CD4 200; local steroids not counted"
        ),
        (
            "S29", "Harrison's 20e abstract (accessmedicine); BMJ Best Practice 548",
            "weight loss 5% or 4.5 kg in 6-12 months"
        ),
        (
            "S30", "frierlevitt.com on the Jan 2026 FDA CDS guidance (lay)",
            "four criteria"
        ),
        (
            "S31", "meddeviceguide.com FDA CDS guide 2026 (lay)",
            "supersession, dates"
        ),
        (
            "S32", "morulaa.com p=42421 (lay)",
            "intermittent measurements, discretion"
        ),
        (
            "S33", "formweb.com excerpt of AGS Beers 2023",
            "opioid plus benzodiazepine: avoid"
        ),
        (
            "S34", "hhs.gov/guidance appropriate-use-criteria-program",
            "AUC paused, 42 CFR 414.94 rescinded"
        ),
        (
            "S35", "fda.gov brief 19 Dec 2019",
            "gabapentinoids and breathing"
        ),
        (
            "S36", "GitHub HealthSamurai/documentation, source-attributes page (search excerpt)",
            "13 attributes"
        ),
        (
            "S37", "govinfo.gov FR-2025-12-29 2025-23896",
            "HTI-5 proposed rule"
        ),
        (
            "S38", "beta.healthit.gov (b)(11) clarifications",
            "definition of Predictive DSI"
        ),
        (
            "S39", "drummondgroup.com, ailegaljournal.com, mondaq.com 1747726 on HTI-5 (lay)",
            "status, model card"
        ),
        (
            "S40", "build.fhir.org/ig/HL7/cds-hooks",
            "indicators, < 140 characters"
        ),
        (
            "S41", "vivo.weill.cornell.edu pubid31733384",
            "pop-up effect, override reasons"
        ),
        (
            "S42", "arrs.org press release 15 Feb 2019 (Zafar et al., AJR)",
            "report cards vs alerts"
        ),
        (
            "S43", "Ip et al., PMC4035377",
            "CDS plus accountability"
        ),
        (
            "S44", "Jenkins et al., PMC4387031",
            "review of interventions"
        ),
        (
            "S45", "Ancker et al., BMC Med Inform Decis Mak 2017 (s12911-017-0430-8)",
            "overrides, repeats"
        ),
        (
            "S46", "PMC7489931 table 1 (after AGS 2019)",
            "NSAID below GFR 30"
        ),
        (
            "S47", "AAP News on FDA Oct 2020",
            "NSAID from 20 weeks"
        ),
        (
            "S48", "avoidingpeertopeercalls.com, lumbar MRI part 2 (blog)",
            "how reviewers count conservative care"
        ),
        (
            "S49", "AGS Beers 2023 (abstract)",
            "population 65+"
        ),
        (
            "S50", "ACOG Committee Opinion 723 (abstract)",
            "imaging in pregnancy"
        ),
        (
            "S51", "JMIR Med Inform 2022;10:e40511",
            "appropriateness of alerts"
        ),
        (
            "S52", "acr.org webinar note 4 Apr 2024",
            "CDS instead of pre-authorisation"
        ),
        (
            "S53", "CMS decision memo CAG-00399R4 (2018)",
            "MRI with cardiac devices"
        ),
        (
            "S54", "goodwinlaw.com 17 Oct 2022 (lay)",
            "2022 criteria"
        ),
        (
            "S55", "medenvoyglobal.com (lay)",
            "29 Jan 2026 revision"
        ),
        (
            "S56", "acc.org 14 Dec 2023",
            "AUC pause"
        ),
        (
            "S57",
            "NASS 2012 disc herniation with radiculopathy: PubMed 24239490, guideline.gov "
                + "46414 (definition seen, recommendations not displayed)",
            "definition of radiculopathy from disc herniation"
        ),
        (
            "S58", "gravitas.acr.org topic 230 Back Pain-Child",
            "radiograph first with a red flag in children"
        ),
    ]
}
