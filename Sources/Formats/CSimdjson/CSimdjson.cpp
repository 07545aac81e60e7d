#include "CSimdjson.h"

#include <algorithm>
#include <memory>
#include <new>

#include <simdjson.h>

using simdjson::internal::dom_parser_implementation;

struct CSimdjsonIndexer {
    std::unique_ptr<dom_parser_implementation> stages;
};

namespace {

// The first stage needs no depth; simdjson asks for one to size the stacks of its second stage.
constexpr size_t unusedDepth = 1;
constexpr size_t smallestCapacity = 4096;

simdjson::error_code makeRoom(CSimdjsonIndexer &indexer, size_t count) noexcept {
    const size_t capacity = std::max(count, smallestCapacity);
    if (!indexer.stages) {
        return simdjson::get_active_implementation()->create_dom_parser_implementation(
            capacity, unusedDepth, indexer.stages);
    }
    if (capacity <= indexer.stages->capacity()) { return simdjson::SUCCESS; }
    return indexer.stages->set_capacity(capacity);
}

CSimdjsonOutcome outcome(simdjson::error_code code) noexcept {
    switch (code) {
    case simdjson::SUCCESS: return CSimdjsonIndexed;
    case simdjson::UTF8_ERROR: return CSimdjsonNotUTF8;
    case simdjson::UNESCAPED_CHARS: return CSimdjsonControlCharacter;
    case simdjson::UNCLOSED_STRING: return CSimdjsonOpenString;
    case simdjson::EMPTY: return CSimdjsonNothing;
    case simdjson::MEMALLOC:
    case simdjson::CAPACITY: return CSimdjsonNoMemory;
    default: return CSimdjsonFailed;
    }
}

} // namespace

CSimdjsonIndexer *csimdjson_create(void) { return new (std::nothrow) CSimdjsonIndexer{}; }

void csimdjson_destroy(CSimdjsonIndexer *indexer) { delete indexer; }

CSimdjsonOutcome csimdjson_index(CSimdjsonIndexer *indexer, const uint8_t *bytes, size_t count) {
    if (const auto code = makeRoom(*indexer, count)) { return outcome(code); }
    return outcome(indexer->stages->stage1(bytes, count, simdjson::stage1_mode::regular));
}

uint32_t *csimdjson_indexes(CSimdjsonIndexer *indexer) { return indexer->stages->structural_indexes.get(); }

size_t csimdjson_index_count(const CSimdjsonIndexer *indexer) { return indexer->stages->n_structural_indexes; }
