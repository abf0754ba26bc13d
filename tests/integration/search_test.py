"""Search: what each role finds, that every address answers whoever found it, that nothing is found
which they may not open, and what happens with odd queries.
"""
import re
import unicodedata
import unittest
import urllib.parse

from instance import Site, id_text

QUERIES = ["pulse", "a", "ma", "an", "november", "2026", "kowal", "noor", "clinical", "every two",
           "my", "pay", "people", "ст", "ل", "1762"]


def results(reply):
    """Address -> words of each result, of the page's own part."""
    main = reply.text[reply.text.index('id="q-hint"'):reply.text.index("</main>")]
    return {address.replace("&amp;", "&"): re.sub(r"<[^>]*>", " ", inner).strip()
            for address, inner in re.findall(r'<a (?:class="[^"]*" )?href="([^"]+)">(.*?)</a>', main, re.S)}


class Search(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site.shared()

    def find(self, who, query, page=None):
        person = who if hasattr(who, "get") else self.site.person(who)
        reply = person.get("/search?q=" + urllib.parse.quote(query) + (f"&page={page}" if page else ""))
        self.assertEqual(reply.status, 200, query)
        return reply

    def things(self, who, query):
        """Only things, not pages."""
        return {a: w for a, w in results(self.find(who, query)).items()
                if re.search(r"/[0-9a-hjkmnp-tv-z]{26}$", a)}

    def test_every_result_opens(self):
        tried = 0
        for account in {a["role"]: a for a in self.site.accounts()}.values():
            person = self.site.person(account["email"])
            opened = {}
            for query in QUERIES:
                for address in results(self.find(person, query)):
                    if address not in opened and not address.startswith("/search"):
                        opened[address] = person.get(address).status
            self.assertTrue(opened, account["role"])
            wrong = {a: s for a, s in opened.items() if s != 200}
            self.assertEqual(wrong, {}, account["role"])
            tried += len(opened)
        self.assertGreater(tried, 200)

    def test_own_pay_by_month_date_amount_and_kind(self):
        marta = self.site.person("contributor")
        newest = self.site.sql("SELECT HEX(public_id), net_minor, period_start, period_end FROM "
                               "keptword_payments.statement WHERE person_id = 31 ORDER BY period_end DESC LIMIT 1")[0]
        address = "/payments/statements/" + id_text(newest[0])
        whole, cents = divmod(int(newest[1]), 100)
        for query in (f"{whole:,}.{cents:02d}", f"{whole}", newest[3], newest[2][:7], newest[3][:4],
                      "statement " + newest[3][:4]):
            self.assertIn(address, results(self.find(marta, query)), query)
        self.assertIn("/payments/statements", results(self.find(marta, "my pay")))
        self.assertIn("/payments/statements", results(self.find(marta, "salary")))
        # Nobody else's, whatever is asked for.
        own = {"/payments/statements/" + id_text(r[0]) for r in self.site.sql(
            "SELECT HEX(public_id) FROM keptword_payments.statement WHERE person_id = 31")}
        for query in ("statement", "2026", "kowalczyk"):
            found = {a for a in self.things(marta, query) if a.startswith("/payments/statements/")}
            self.assertLessEqual(found, own)

    def test_people_by_any_word_case_and_accent(self):
        admin = self.site.person("admin")
        marta = "/staff/people/" + id_text(self.site.one(
            "SELECT HEX(public_id) FROM keptword_core.person WHERE id = 31"))
        for query in ("kowalczyk", "KOWAL", "nunez", "Núñez", "Nu\u0301n\u0303ez", "mart", "marta kowal",
                      "kowal nun", "Kowalczyk-Núñez", "marta.kowalczyk@example.org"):
            self.assertIn(marta, results(self.find(admin, query)), query)
        for query in ("owalczyk", "unez", "marta smith"):
            self.assertNotIn(marta, results(self.find(admin, query)), query)
        for word, person in (("lukasz", 44), ("思远", 33), ("陈", 33), ("ليلى", 32), ("Ткач", 34), ("o fao", 9)):
            address = "/staff/people/" + id_text(self.site.one(
                f"SELECT HEX(public_id) FROM keptword_core.person WHERE id = {person}"))
            self.assertIn(address, results(self.find(admin, word)), word)

    def test_whoever_begins_so_comes_first(self):
        found = list(self.things("admin", "ma").values())
        bare = [unicodedata.normalize("NFD", name).lower().startswith(("ma", "ma\u0308")) for name in found]
        self.assertIn(True, bare)
        self.assertIn(False, bare)
        self.assertEqual(bare, sorted(bare, reverse=True), found)

    def test_legal_names_are_for_those_who_may_read_them(self):
        reviewer = self.site.person("agnieszka.wrobel@example.org")
        application = "/onboarding/staff/applications/" + id_text(self.site.one(
            "SELECT HEX(public_id) FROM keptword_onboarding.application WHERE email = "
            "'noor.vandermeulen@example.org' AND state <> 'draft'"))
        self.assertIn(application, self.things(reviewer, "noor"))
        self.assertNotIn("Meulen", self.find(reviewer, "noor").words)
        self.assertEqual(self.things(reviewer, "meulen"), {})
        self.assertIn(application, self.things("people_officer", "meulen"))
        # An HDL sees everybody by what they are called, an HDM the own pods only.
        self.assertEqual(self.things("hdl", "kowalczyk"), {})
        marta = "/hdm/staff/people/" + id_text(self.site.one(
            "SELECT HEX(public_id) FROM keptword_core.person WHERE id = 31"))
        self.assertIn(marta, self.things("hdl", "marta"))
        hdm = self.site.one("SELECT h.email FROM keptword_core.pod_member m JOIN keptword_core.pod d ON d.id = m.pod_id"
                            " JOIN keptword_core.person h ON h.id = d.hdm_person_id WHERE m.person_id = 31"
                            " AND m.to_on IS NULL")
        for account in self.site.accounts():
            if account["role"] == "hdm":
                self.assertEqual(marta in self.things(account["email"], "marta"), account["email"] == hdm)

    def test_own_application_and_offer_are_not_found_by_staff_who_are_meant(self):
        officer = "kwabena.asante@example.org"
        person = self.site.one(f"SELECT id FROM keptword_core.person WHERE email = '{officer}'")
        row = self.site.sql("SELECT id, HEX(public_id), COALESCE(person_id, 0) FROM keptword_onboarding.application "
                            "WHERE email = 'noor.vandermeulen@example.org' AND state <> 'draft'")[0]
        address = "/onboarding/staff/applications/" + id_text(row[1])
        self.assertIn(address, self.things(officer, "meulen"))
        self.site.sql(f"UPDATE keptword_onboarding.application SET person_id = {person} WHERE id = {row[0]}")
        try:
            self.assertNotIn(address, self.things(officer, "meulen"))
        finally:
            self.site.sql("UPDATE keptword_onboarding.application SET person_id = NULLIF("
                          f"{row[2]}, 0) WHERE id = {row[0]}")

    def test_a_role_that_ends_takes_its_results_away(self):
        email = "mireille.kouassi@example.org"
        person = self.site.person(email)
        before = results(self.find(person, "applications"))
        self.assertIn("/onboarding/staff/applications", before)
        roles = self.site.one(f"SELECT roles FROM keptword_core.person WHERE email = '{email}'")
        self.site.sql(f"UPDATE keptword_core.person SET roles = roles & ~4 WHERE email = '{email}'")
        try:
            self.assertNotIn("/onboarding/staff/applications", results(self.find(person, "applications")))
        finally:
            self.site.sql(f"UPDATE keptword_core.person SET roles = {roles} WHERE email = '{email}'")

    def test_nothing_anonymous(self):
        answers = self.site.sql("SELECT DISTINCT words FROM keptword_feedback.answer WHERE words IS NOT NULL LIMIT 5")
        self.assertTrue(answers)
        columns = self.site.one("SELECT view_definition FROM information_schema.views WHERE table_schema = "
                                "'keptword_feedback' AND table_name = 'search'")
        for table in ("sealed_response", "`response`", "`answer`"):
            self.assertNotIn(table, columns)
        for (words,) in answers:
            query = " ".join(words.split()[:4])
            for role in ("hdl", "people_officer", "contributor"):
                self.assertNotIn(words[:60], self.find(role, query).words.replace(query, ""))

    def test_odd_queries(self):
        person = self.site.person("people_officer")
        page = person.get("/search")
        self.assertIn("Where you can go", page.page.headings)
        for query, told in (("", "Where you can go"), ("   ", "Where you can go"), ("%", "no word or number"),
                            ("_", "no word or number"), ("'\"`;--", "no word or number"),
                            ("🌱", "no word or number"), ("zzzzqq", "found nothing"), ("\u202eabc", "Where you can go"),
                            ("מזרח", "found nothing"), ("x' OR '1'='1", "found nothing"),
                            ("x" * 3000, "found nothing"), ("a b c d e f g", "first five words")):
            reply = self.find(person, query)
            self.assertIn(told, reply.words, query)
        reply = self.find(person, '"><svg onload=1>')
        self.assertNotIn("<svg", reply.text)
        self.assertIn('value="&quot;&gt;&lt;svg onload=1&gt;"', reply.text)
        for raw in ("/search?q=%00", "/search?q=%FF", "/search?q=a&q=b", "/search?q=a&page=-1",
                    "/search?q=a&page=99999999999999999999", "/search?q=a&page=x"):
            self.assertIn(person.get(raw).status, (200, 400), raw)

    def test_more_than_twenty(self):
        marta = self.site.person("contributor")
        first = self.find(marta, "clinical")
        pages = [a for a in results(first) if a.startswith("/search")]
        self.assertEqual(len(pages), 1)
        one = self.things(marta, "clinical")
        self.assertEqual(len(one), 20)
        two = {a for a in results(marta.get(pages[0])) if not a.startswith("/search")}
        self.assertTrue(two)
        self.assertFalse(two & set(one))

    def test_a_word_that_too_many_have(self):
        """It is said, not waited for; a second word finds the one that is meant."""
        self.site.sql("INSERT INTO keptword_core.person (public_id, legal_name, preferred_name, email, created_at) "
                      "SELECT RANDOM_BYTES(16), CONCAT('Zzyxa Nr', seq), 'Zzyxa', CONCAT('zzyxa', seq, '@example.org'),"
                      " '2026-01-01' FROM keptword_core.seq_1000_to_2099")
        try:
            admin = self.site.person("admin")
            reply = self.find(admin, "zzyxa")
            self.assertIn("more than we can show", reply.words)
            found = self.things(admin, "zzyxa nr1234")
            self.assertEqual(list(found.values()), ["Zzyxa Nr1234"])
            self.assertNotIn("more than we can show", self.find("contributor", "zzyxa").words)
        finally:
            self.site.sql("DELETE FROM keptword_core.person WHERE preferred_name = 'Zzyxa'")
        self.assertEqual(self.site.one("SELECT COUNT(*) FROM keptword_core.person_word WHERE word LIKE 'zzyxa%'"), "0")

    def test_nobody_is_sent_to_sign_in(self):
        reply = self.site.person().get("/search?q=pulse", follow=False)
        self.assertEqual(reply.status, 303)
        self.assertEqual(urllib.parse.unquote(reply.header("Location")), "/sign-in?to=/search?q=pulse")

    def test_somebody_without_an_account_is_found(self):
        """Who applies is no person of the house yet; the words of applications are their own."""
        row = self.site.sql("SELECT id, HEX(public_id), legal_name FROM keptword_onboarding.application WHERE state "
                            "<> 'draft' ORDER BY id LIMIT 1")[0]
        self.site.sql("UPDATE keptword_onboarding.application SET legal_name = 'Xanthe Vrieswijk' WHERE id = " + row[0])
        try:
            address = "/onboarding/staff/applications/" + id_text(row[1])
            for query in ("vries", "xanthe vries", "vries xan"):
                self.assertIn(address, self.things("people_officer", query), query)
            self.assertNotIn(address, self.things("reviewer", "vries"))
        finally:
            self.site.sql("UPDATE keptword_onboarding.application SET legal_name = '" + row[2].replace("'", "''")
                          + "' WHERE id = " + row[0])

    def test_words_follow_the_name(self):
        site, admin = self.site, self.site.person("admin")
        site.sql("CALL keptword_core.person_add(RANDOM_BYTES(16), 'Quillon Ährenfeld', 'Quill', "
                 "'quillon.a@example.org', 'UTC', NULL, 'en', '2026-01-01')")
        self.assertEqual(len(self.things(admin, "ahren")), 1)
        site.sql("UPDATE keptword_core.person SET legal_name = 'Quillon Brightwater' WHERE email = 'quillon.a@example.org'")
        self.assertEqual(len(self.things(admin, "ahren")), 0)
        self.assertEqual(len(self.things(admin, "bright")), 1)
        self.assertEqual(len(self.things(admin, "quill bright")), 1)

    def test_addresses_are_those_of_the_programs(self):
        for hexadecimal in ("00" * 16, "ff" * 16, "0123456789abcdef" * 2, "80" + "00" * 14 + "01"):
            self.assertEqual(self.site.one(f"SELECT keptword_core.id_text(UNHEX('{hexadecimal}'))"),
                             id_text(hexadecimal))
        rows = self.site.sql("SELECT HEX(public_id), keptword_core.id_text(public_id) FROM keptword_core.person")
        for hexadecimal, text in rows:
            self.assertEqual(text, id_text(hexadecimal))

    def test_the_plan_reads_no_table_whole(self):
        """Each part of the view is an index range, a few rows, or impossible for who asks."""
        def plan(roles, condition):
            rows = self.site.sql(
                "SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci; SET @search_person = 31, @search_roles = "
                f"{roles}, @search_word = 'kow%'; EXPLAIN SELECT url FROM keptword_core.search WHERE {condition} "
                "AND (roles IS NULL OR roles & @search_roles <> 0) AND NOT (not_for <=> @search_person)")
            return {r[2]: (r[3], r[5]) for r in rows if r[2] and not r[2].startswith("<")}, rows
        own, rows = plan(2, "person_id = @search_person")
        self.assertEqual(own["e"], ("ref", "PRIMARY"), rows)
        for row in rows:
            if row[2] in ("e", "s", "i", "o"):
                self.assertIn(row[3], ("ref", "eq_ref"), row)
        _, rows = plan(8188, "person_id IS NULL AND (word IS NULL OR word LIKE "
                             "(@search_word COLLATE utf8mb4_unicode_520_ci))")
        words = [r for r in rows if r[2] == "w"]
        self.assertGreaterEqual(len(words), 4)
        for row in words:
            self.assertEqual((row[3], row[5]), ("range", "PRIMARY"), row)


if __name__ == "__main__":
    unittest.main()
