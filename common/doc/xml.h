/*
 * xml.h: reading XML that people send, with libxml2 locked down. Meant for parser children
 * (doc/helper.h), right wherever xml_start() was called.
 *
 * Refused by name: any document type ("doctype"), so there are no entities but the five of
 * XML and character references; more than max bytes ("too_large"); more than 200 levels
 * ("too_deep"); another encoding than UTF-8 or UTF-16 with a byte order mark ("encoding",
 * "nul"); what is not well-formed ("syntax"); nothing at all ("empty"). Nothing is loaded
 * from anywhere: no network, no files, no schema locations, no XInclude.
 */
#ifndef KEPTWORD_XML_H
#define KEPTWORD_XML_H

#include "base/status.h"
#include "base/text.h"

struct xml_node; /* an element */

struct xml_fault {
	size_t line;      /* from 1; 0 when it concerns the whole file */
	const char *code; /* one of those above */
};

/* Prepares libxml2 and forbids it to load anything. Once per process, before threads and
 * before a parser child locks itself in. */
void xml_start(void);

/* Reads a whole document; it lives as long as the arena. *ret is the root element. */
MUST_USE enum status xml_read(struct arena *arena, struct bytes file, size_t max,
    const struct xml_node **ret, struct xml_fault *ret_fault);

/* Local names: a namespace prefix never matters here. */
const char *xml_name(const struct xml_node *node);
const char *xml_namespace(const struct xml_node *node); /* its URI, "" without one */
bool xml_is(const struct xml_node *node, const char *name);
size_t xml_line(const struct xml_node *node);

/* The first child element, and the next sibling, with that name; with name NULL any element.
 * NULL when there is none, or when node is NULL: chains of calls need no checks. */
const struct xml_node *xml_child(const struct xml_node *node, const char *name);
const struct xml_node *xml_next(const struct xml_node *node, const char *name);

/* All text in the element (CDATA included, elements inside it taken along), as it stands.
 * NULL when node is NULL, "" when it is empty. */
const char *xml_text(struct arena *arena, const struct xml_node *node);
/* The text of the first child of that name: NULL when there is no such child. */
const char *xml_child_text(struct arena *arena, const struct xml_node *node, const char *name);
/* An attribute's value, by local name; NULL when it is absent. */
const char *xml_attribute(struct arena *arena, const struct xml_node *node, const char *name);

#endif
