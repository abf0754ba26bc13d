/*
 * page.cc: the bridge between C and ctemplate, the only C++ of the tree. Used through page.h
 * (and page_impl.h inside common/web/).
 *
 * Owns a template cache for each language (filled and frozen by page_start(), read-only after) and
 * the interned names, one for each mark and template. No std::string and no exception crosses into C: every
 * function that C calls catches what ctemplate throws and marks the page as failed. The arena
 * may jump out of an allocation, so nothing is allocated from it while a C++ object with a
 * destructor, or a lock of ctemplate, is alive: a page is expanded into a buffer of the thread.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <memory>
#include <new>
#include <string>

#include <ctemplate/per_expand_data.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>
#include <ctemplate/template_emitter.h>
#include <ctemplate/template_enums.h>
#include <ctemplate/template_string.h>

extern "C" {
#include "base/arena.h"
#include "web/language.h"
#include "web/page_impl.h"
}

using ctemplate::StaticTemplateString;
using ctemplate::StaticTemplateStringInitializer;
using ctemplate::TemplateCache;
using ctemplate::TemplateDictionary;
using ctemplate::TemplateString;

// The same for every template: ctemplate's key is (name, strip).
static const ctemplate::Strip STRIP = ctemplate::STRIP_BLANK_LINES;
static const char PRAGMA[] = "{{%AUTOESCAPE context=\"HTML\"}}";

// What a thread keeps of its buffer between two pages; a longer page's is given back.
static const size_t KEEP = size_t{ 64 } * 1024;

#define X(name) { { #name, sizeof #name - 1, 0 } },
static const StaticTemplateString marks[] = { MARK_LIST(X) };
#undef X
#define X(name, path) { { path, sizeof(path) - 1, 0 } },
static const StaticTemplateString templates[] = { TPL_LIST(X) };
#undef X
#define X(name, path) path,
static const char *const paths[] = { TPL_LIST(X) };
#undef X

static TemplateCache *caches[LANGUAGE_MAX]; // of each language
static bool has_form[TPL_MAX];             // has {{>FORM}}
static bool unsaid[LANGUAGE_MAX][TPL_MAX]; // is in English all the same

namespace
{

// Appends to memory of its own; never throws, remembers that memory ran out.
class Sink : public ctemplate::ExpandEmitter
{
      public:
	Sink() noexcept = default;
	~Sink() override
	{
		free(p);
	}
	void Emit(char c) override
	{
		add(&c, 1);
	}
	void Emit(const std::string &s) override
	{
		add(s.data(), s.size());
	}
	void Emit(const char *s) override
	{
		add(s, strlen(s));
	}
	void Emit(const char *s, size_t n) override
	{
		add(s, n);
	}
	void begin()
	{
		if (room > KEEP) {
			free(p);
			p = nullptr;
			room = 0;
		}
		n = 0;
		failed = false;
	}

	char *p = nullptr;
	size_t n = 0, room = 0;
	bool failed = false;

      private:
	void add(const char *s, size_t size)
	{
		if (failed)
			return;
		if (size >= room - n && !grow(size))
			return;
		memcpy(p + n, s, size);
		n += size;
	}
	bool grow(size_t size)
	{
		size_t wanted = room ? room : size_t{ 16 } * 1024;
		while (wanted - n <= size)
			wanted *= 2;
		char *more = static_cast<char *>(realloc(p, wanted));
		if (!more) {
			failed = true;
			return false;
		}
		p = more;
		room = wanted;
		return true;
	}
};

// What ctemplate says on standard error while loading: its only sign of many mistakes.
class Stderr
{
      public:
	Stderr() : kept(dup(STDERR_FILENO)), file(memfd_create("templates", MFD_CLOEXEC))
	{
		if (kept >= 0 && file >= 0)
			dup2(file, STDERR_FILENO);
	}
	~Stderr()
	{
		give_back();
		if (file >= 0)
			close(file);
	}
	Stderr(const Stderr &) = delete;
	Stderr &operator=(const Stderr &) = delete;
	void give_back()
	{
		if (kept < 0)
			return;
		dup2(kept, STDERR_FILENO);
		close(kept);
		kept = -1;
	}
	bool usable() const
	{
		return kept >= 0 && file >= 0;
	}
	// The beginning of what was said, on one line.
	std::string said() const
	{
		char text[600];
		ssize_t n = pread(file, text, sizeof text, 0);
		std::string s(text, n > 0 ? static_cast<size_t>(n) : 0);
		for (char &c : s)
			if (c == '\n')
				c = ' ';
		return s;
	}

      private:
	int kept, file;
};

thread_local Sink sink;
char message[900]; // page_start()'s; written before there are threads

TemplateDictionary *
dictionary_of(const struct page *page)
{
	return page ? static_cast<TemplateDictionary *>(page->dictionary) : nullptr;
}

enum status
refuse(const std::string &why, const char **ret_message)
{
	size_t n = why.size() < sizeof message ? why.size() : sizeof message - 1;
	memcpy(message, why.data(), n);
	message[n] = 0;
	*ret_message = message;
	return E_FAULT;
}

// The file's text; false when it cannot be read.
bool
read_file(const std::string &path, std::string *ret)
{
	struct stat stat;
	ssize_t n = -1;
	int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);

	if (file < 0)
		return false;
	if (!fstat(file, &stat)) {
		ret->resize(static_cast<size_t>(stat.st_size));
		n = read(file, &(*ret)[0], ret->size());
	}
	close(file);
	return n >= 0 && static_cast<size_t>(n) == ret->size();
}

// What ctemplate does not check: the pragma, and that a form's page shows the form's errors.
const char *
fault_of(const std::string &text, bool *ret_has_form)
{
	bool has_form = text.find("{{>FORM}}") != std::string::npos;

	*ret_has_form = has_form;
	if (text.compare(0, sizeof PRAGMA - 1, PRAGMA) != 0)
		return "does not begin with {{%AUTOESCAPE context=\"HTML\"}}";
	if (has_form && (text.find("{{>ERROR_SUMMARY}}") == std::string::npos ||
			    text.find("{{>ERROR_PREFIX}}") == std::string::npos))
		return "has {{>FORM}} without {{>ERROR_PREFIX}} and {{>ERROR_SUMMARY}}";
	return nullptr;
}

// Reads which templates of a language the build found without a word in it; a tree without that
// file has none.
void
read_unsaid(const std::string &folder, bool *list)
{
	std::string names, line;

	for (int i = 0; i < TPL_MAX; i++)
		list[i] = false;
	if (!read_file(folder + "/unsaid", &names))
		return;
	names.insert(names.begin(), '\n');
	for (int i = 0; i < TPL_MAX; i++)
		list[i] = names.find(std::string("\n") + paths[i] + "\n") != std::string::npos;
}

// Frees a page's dictionary with the arena.
extern "C" void
page_drop(void *arg)
{
	struct page *page = static_cast<struct page *>(arg);
	delete dictionary_of(page);
	page->dictionary = nullptr;
}

// The templates of one language, frozen, into *slot.
enum status
load_all(const std::string &root, TemplateCache **slot, const char **ret_message)
{
	std::unique_ptr<TemplateCache> fresh(new TemplateCache);
	Stderr caught;

	if (!caught.usable())
		return refuse(
		    "cannot watch standard error while templates are loaded", ret_message);
	fresh->SetTemplateRootDirectory(root);
	for (int i = 0; i < TPL_MAX; i++) {
		std::string file = root + "/" + paths[i], text;

		if (!read_file(file, &text))
			return refuse(file + ": cannot be read", ret_message);
		if (const char *fault = fault_of(text, &has_form[i]))
			return refuse(file + ": " + fault, ret_message);
		if (!fresh->LoadTemplate(paths[i], STRIP))
			return refuse(file + ": " + caught.said(), ret_message);
	}
	caught.give_back();
	if (!caught.said().empty())
		return refuse("templates: " + caught.said(), ret_message);
	fresh->Freeze();
	delete *slot;
	*slot = fresh.release();
	return OK;
}

} // namespace

extern "C" enum status
page_start(const char *root, const char **ret_message)
{
	try {
		for (const StaticTemplateString &name : marks)
			StaticTemplateStringInitializer intern(&name);
		for (const StaticTemplateString &name : templates)
			StaticTemplateStringInitializer intern(&name);
		enum status status = OK;
		for (unsigned i = 0; status == OK && i < language_count(); i++) {
			std::string folder = std::string(root) + "/" + language_folder(i);
			status = load_all(i ? folder : root, &caches[i], ret_message);
			read_unsaid(folder, unsaid[i]);
		}
		if (status == OK)
			page_open_start();
		return status;
	} catch (...) {
		*ret_message = "not enough memory for the templates";
		return E_FAULT;
	}
}

extern "C" enum mark
page_bridge_mark(const char *name)
{
	for (int i = 0; i < MARK_MAX; i++)
		if (!strcmp(marks[i].do_not_use_directly_.ptr_, name))
			return static_cast<enum mark>(i);
	return MARK_MAX;
}

extern "C" bool
page_bridge_has_form(enum tpl tpl)
{
	return has_form[tpl];
}

extern "C" bool
page_bridge_unsaid(unsigned language, enum tpl tpl)
{
	return unsaid[language][tpl];
}

extern "C" struct page *
page_bridge_new(struct page_context *context)
{
	struct page *page =
	    static_cast<struct page *>(arena_alloc(context->arena, sizeof(struct page)));

	page->context = context;
	context->root = page;
	arena_hook(context->arena, page_drop, page);
	try {
		page->dictionary =
		    new TemplateDictionary(TemplateString(templates[context->tpl]));
	} catch (...) {
		context->failed = true;
	}
	return page;
}

extern "C" struct page *
page_repeat(struct page *page, enum mark section)
{
	struct page *line =
	    static_cast<struct page *>(arena_alloc(page->context->arena, sizeof(struct page)));
	TemplateDictionary *dictionary = dictionary_of(page);

	line->context = page->context;
	if (!dictionary)
		return line;
	try {
		line->dictionary = dictionary->AddSectionDictionary(marks[section]);
	} catch (...) {
		page->context->failed = true;
	}
	return line;
}

extern "C" void
page_show(struct page *page, enum mark section)
{
	TemplateDictionary *dictionary = dictionary_of(page);

	if (!dictionary)
		return;
	try {
		dictionary->ShowSection(marks[section]);
	} catch (...) {
		page->context->failed = true;
	}
}

extern "C" struct page *
page_include(struct page *page, enum mark part, enum tpl tpl)
{
	struct page *inner =
	    static_cast<struct page *>(arena_alloc(page->context->arena, sizeof(struct page)));
	TemplateDictionary *dictionary = dictionary_of(page);

	inner->context = page->context;
	if (!dictionary)
		return inner;
	try {
		TemplateDictionary *fresh = dictionary->AddIncludeDictionary(marks[part]);
		fresh->SetFilename(templates[tpl]);
		inner->dictionary = fresh;
	} catch (...) {
		page->context->failed = true;
	}
	return inner;
}

extern "C" void
page_bridge_set(struct page *page, enum mark name, const char *text, size_t n)
{
	TemplateDictionary *dictionary = dictionary_of(page);

	if (!dictionary)
		return;
	try {
		dictionary->SetValueWithoutCopy(marks[name], TemplateString(text, n));
	} catch (...) {
		page->context->failed = true;
	}
}

extern "C" bool
page_bridge_expand(struct page *page, const char **ret_text, size_t *ret_size)
{
	TemplateDictionary *dictionary = dictionary_of(page);
	const TemplateCache *cache = caches[page->context->language];

	if (!dictionary || !cache)
		return false;
	try {
		ctemplate::PerExpandData data;
		sink.begin();
		if (!cache->ExpandNoLoad(
			templates[page->context->tpl], STRIP, dictionary, &data, &sink))
			return false;
	} catch (...) {
		return false;
	}
	if (sink.failed)
		return false;
	*ret_text = sink.n ? sink.p : "";
	*ret_size = sink.n;
	return true;
}
