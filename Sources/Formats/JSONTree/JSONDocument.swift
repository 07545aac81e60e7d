// Filled by the JSON tree.
