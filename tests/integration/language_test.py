"""Which language somebody reads: asked for by the browser, chosen at the foot of a page, kept in the
profile; nginx's own pages too; pages for staff that are in English all the same; and Arabic from
end to end: numbers, plural forms, errors of forms, digits that people type, the statement as PDF.

The sentences are those of templates/languages/*.po, found by their English.
"""
import re
import subprocess
import sys
import unittest

from instance import TOP, Site, id_text

sys.path.insert(0, str(TOP / "templates/languages"))
import translate  # noqa: E402

LAYLA, MARTA, FINANCE = 32, 31, 3
EMAILS = {LAYLA: "layla.mansour@example.org", MARTA: "marta.kowalczyk@example.org",
          FINANCE: "adaeze.nwankwo@example.org"}
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
SAID = {tag: translate.catalogue_of(path) for tag, path in translate.languages().items()}


def said(tag, context, message):
    """The sentence in that language, as a reader has it; in English what it is."""
    sentence = message if tag == "en" else SAID[tag](context, message)
    assert sentence, f"{tag} does not say: {message}"
    return re.sub(r"<[^>]*>", "", sentence)


def heard(text):
    return " ".join(TURNS.sub("", text).split())


def tongue(reply):
    """(lang, dir) of a page; None when it has no dir."""
    attributes = dict(re.findall(r'(lang|dir)="([^"]*)"', re.search(r"<html[^>]*>", reply.text)[0]))
    return attributes["lang"], attributes.get("dir")


class Tongues(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site.shared()

    def signed_in(self, number, locale=None):
        """This person, who reads locale as long as the test lasts."""
        if locale:
            before = self.site.one(f"SELECT locale FROM keptword_core.person WHERE id = {number}")
            self.speak(number, locale)
            self.addCleanup(self.speak, number, before)
        return self.site.person(EMAILS[number])

    def speak(self, number, locale):
        self.site.sql(f"UPDATE keptword_core.person SET locale = '{locale}' WHERE id = {number}")


class Choosing(Tongues):
    APPLY = ("onboarding/apply_start.tpl", "Apply to work with us")

    def check(self, reply, tag):
        self.assertEqual(reply.status, 200)
        self.assertEqual(tongue(reply), (tag, "rtl" if tag == "ar" else "ltr"))
        self.assertIn(said(tag, *self.APPLY), reply.page.headings)

    def test_the_browser_asks(self):
        for header, tag in ((None, "en"), ("ar", "ar"), ("ar-EG,ar;q=0.9,en;q=0.8", "ar"), ("es-MX", "es"),
                            ("fr-CH, es;q=0.9, en;q=0.8", "es"), ("en;q=0.5, ar;q=0.9", "ar"), ("fr", "en"),
                            ("*", "en"), (";;q=,,", "en")):
            with self.subTest(header=header):
                self.check(self.site.person().get("/apply", headers={"Accept-Language": header}), tag)

    def test_the_choice_wins_over_the_browser(self):
        person = self.site.person()
        reply = person.get("/language/ar?to=/apply", headers={"Accept-Language": "es"}, follow=False)
        self.assertEqual((reply.status, reply.header("Location")), (303, "/apply"))
        self.assertEqual(person.cookies, {"__Host-language": "ar"})
        for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
            self.assertIn(part, reply.header("Set-Cookie"))
        self.check(person.get("/apply", headers={"Accept-Language": "es"}), "ar")
        # The foot of the page leads back, each language under its own name.
        links = [link for link in person.get("/apply").page.links if link.startswith("/language/")]
        self.assertEqual(sorted(links), ["/language/en?to=/apply", "/language/es?to=/apply"])
        self.check(person.get("/language/en?to=/apply", headers={"Accept-Language": "es"}), "en")
        person.cookies["__Host-language"] = "xx"  # what nobody reads is not chosen
        self.check(person.get("/apply", headers={"Accept-Language": "es"}), "es")

    def test_no_such_language(self):
        for tag in ("xx", "AR", "ar-EG", "e", "a" * 300):
            person = self.site.person()
            self.assertEqual(person.get(f"/language/{tag}?to=/apply").status, 404, tag)
            self.assertEqual(person.cookies, {}, tag)

    def test_it_leads_nowhere_else(self):
        for to in ("https://evil.example/", "//evil.example/", "/%5Cevil.example", "javascript:alert(1)",
                   "%2F%2Fevil.example", "apply", "", "/apply%0d%0aX-Evil:1"):
            reply = self.site.person().get("/language/ar?to=" + to, follow=False)
            self.assertEqual((reply.status, reply.header("Location")), (303, "/sign-in"), to)
            self.assertIsNone(reply.header("X-Evil"))

    def test_the_profile_wins_over_both(self):
        layla = self.signed_in(LAYLA)
        layla.cookies["__Host-language"] = "es"
        reply = layla.get("/", headers={"Accept-Language": "en"})
        self.assertEqual(tongue(reply), ("ar", "rtl"))
        self.assertIn(said("ar", "portal/home.tpl", "Waiting for you"), reply.page.headings)
        layla.submit(reply, "/sign-out")
        self.check(layla.get("/apply", headers={"Accept-Language": "en"}), "es")

    def test_saving_the_profile(self):
        marta = self.signed_in(MARTA, "en")
        reply = marta.get("/profile")
        self.assertEqual(tongue(reply), ("en", "ltr"))
        reply = marta.submit(reply, "/profile", locale="es")
        self.assertEqual((reply.status, reply.path), (200, "/profile?saved=1"))
        self.assertEqual(tongue(reply), ("es", "ltr"))
        self.assertIn(said("es", "portal/profile.tpl", "Your profile"), reply.page.headings)
        reply = marta.submit(reply, "/profile", locale="ar-EG")
        self.assertEqual(tongue(reply), ("ar-EG", "rtl"))
        self.assertIn(said("ar", "portal/profile.tpl", "Your profile"), reply.page.headings)
        reply = marta.submit(reply, "/profile", locale="tlh")  # none of those that are offered
        self.assertEqual(reply.status, 422)
        self.assertEqual(self.site.one(f"SELECT locale FROM keptword_core.person WHERE id = {MARTA}"), "ar-EG")


class ErrorPages(Tongues):
    """What nginx says by itself."""

    CASES = (("GET", "/static/no-such-file", {}, 404), ("PUT", "/sign-in", {}, 405),
             ("POST", "/sign-in", {"Content-Length": str(12 << 20)}, 413))

    def test_in_the_language_of_who_asks(self):
        for method, path, headers, status in self.CASES:
            title = re.search("<title>(.*)</title>", (TOP / f"nginx/errors/{status}.html").read_text())[1]
            for cookie, asked, tag in ((None, None, "en"), (None, "ar-EG,en;q=0.5", "ar"), (None, "es", "es"),
                                       ("ar", "es", "ar"), ("en", "ar", "en"), ("xx", "ar", "ar"), (None, "de", "en"),
                                       (None, "de-CH, fr;q=0.9,  ES-419;q=0.8, ar;q=0.7", "es"), (None, "et,est;q=0.9,ar", "ar"),
                                       (None, "fr,en-GB;q=0.8,ar;q=0.5", "en")):
                with self.subTest(status=status, cookie=cookie, asked=asked):
                    person = self.site.person()
                    if cookie:
                        person.cookies = {"__Host-known": "1", "__Host-language": cookie, "other": "2"}
                    reply = person.request(method, path, headers={**headers, "Accept-Language": asked})
                    self.assertEqual(reply.status, status)
                    self.assertEqual(tongue(reply), (tag, "rtl" if tag == "ar" else None))
                    self.assertEqual(reply.page.headings, [said(tag, f"errors/{status}.html", title)])


class Staff(Tongues):
    def test_a_page_in_english_says_so(self):
        for tag, direction in (("es", "ltr"), ("ar", "rtl")):
            unsaid = (self.site.run / f"app/templates/languages/{tag}/unsaid").read_text().split()
            person = self.signed_in(FINANCE, tag)
            seen = set()
            for template, path in (("payments/periods.tpl", "/payments/staff/periods"),
                                   ("payments/entries_staff.tpl", "/payments/staff/entries"),
                                   ("payments/import.tpl", "/payments/staff/import"), ("", "/profile")):
                reply = person.get(path)
                self.assertEqual(tongue(reply), (tag, direction))
                main = re.search(r"<main[^>]*>", reply.text)[0]
                seen.add(template in unsaid)
                check = self.assertIn if template in unsaid else self.assertNotIn
                check(' lang="en" dir="ltr"', main, path)
                # What is around it is in the reader's words.
                self.assertIn(said(tag, "layout/top.tpl", "Sign out"), reply.words)
            self.assertEqual(seen, {True, False})


class Arabic(Tongues):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.layla = cls.site.person(EMAILS[LAYLA])

    def enter(self, **fields):
        page = self.layla.get("/payments/entries")
        return self.layla.submit(page, "/payments/entries", **{"project": "1", "kind": "training", "tasks": "", "note": "", **fields})

    def test_digits_as_they_are_typed(self):
        last = self.site.one("SELECT MAX(id) FROM keptword_payments.work_entry")
        self.addCleanup(self.site.sql, f"DELETE FROM keptword_payments.work_entry WHERE id > {last}")
        day = self.site.one("SELECT UTC_DATE() - INTERVAL 1 DAY")
        reply = self.enter(day=day.translate(ARABIC), hours="٢", minutes="٣٥")
        self.assertEqual(reply.status, 200, reply.words)
        row = self.site.sql("SELECT day, minutes, person_id FROM keptword_payments.work_entry "
                            f"WHERE id > {last}")
        self.assertEqual(row, [[day, "155", str(LAYLA)]])
        self.assertIn(said("ar", "payments/entries.tpl", "Your entry is kept"), reply.words)
        self.assertRegex(heard(reply.words), r"\b٢ \S+ ٣٥ \S+")
        self.assertNotRegex(heard(re.search(r"(?s)<main.*?</dl>", reply.text)[0].split("<code>")[0].split("<dl")[1]),
                            r">[^<]*\d*[0-9]")

    def test_errors_are_said(self):
        words = "payments/words entry_add."
        yesterday = self.site.one("SELECT UTC_DATE() - INTERVAL 1 DAY")
        for fields, key, message in (
                ({"day": yesterday, "hours": "", "minutes": ""}, "hours.nothing", "Enter how long it took, or how many tasks you did."),
                ({"day": "٢٠٩٩-٠١-٠١", "hours": "1", "minutes": ""}, "day.future",
                 "This day is still to come. Enter it when it is over.")):
            reply = self.enter(**fields)
            self.assertEqual(reply.status, 422)
            self.assertIn(said("ar", "form/error_summary.tpl", "There is a problem"), reply.page.headings)
            # In the summary and at the field, and the title tells of it first.
            self.assertEqual(heard(reply.words).count(said("ar", words + key, message)), 2)
            self.assertTrue(reply.page.title.startswith(said("ar", "form/error_prefix.tpl", "Error:").strip()))
        self.assertIn("٢٠٩٩-٠١-٠١", reply.text)  # what was typed stays as it was typed

    def test_counted_phrases(self):
        """By CLDR: 3 to 10 (and 103) few, 11 to 99 (and 111) many, 100 to 102 other."""
        key = "feedback/words survey_result.too_few"
        message = next(m for (context, m) in translate.messages() if context == key)
        sentence = SAID["ar"](key, message)
        self.assertIsNotNone(sentence)
        forms = dict(re.findall(r"(zero|one|two|few|many|other) \{([^{}]*)\}", sentence))
        run, public, least = self.site.sql(
            "SELECT id, HEX(public_id), min_group FROM keptword_feedback.survey_run WHERE state = 'published' "
            "ORDER BY id LIMIT 1")[0]
        self.addCleanup(self.site.sql, f"UPDATE keptword_feedback.survey_run SET min_group = {least} WHERE id = {run}")
        for number, form in ((99, "many"), (100, "other"), (102, "other"), (103, "few"), (111, "many")):
            self.site.sql(f"UPDATE keptword_feedback.survey_run SET min_group = {number} WHERE id = {run}")
            words = heard(self.layla.get("/feedback/results/" + id_text(public)).words)
            self.assertIn(heard(forms[form].replace("#", str(number).translate(ARABIC))), words)
        self.assertNotEqual(forms["few"], forms["many"])

    def test_the_statement_as_pdf(self):
        number, minor = self.site.sql(
            "SELECT HEX(public_id), net_minor FROM keptword_payments.statement "
            f"WHERE person_id = {LAYLA} AND currency = 'USD' ORDER BY period_end DESC LIMIT 1")[0]
        reply = self.layla.get(f"/payments/statements/{id_text(number)}/pdf")
        self.assertEqual(reply.header("Content-Type"), "application/pdf")
        text = heard(subprocess.run(["pdftotext", "-layout", "-", "-"], input=reply.body, capture_output=True,
                                    check=True).stdout.decode())
        whole, cents = divmod(int(minor), 100)
        amount = f"{whole:,}.{cents:02}".translate(ARABIC).replace(",", "٬").replace(".", "٫")
        self.assertIn(f"{amount} USD", text)
        for key, message in (("payee", "Paid to"), ("payer", "Paid by"), ("total", "Total"), ("rate", "Rate")):
            self.assertIn(said("ar", "payments/words pdf." + key, message), text)
        self.assertIn("ليلى منصور", text)


if __name__ == "__main__":
    unittest.main()
