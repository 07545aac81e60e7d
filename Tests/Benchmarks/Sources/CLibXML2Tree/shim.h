#pragma once

#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/tree.h>

/// libxml2's own tree of a document, with the options of `xmllint --noout`; NULL when it is not well-formed.
static inline xmlDocPtr _Nullable clibxml2tree_read(const unsigned char *_Nonnull bytes, size_t count) {
    const int options = XML_PARSE_COMPACT | XML_PARSE_BIG_LINES | XML_PARSE_NOERROR;
    return xmlReadMemory((const char *)bytes, (int)count, NULL, NULL, options);
}

static inline void clibxml2tree_free(xmlDocPtr _Nullable tree) { xmlFreeDoc(tree); }
