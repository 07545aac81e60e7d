#include "CSimdjsonDOM.h"

#include <simdjson.h>

struct CSimdjsonDOM {
    CSimdjsonDOM(const uint8_t *bytes, size_t count) : document(reinterpret_cast<const char *>(bytes), count) {}

    simdjson::dom::parser parser;
    simdjson::padded_string document;
};

CSimdjsonDOM *csimdjson_dom_create(const uint8_t *bytes, size_t count) {
    return new CSimdjsonDOM(bytes, count);
}

void csimdjson_dom_destroy(CSimdjsonDOM *dom) { delete dom; }

int csimdjson_dom_parse(CSimdjsonDOM *dom) { return dom->parser.parse(dom->document).error(); }

const char *csimdjson_implementation(void) {
    static const std::string name = simdjson::get_active_implementation()->name();
    return name.c_str();
}
