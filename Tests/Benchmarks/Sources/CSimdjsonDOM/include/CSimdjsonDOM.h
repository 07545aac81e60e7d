#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// simdjson's own parser with a padded copy of one document: the yardstick.
typedef struct CSimdjsonDOM CSimdjsonDOM;

CSimdjsonDOM *_Nonnull csimdjson_dom_create(const uint8_t *_Nonnull bytes, size_t count);

void csimdjson_dom_destroy(CSimdjsonDOM *_Nonnull dom);

/// Parses the document into simdjson's DOM, with the buffers of the last time; returns its error code, 0 for none.
int csimdjson_dom_parse(CSimdjsonDOM *_Nonnull dom);

/// The instruction set simdjson chose.
const char *_Nonnull csimdjson_implementation(void);

#ifdef __cplusplus
}
#endif
