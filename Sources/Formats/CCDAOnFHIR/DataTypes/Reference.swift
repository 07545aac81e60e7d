import JSONTree

/// `{"reference": …}`
func reference(_ url: String) -> JSONValue { ["reference": .string(url)] }
