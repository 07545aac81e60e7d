#pragma once

#include <libxml/xmlversion.h>

// Its headers would bring in those of the system's ICU, which contradict the ones in Foundation; only fields that
// nobody here touches depend on it.
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlmemory.h>

// What Swift cannot import of libxml2: macros that stand for variables, function pointers in variables, and what only
// some versions have.

/// Forbids external entities and DTDs outright where the version can (2.13); 0 where it cannot.
static inline int clibxml2_no_external_entities(void) {
#if LIBXML_VERSION >= 21300
    return XML_PARSE_NO_XXE;
#else
    return 0;
#endif
}

/// Sends this thread's errors that belong to no document to `handler`; gives back the handler and context before.
static inline void clibxml2_swap_error_handler(xmlStructuredErrorFunc *handler, void **context) {
    xmlStructuredErrorFunc formerHandler = xmlStructuredError;
    void *formerContext = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(*context, *handler);
    *handler = formerHandler;
    *context = formerContext;
}

/// How many namespace declarations are in scope.
static inline size_t clibxml2_namespaces_in_scope(xmlParserCtxtPtr context) {
#if LIBXML_VERSION < 21200
    return (size_t)context->nsNr / 2;
#else
    return (size_t)context->nsNr;
#endif
}

/// The size of the table of one tag's attributes, which grows by doubling.
static inline size_t clibxml2_attribute_room(xmlParserCtxtPtr context) { return (size_t)context->maxatts / 5; }

/// `realloc` of libxml2, so that whoever gives libxml2 an allocator gives it to the tree as well.
static inline void *clibxml2_realloc(void *memory, size_t bytes) {
    return memory ? xmlRealloc(memory, bytes) : xmlMalloc(bytes);
}

/// `free` of libxml2.
static inline void clibxml2_free(void *memory) {
    if (memory) xmlFree(memory);
}
