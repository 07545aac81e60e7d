/// Entries of invented documents, for the tests of findings. The document's day is 2025-06-16.
enum Entries {
    static let snomed = "2.16.840.1.113883.6.96"

    /// A Problem Observation; its value osteoporosis unless another is given.
    static func problem(
        _ attributes: String = "", id: String = "", code: String = "<code code='64572001' codeSystem='\(snomed)'/>",
        time: String = "<low value='20200105'/>", value: String = value("64859006", "Osteoporosis"),
        status: String = "completed", text: String = "", inside: String = ""
    ) -> String {
        """
        <observation classCode='OBS' moodCode='EVN'\(attributes)>\(Sample.template("4"))\(self.id(id))\(code)\(text)\
        <statusCode code='\(status)'/>\(time.isEmpty ? "" : "<effectiveTime>\(time)</effectiveTime>")\(value)\(inside)\
        </observation>
        """
    }

    /// A concern act around problems.
    static func concern(
        _ problems: String..., status: String? = "active", attributes: String = "", template: String = "3",
        code: String = "<code code='CONC' codeSystem='2.16.840.1.113883.5.6'/>", inside: String = ""
    ) -> String {
        let status = status.map { "<statusCode code='\($0)'/>" } ?? ""
        return """
            <act classCode='ACT' moodCode='EVN'\(attributes)>\(Sample.template(template))\(code)\(status)\
            <effectiveTime><low value='20240101'/></effectiveTime>\(inside)\
            \(problems.map { related($0) }.joined())</act>
            """
    }

    /// Value of type CD.
    static func value(_ code: String, _ display: String, _ system: String = snomed, inside: String = "") -> String {
        "<value xsi:type='CD' code='\(code)' codeSystem='\(system)' displayName='\(display)'>\(inside)</value>"
    }

    /// A null value with what is given inside.
    static func null(_ flavor: String, _ inside: String = "") -> String {
        "<value xsi:type='CD' nullFlavor='\(flavor)'>\(inside)</value>"
    }

    /// An entryRelationship.
    static func related(_ inside: String, _ type: String = "SUBJ", _ attributes: String = "") -> String {
        "<entryRelationship typeCode='\(type)'\(attributes)>\(inside)</entryRelationship>"
    }

    /// An observation that qualifies another, in its entryRelationship.
    static func part(
        _ template: String, _ code: String = "", _ value: String, attributes: String = "", status: String = "completed",
        inside: String = "", type: String = "SUBJ"
    ) -> String {
        related(
            """
            <observation classCode='OBS' moodCode='EVN'\(attributes)>\(Sample.template(template))\(code)\
            <statusCode code='\(status)'/>\(value)\(inside)</observation>
            """, type)
    }

    /// Problem Status.
    static func status(_ code: String, _ display: String = "Status") -> String {
        part(
            "6", "<code code='33999-4' codeSystem='2.16.840.1.113883.6.1'/>", value(code, display), type: "REFR")
    }

    /// A comment.
    static func comment(_ text: String) -> String {
        related(
            """
            <act classCode='ACT' moodCode='EVN'>\(Sample.template("64"))\
            <code code='48767-8' codeSystem='2.16.840.1.113883.6.1'/><text>\(text)</text></act>
            """)
    }

    /// An indication.
    static func indication(
        _ attributes: String = "", id: String = "", value: String = value("279039007", "Low back pain"),
        status: String = "completed"
    ) -> String {
        related(
            """
            <observation classCode='OBS' moodCode='EVN'\(attributes)>\(Sample.template("19"))\(self.id(id))\
            <code code='404684003' codeSystem='\(snomed)'/><statusCode code='\(status)'/>\(value)</observation>
            """, "RSON")
    }

    /// A Medication Activity of ibuprofen unless another drug is given.
    static func drug(
        _ attributes: String = "", mood: String = "EVN", id: String = "", template: String = "16",
        status: String? = "active",
        time: String = "<effectiveTime xsi:type='IVL_TS'><low value='20250101'/></effectiveTime>",
        code: String =
            "<code code='197806' codeSystem='2.16.840.1.113883.6.88' displayName='ibuprofen 600 MG Oral Tablet'/>",
        material: String = "", product: String = "", inside: String = ""
    ) -> String {
        let status = status.map { "<statusCode code='\($0)'/>" } ?? ""
        return """
            <substanceAdministration classCode='SBADM' moodCode='\(mood)'\(attributes)>\(Sample.template(template))\
            \(self.id(id))\(status)\(time)<consumable><manufacturedProduct classCode='MANU'><manufacturedMaterial>\
            \(code)\(material)</manufacturedMaterial>\(product)</manufacturedProduct></consumable>\(inside)\
            </substanceAdministration>
            """
    }

    /// An id below an invented root; nothing for an empty one.
    static func id(_ text: String) -> String {
        text.isEmpty ? "" : "<id root='2.16.840.1.113883.19.5.99999.7' extension='\(text)'/>"
    }

    /// An author with a time.
    static func author(_ time: String, _ family: String = "Writer") -> String {
        """
        <author><time value='\(time)'/><assignedAuthor><id root='2.16.840.1.113883.4.6' extension='\(family)'/>\
        <assignedPerson><name><given>Ann</given><family>\(family)</family></name></assignedPerson></assignedAuthor></author>
        """
    }

    /// A subject who is a relative.
    static func subject(_ code: String, inside: String = "") -> String {
        """
        <subject><relatedSubject classCode='PRS'><code code='\(code)' codeSystem='2.16.840.1.113883.5.111'/>\(inside)\
        </relatedSubject></subject>
        """
    }
}
