/// What dosage instructions say of the daily dose.
struct DosageReading {
    /// Milligrams a day; nil when they do not say, or when the drug's strength is needed.
    var milligramsPerDay: Double?
    /// Tablets, puffs or other units a day, to be multiplied by the strength.
    var unitsPerDay: Double?
}
