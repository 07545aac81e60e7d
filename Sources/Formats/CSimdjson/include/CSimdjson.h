#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Runs simdjson's first stage: finds the places where brackets, colons, commas and values stand.
/// One indexer serves many documents, one at a time; its memory grows to the largest and stays.
typedef struct CSimdjsonIndexer CSimdjsonIndexer;

typedef enum CSimdjsonOutcome {
    /// The indexes are complete; the bytes are UTF-8 without control characters in strings.
    CSimdjsonIndexed = 0,
    /// The indexes are complete; some bytes are not UTF-8.
    CSimdjsonNotUTF8 = 1,
    /// A string holds a control character; the number of indexes is not known.
    CSimdjsonControlCharacter = 2,
    /// The last string has no end; the number of indexes is not known.
    CSimdjsonOpenString = 3,
    /// No value anywhere.
    CSimdjsonNothing = 4,
    /// No memory for the indexes.
    CSimdjsonNoMemory = 5,
    /// Anything else; never seen.
    CSimdjsonFailed = 6,
} CSimdjsonOutcome;

/// NULL when there is no memory.
CSimdjsonIndexer *_Nullable csimdjson_create(void);

void csimdjson_destroy(CSimdjsonIndexer *_Nonnull indexer);

/// Finds the structural indexes of `count` bytes (at most 4 GiB - 1), reading none beyond them.
CSimdjsonOutcome csimdjson_index(CSimdjsonIndexer *_Nonnull indexer, const uint8_t *_Nonnull bytes, size_t count);

/// The indexes of the last run, in ascending order: byte offsets of `{ } [ ] : ,` outside strings, of each opening
/// quote and of the first byte of every other value. After the last one stand two writable slots holding the length.
uint32_t *_Nonnull csimdjson_indexes(CSimdjsonIndexer *_Nonnull indexer);

/// How many indexes the last run found.
size_t csimdjson_index_count(const CSimdjsonIndexer *_Nonnull indexer);

/// The first `byte` among `count` bytes; NULL when there is none.
static inline const uint8_t *_Nullable csimdjson_find(const uint8_t *_Nonnull bytes, uint8_t byte, size_t count) {
    return (const uint8_t *)memchr(bytes, byte, count);
}

#ifdef __cplusplus
}
#endif
