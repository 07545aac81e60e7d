"""The kinds of difference between the facts of a decision and the keyword index of the corpus, in plain words."""

SAME = "same"

# By key: a title and the explanation.
KINDS = {
    "deceased": (
        "The patient has died",
        "No decision is taken for a patient recorded as deceased (ruling R55), so no fact of the record is shown.",
    ),
    "keyword": (
        "A keyword, in none of our code sets for the criterion",
        "The index matched a word of the display: a neoplasm or carcinoma in situ, an infection away from the "
        "spine, an injury of another part, a suspected or past event. No value set lets the code speak to the "
        "criterion.",
    ),
    "drug-use": (
        "Drug use without a route",
        "The guideline asks for injected drugs. The code says misuse, abuse or dependence and neither a route "
        "nor, in our code sets, a hint of one; it is read in decisions on opioid orders at most.",
    ),
    "too-old": (
        "Too long ago",
        "The code is ours, its date is outside the time that it counts for: fever 14 days, bacteraemia and trauma "
        "90 days, a pregnancy 301 days, a lumbar MRI 60 months.",
    ),
    "ended": (
        "Ended",
        "The condition is resolved or has an end: a pregnancy, a healed fracture, a complaint that is over.",
    ),
    "not-a-fracture": (
        "Osteoporosis listed as a fracture",
        "The index lists every osteoporosis code as pathological or vertebral fracture too. The code names no "
        "fracture, or none of the spine: it counts as osteoporosis (a risk), not as a fracture that presents.",
    ),
    "back-pain": (
        "Back pain is not radiculopathy",
        "A code of low back pain without radiculopathy does not put a patient into the scope of the guideline.",
    ),
    "other-region": (
        "Imaging of another region",
        "An image of the chest, a limb, a breast or the teeth says nothing of the lumbar spine.",
    ),
    "not-mri": (
        "No MRI of the lumbar spine",
        "A radiograph of the spine, or an image whose code names no lumbar MRI: only an earlier lumbar MRI is "
        "asked for.",
    ),
    "order": (
        "An order, not an examination",
        "The index lists the order beside the examination; an order is no earlier MRI.",
    ),
    "text-only": (
        "An order by text only",
        "The order carries words and no code. Free text never sets a criterion (ruling R54).",
    ),
    "body-site": (
        "A body site, not an examination",
        "The index took the code of the body site; the examination itself has another code or none.",
    ),
    "before-episode": (
        "Treatment before the episode",
        "A course counts as conservative treatment from 14 days before the onset of the radiculopathy, without an "
        "onset for 90 days; the last one ended before.",
    ),
    "not-in-run": (
        "Treatment outside the run that counts",
        "The course lies in the episode and is not part of the longest run of treatment days that the decision "
        "shows, or it is no systemic drug.",
    ),
    "opioid": (
        "Opioids are no conservative trial",
        "An opioid course counts in decisions on drug orders only, not as conservative treatment before imaging.",
    ),
    "anticoagulant": (
        "An anticoagulant alone",
        "An anticoagulant is a hint of a haematoma only within 14 days of the onset or after a spinal procedure "
        "(ruling R42).",
    ),
    "index-cut": (
        "The index stops counting",
        "The index shows six images and says how many more there are; those are not compared.",
    ),
    "own-measurement": (
        "Ours alone: a measurement",
        "A laboratory value, a score or the fall of the body weight decides by its number; the index looks at "
        "diagnoses.",
    ),
    "own-shown": (
        "Ours alone: shown, not counted",
        "A value within its limits, or a finding that is too old, stands beside what sets the criterion and "
        "decides nothing.",
    ),
    "own-drug": (
        "Ours alone: a drug",
        "An immunosuppressant counts while it is taken; the index has no column for it.",
    ),
    "own-display": (
        "Ours alone: a code with the display of something else",
        "The source wrote a code that means one thing beside a display that says another. The code counts "
        "(reading policy); which of the two was meant, only a person can tell.",
    ),
    "own-finding": (
        "Ours alone: a finding",
        "The code is in our value sets and no keyword of the index matches it.",
    ),
    "own-hint": (
        "Ours alone: a hint",
        "The code makes the red flag suspected, not met, so that the clinician is asked; the index has no such "
        "thing.",
    ),
}
