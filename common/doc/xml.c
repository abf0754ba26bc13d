/*
 * xml.c: libxml2 2.9 behind one door (xml.h). The document and the parser's context belong to
 * the arena through hooks.
 *
 * Entities: the SAX hook for the document type's start stops the parser before its first
 * declaration is read, so no entity ever exists that could be expanded. The loader for
 * external entities refuses for the whole process, should an option ever be set wrongly.
 * Encodings: the text is made UTF-8 here and libxml2 is told so, because its own conversion
 * would open files (gconv modules), which a parser child must not.
 */
#include "doc/xml.h"

#include "doc/decode.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#define DEPTH_MAX 200
#define OPTIONS                                                                        \
	(XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_COMPACT | XML_PARSE_NOERROR | \
	    XML_PARSE_NOWARNING | XML_PARSE_IGNORE_ENC)

/* What the SAX hooks found; the context's _private points here. */
struct watch {
	startElementNsSAX2Func start;
	bool doctype;
	bool too_deep;
};

/* libxml2 fixes this type: context is not const there. */
static xmlParserInputPtr
load_nothing(const char *unused_url, const char *unused_id, xmlParserCtxtPtr unused_context)
{
	(void)unused_url;
	(void)unused_id;
	(void)unused_context;
	return NULL;
}

static void
complain_nowhere(void *unused_context, const char *unused_message, ...)
{
	(void)unused_context;
	(void)unused_message;
}

void
xml_start(void)
{
	xmlInitParser();
	xmlSetExternalEntityLoader(load_nothing);
	xmlSetGenericErrorFunc(NULL, complain_nowhere);
}

static void
refuse_doctype(void *context, const xmlChar *unused_name, const xmlChar *unused_id,
    const xmlChar *unused_system)
{
	xmlParserCtxtPtr parser = context;
	struct watch *watch = parser->_private;

	(void)unused_name;
	(void)unused_id;
	(void)unused_system;
	watch->doctype = true;
	xmlStopParser(parser);
}

/* Counts levels before libxml2's own limit of 256 does, to name the reason. */
static void
start_element(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
    int n_spaces, const xmlChar **spaces, int n_attributes, int n_defaults,
    const xmlChar **attributes)
{
	xmlParserCtxtPtr parser = context;
	struct watch *watch = parser->_private;

	if (parser->nameNr >= DEPTH_MAX) {
		watch->too_deep = true;
		xmlStopParser(parser);
		return;
	}
	watch->start(
	    context, name, prefix, uri, n_spaces, spaces, n_attributes, n_defaults, attributes);
}

static void
free_context(void *context)
{
	xmlFreeParserCtxt(context);
}

static void
free_document(void *document)
{
	xmlFreeDoc(document);
}

/* Does the declaration name an encoding that the text, now UTF-8, did not have? Only ASCII
 * may claim whatever it likes. */
static bool
other_encoding(const struct decoded *text)
{
	const char *end = strstr(text->text, "?>");
	const char *at =
	    text_starts(text->text, "<?xml") ? strstr(text->text, "encoding") : NULL;
	size_t ascii = 0;

	if (at == NULL || end == NULL || at > end)
		return false;
	while (ascii < text->n && (unsigned char)text->text[ascii] < 0x80)
		ascii++;
	if (ascii == text->n)
		return false;
	at += strlen("encoding");
	at += strspn(at, " \t\r\n=\"'");
	return strncasecmp(at, "utf-8", 5) != 0 && strncasecmp(at, "utf-16", 6) != 0 &&
	       strncasecmp(at, "utf8", 4) != 0;
}

static enum status
fault(struct xml_fault *ret_fault, const char *code, size_t line)
{
	*ret_fault = (struct xml_fault){ .line = line, .code = code };
	return E_INPUT;
}

/* Why the parser gave up, from the watch and its last error. */
static enum status
parse_fault(xmlParserCtxtPtr parser, const struct watch *watch, struct xml_fault *ret_fault)
{
	const xmlError *error = xmlCtxtGetLastError(parser);
	size_t line = error != NULL && error->line > 0 ? (size_t)error->line : 0;

	if (line == 0 && parser->input != NULL && parser->input->line > 0)
		line = (size_t)parser->input->line;
	if (watch->doctype)
		return fault(ret_fault, "doctype", line);
	if (watch->too_deep)
		return fault(ret_fault, "too_deep", line);
	if (error != NULL && error->code == XML_ERR_NO_MEMORY)
		return E_LIMIT;
	return fault(ret_fault, "syntax", line);
}

static enum status
parse(struct arena *arena, const struct decoded *text, const struct xml_node **ret,
    struct xml_fault *ret_fault)
{
	struct watch *watch = arena_new_of(arena, struct watch);
	xmlParserCtxtPtr parser = xmlNewParserCtxt();

	if (parser == NULL)
		return E_LIMIT;
	arena_hook(arena, free_context, parser);
	parser->_private = watch;
	watch->start = parser->sax->startElementNs;
	parser->sax->startElementNs = start_element;
	parser->sax->internalSubset = refuse_doctype;
	parser->sax->externalSubset = refuse_doctype;
	xmlDocPtr document =
	    xmlCtxtReadMemory(parser, text->text, (int)text->n, NULL, "UTF-8", OPTIONS);
	if (document != NULL)
		arena_hook(arena, free_document, document);
	if (document == NULL || watch->doctype || watch->too_deep ||
	    document->intSubset != NULL)
		return parse_fault(parser, watch, ret_fault);
	*ret = (const struct xml_node *)xmlDocGetRootElement(document);
	return *ret != NULL ? OK : fault(ret_fault, "empty", 0);
}

enum status
xml_read(struct arena *arena, struct bytes file, size_t max, const struct xml_node **ret,
    struct xml_fault *ret_fault)
{
	struct decoded text;

	if (file.n > max || file.n > INT_MAX / 2)
		return fault(ret_fault, "too_large", 0);
	decode_text(arena, file, &text);
	if (text.fault != NULL)
		return fault(ret_fault, text.fault, decode_line(text.text, text.n));
	if (text.text[strspn(text.text, " \t\r\n")] == '\0')
		return fault(ret_fault, "empty", 0);
	if (other_encoding(&text))
		return fault(ret_fault, "encoding", 1);
	return parse(arena, &text, ret, ret_fault);
}

/* The public type is a name for libxml2's. */
static const xmlNode *
inner(const struct xml_node *node)
{
	return (const xmlNode *)node;
}

const char *
xml_name(const struct xml_node *node)
{
	return (const char *)inner(node)->name;
}

const char *
xml_namespace(const struct xml_node *node)
{
	const xmlNs *space = inner(node)->ns;

	return space != NULL && space->href != NULL ? (const char *)space->href : "";
}

bool
xml_is(const struct xml_node *node, const char *name)
{
	return node != NULL && text_is(xml_name(node), name);
}

size_t
xml_line(const struct xml_node *node)
{
	long line = xmlGetLineNo(inner(node));

	return line > 0 ? (size_t)line : 0;
}

static const struct xml_node *
first_from(const xmlNode *at, const char *name)
{
	for (; at != NULL; at = at->next) {
		if (at->type == XML_ELEMENT_NODE &&
		    (name == NULL || text_is((const char *)at->name, name)))
			break;
	}
	return (const struct xml_node *)at;
}

const struct xml_node *
xml_child(const struct xml_node *node, const char *name)
{
	return node == NULL ? NULL : first_from(inner(node)->children, name);
}

const struct xml_node *
xml_next(const struct xml_node *node, const char *name)
{
	return node == NULL ? NULL : first_from(inner(node)->next, name);
}

/* Collects text below a node without recursion: down, else right, else up and right. */
const char *
xml_text(struct arena *arena, const struct xml_node *node)
{
	if (node == NULL)
		return NULL;
	struct buf out = buf_new(arena);
	const xmlNode *top = inner(node), *at = top->children;

	while (at != NULL) {
		if ((at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE) &&
		    at->content != NULL)
			buf_text(&out, (const char *)at->content);
		if (at->type == XML_ELEMENT_NODE && at->children != NULL) {
			at = at->children;
			continue;
		}
		while (at->next == NULL && at->parent != top)
			at = at->parent;
		at = at->next;
	}
	return out.p != NULL ? out.p : "";
}

const char *
xml_child_text(struct arena *arena, const struct xml_node *node, const char *name)
{
	return xml_text(arena, xml_child(node, name));
}

const char *
xml_attribute(struct arena *arena, const struct xml_node *node, const char *name)
{
	if (node == NULL)
		return NULL;
	for (const xmlAttr *at = inner(node)->properties; at != NULL; at = at->next) {
		if (!text_is((const char *)at->name, name))
			continue;
		struct buf out = buf_new(arena);
		for (const xmlNode *part = at->children; part != NULL; part = part->next) {
			if (part->type == XML_TEXT_NODE && part->content != NULL)
				buf_text(&out, (const char *)part->content);
		}
		return out.p != NULL ? out.p : "";
	}
	return NULL;
}
