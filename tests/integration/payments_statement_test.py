"""One statement, five forms: page, print (the page itself), PDF, CSV and XML say the same amounts, for
everybody of the demo and with names of 35 languages; the PDF is signed, and /payments/verify tells who
asks what they may know and no more; certificates of earnings; a year as a ZIP. On an instance of its
own, because it renames people.
"""
import collections
import csv
import io
import json
import re
import secrets
import subprocess
import tempfile
import unicodedata
import unittest
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

from instance import DATA, Person, Site, id_text

INVOICE = DATA / "einvoice/ubl-2.1/xsdrt/maindoc/UBL-Invoice-2.1.xsd"
NAMES = DATA / "unicode/person-names"
EXACT = ("hi", "zh", "zh-Hant", "ja", "ru", "uk", "en", "es", "fr", "de", "pl", "cs", "el", "tr", "ka", "vi", "ko")
CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
DIGITS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "KWD": 3, "TND": 3}  # of ISO 4217; 2 otherwise
MARTA = "marta.kowalczyk@example.org"


def names():
    """(language, a full name) of each file, as people of it write names; without them a few of our own."""
    if not NAMES.is_dir():
        return [("hi", "अनन्या शर्मा"), ("zh", "王秀英"), ("ru", "Ольга Ткаченко"), ("ar", "ليلى الحداد"),
                ("he", "נעמי כהן"), ("en", "Ana Lima")]
    found = []
    for path in sorted(NAMES.glob("*.json")):
        parts = json.loads(path.read_text(encoding="utf-8"))["sampleName"]["nativeFull"]
        order = [parts.get(k) for k in ("given", "given2", "surname-prefix", "surname-core", "surname2")]
        found.append((path.stem, " ".join(p for p in order if p)))
    return found


def run(command, data, check=True):
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        words = [file.name if w == "FILE" else w for w in command]
        done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=30)
    if check and done.returncode:
        raise AssertionError(f"{command[0]}: {done.stderr}")
    return done.stdout + done.stderr


def pdf_text(data):
    return run(["pdftotext", "-layout", "FILE", "-"], data)


def letters(text):
    """What is compared of a script that is shaped or reordered: letters after NFKC, as often as they come."""
    return collections.Counter(c for c in unicodedata.normalize("NFKC", text)
                               if unicodedata.category(c)[0] == "L" and not unicodedata.name(c).startswith("LATIN"))


def bare(text):
    return "".join(unicodedata.normalize("NFC", text).split())


def plain(minor, currency="USD", whole=""):
    digits = DIGITS.get(currency, 2)
    text = f"{abs(minor) // 10**digits:{whole}}"
    return ("-" if minor < 0 else "") + (f"{text}.{abs(minor) % 10**digits:0{digits}d}" if digits else text)


def grouped(minor, currency="USD"):
    return plain(minor, currency, ",")


class Statements(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site(THREADS="4", GUESSES="10")
        cls.site.sql("UPDATE keptword_core.person SET locale = 'en'")
        cls.marta = cls.site.person(MARTA)
        cls.nobody = Person(cls.site)
        cls.invoices = []  # UBL files that were made, for one look of xmllint

    def sql(self, text):
        return self.site.sql("USE keptword_payments; " + text)

    def session(self, person):
        token = secrets.token_hex(26)
        self.sql("INSERT INTO keptword_core.session (token_hash, person_id, created_at, seen_at, ends_at) VALUES "
                 f"(UNHEX(SHA2('{token}', 256)), {person}, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), "
                 "UTC_TIMESTAMP(6) + INTERVAL 1 DAY)")
        who = Person(self.site)
        who.cookies["__Host-session"] = token
        return who

    def one_of(self, email):
        return id_text(self.sql("SELECT HEX(s.public_id) FROM statement s JOIN keptword_core.person p ON p.id = s.person_id "
                                f"WHERE p.email = '{email}' ORDER BY s.period_end DESC LIMIT 1")[0][0])

    def newest(self):
        """Of each person the newest statement: id, person, public id, currency, gross, adjustments, net."""
        return self.sql("SELECT s.id, s.person_id, HEX(s.public_id), s.currency, s.gross_minor, s.adjustment_minor, "
                        "s.net_minor FROM statement s JOIN (SELECT person_id, MAX(id) AS id FROM statement "
                        "GROUP BY person_id) n ON n.id = s.id ORDER BY s.person_id")

    def check(self, path, who, lines, adjusted, row, name, language):
        currency, gross, net = row[3], int(row[4]), int(row[6])
        amounts = lines + ([gross] + adjusted if adjusted else []) + [net]
        shown = [grouped(a, currency) for a in amounts]

        page = who.get(path)
        self.assertEqual(re.findall(r'<td class="number amount">([^<]*)</td>', page.text), shown)
        self.assertIn(f"{grouped(net, currency)} {currency}", page.words)
        self.assertIn(" ".join(name.split()), page.words)

        table = list(csv.DictReader(io.StringIO(who.get(path + "/csv").text)))
        said = {item: [r["amount"] for r in table if r["item"] == item] for item in ("work", "gross", "adjustment", "total")}
        self.assertEqual(said, {"work": [plain(a, currency) for a in lines], "gross": [plain(gross, currency)],
                                "adjustment": [plain(a, currency) for a in adjusted], "total": [plain(net, currency)]})

        xml = who.get(path + "/xml").body
        self.invoices.append(xml)
        root = ElementTree.fromstring(xml)
        self.assertEqual(root.findtext(CBC + "InvoiceTypeCode"), "389")
        self.assertIn("not a tax invoice", root.findtext(CBC + "Note"))
        self.assertEqual([e.findtext(CBC + "LineExtensionAmount") for e in root.iter(CAC + "InvoiceLine")],
                         [plain(a, currency) for a in lines] or [plain(0, currency)])
        self.assertEqual([("" if e.findtext(CBC + "ChargeIndicator") == "true" else "-") + e.findtext(CBC + "Amount")
                          for e in root.iter(CAC + "AllowanceCharge")], [plain(a, currency) for a in adjusted])
        total = root.find(CAC + "LegalMonetaryTotal")
        self.assertEqual((total.findtext(CBC + "LineExtensionAmount"), total.findtext(CBC + "PayableAmount")),
                         (plain(gross, currency), plain(net, currency)))
        self.assertEqual({e.get("currencyID") for e in root.iter() if "currencyID" in e.attrib}, {currency})
        self.assertEqual(root.findtext(f"{CAC}AccountingSupplierParty/{CAC}Party/{CAC}PartyName/{CBC}Name"), name)

        pdf = who.get(path + "/pdf")
        self.assertEqual(pdf.header("Content-Type"), "application/pdf", pdf.body[:300])
        text = pdf_text(pdf.body)
        at = text.index("Amount in")
        for amount in shown:  # in this order, each behind the one before
            found = re.compile(r"(?<![\d,.-])" + re.escape(amount) + r"(?![\d.])").search(text, at)
            self.assertTrue(found, (amount, text))
            at = found.end()
        if language in EXACT:
            self.assertIn(bare(name), bare(text))
        else:
            self.assertEqual(letters(name), letters(text), language)
        return pdf.body

    def test_a_forms_agree(self):
        rows, people = self.newest(), names()
        self.assertGreaterEqual(len(rows), len(people))
        named = {}
        updates = []
        for row, (language, name) in zip(rows, people):
            named[row[0]] = (language, name)
            updates.append(f"UPDATE statement SET payee_name = '{name.replace(chr(39), chr(39) * 2)}' WHERE id = {row[0]}")
        self.sql(";".join(updates))
        lines, adjusted = collections.defaultdict(list), collections.defaultdict(list)
        for number, amount in self.sql("SELECT statement_id, amount_minor FROM statement_line ORDER BY statement_id, line_no"):
            lines[number].append(int(amount))
        for number, amount in self.sql("SELECT x.statement_id, a.amount_minor FROM statement_adjustment x JOIN adjustment a "
                                       "ON a.id = x.adjustment_id ORDER BY x.statement_id, a.id"):
            adjusted[number].append(int(amount))
        fonts = None
        for row in rows:
            language, name = named.get(row[0], ("", self.sql(f"SELECT payee_name FROM statement WHERE id = {row[0]}")[0][0]))
            with self.subTest(language=language, name=name):
                who = self.session(row[1])
                body = self.check(f"/payments/statements/{id_text(row[2])}", who, lines[row[0]], adjusted[row[0]], row, name,
                                  language or ("en" if name.isascii() else ""))
                if language not in ("", "am", "ar", "ja", "hi", "th", "ko"):
                    continue
                fonts = run(["pdffonts", "FILE"], body).splitlines()[2:]
                for line in fonts:  # embedded, a subset, with a way back to letters
                    self.assertRegex(line, r"\byes yes yes\b")
        self.assertTrue(fonts)
        self.assertTrue(any(adjusted[row[0]] for row in rows), "no statement with an adjustment was among them")

    def test_b_adjustments_alone(self):
        """Nothing was worked: the schema still wants a line, and the sums hold."""
        self.sql("SET FOREIGN_KEY_CHECKS = 0; DELETE FROM statement_line WHERE statement_id = (SELECT MAX(id) FROM statement "
                 "WHERE person_id = 35); UPDATE statement SET gross_minor = 0, net_minor = adjustment_minor, minutes = 0 "
                 "WHERE person_id = 35 ORDER BY id DESC LIMIT 1")
        row = [r for r in self.newest() if r[1] == "35"][0]
        name = self.sql(f"SELECT payee_name FROM statement WHERE id = {row[0]}")[0][0]
        adjusted = [int(r[0]) for r in self.sql("SELECT a.amount_minor FROM statement_adjustment x JOIN adjustment a ON "
                                                f"a.id = x.adjustment_id WHERE x.statement_id = {row[0]} ORDER BY a.id")]
        self.check(f"/payments/statements/{id_text(row[2])}", self.session(35), [], adjusted, row, name, "")

    def test_c_languages(self):
        path = f"/payments/statements/{self.one_of(MARTA)}"
        for locale in ("es", "ar"):
            self.site.sql(f"UPDATE keptword_core.person SET locale = '{locale}' WHERE email = '{MARTA}'")
            who = self.session(31)
            pdf = who.get(path + "/pdf").body
            self.assertIn("Signature is Valid", run(["pdfsig", "-nocert", "FILE"], pdf))
            self.assertIn(b"/Lang <FEFF" + locale.encode("utf-16-be").hex().upper().encode(), pdf)
            self.assertIn("Tagged:          yes", run(["pdfinfo", "FILE"], pdf))
            self.invoices.append(who.get(path + "/xml").body)
        self.site.sql(f"UPDATE keptword_core.person SET locale = 'en' WHERE email = '{MARTA}'")

    def test_d_what_it_must_show(self):
        """Each item that a statement owes its reader, on the page and in the PDF."""
        number = self.one_of(MARTA)
        path = f"/payments/statements/{number}"
        page, text = self.marta.get(path), " ".join(pdf_text(self.marta.get(path + "/pdf").body).split())
        for words in ("Lanternfield Human Data Ltd", "14 Ropewalk Lane", number, "All work together (gross)", "Approved by",
                      "we convert nothing", "We bear them. Nothing is taken off.", "A person answers within an hour.",
                      "It is decided within 5 working days.", "Work of these days that still waits",
                      "It came after the lock. It is paid with the next statement.", "UTC", "× the middle of the market"):
            self.assertIn(words, page.words)
            self.assertIn(words, text)
        issued = self.sql(f"SELECT DATE(issued_at) + INTERVAL 90 DAY FROM statement ORDER BY period_end DESC LIMIT 1")[0][0]
        year, month, day = issued.split("-")
        self.assertRegex(page.words, rf"until \w+ {int(day)} \w+ {year}")
        self.assertIn("This year so far", text)

    def check_number(self, number):
        return self.nobody.submit(self.nobody.get("/payments/verify"), "/payments/verify", number=number)

    def check_file(self, content):
        return self.nobody.submit(self.nobody.get("/payments/verify"), "/payments/verify/file",
                                  files=[("file", "a.pdf", content)])

    def test_e_verify_by_number(self):
        number = self.one_of(MARTA)
        page = self.check_number(" ".join(re.findall(".{1,4}", number.upper())))
        self.assertIn("This document stands. Issued by Lanternfield Human Data Ltd on", page.words)
        for secret in ("Marta", "1,762.50", "1762.50", "USD"):
            self.assertNotIn(secret, page.text)
        self.assertEqual(page.header("Cache-Control"), "no-store")
        unknown = self.check_number("0" * 26)
        self.assertEqual(unknown.status, 422)
        self.assertIn("We have issued no document with this number", unknown.words)
        self.assertEqual(self.check_number("not a number").status, 422)

    def test_f_verify_by_file(self):
        pdf = self.marta.get(f"/payments/statements/{self.one_of(MARTA)}/pdf").body
        said = run(["pdfsig", "-nocert", "FILE"], pdf)
        self.assertIn("Signature is Valid", said)
        self.assertIn("Total document signed", said)
        page = self.check_file(pdf)
        name = self.sql("SELECT payee_name FROM statement WHERE person_id = 31 ORDER BY period_end DESC LIMIT 1")[0][0]
        for words in ("This file is real.", "This document stands.", "1,762.50 USD", name):
            self.assertIn(words, page.words)
        for at in (len(pdf) // 9, len(pdf) // 2, len(pdf) - 40):
            changed = bytearray(pdf)
            changed[at] ^= 1
            page = self.check_file(bytes(changed))
            self.assertRegex(page.words, "This file was changed|has no signature of ours")
            self.assertNotIn(name, page.words)
            self.assertNotIn("Signature is Valid", run(["pdfsig", "-nocert", "FILE"], bytes(changed), check=False))
        self.assertIn("Something was added to this file.", self.check_file(pdf + b"%\n").words)
        self.assertIn("This is no PDF.", self.check_file(b"hello").words)
        self.assertIn("has no signature of ours", self.check_file(pdf[:4000]).words)
        hostile = DATA / "hostile"
        for path in sorted(hostile.rglob("*.xml"))[:4] if hostile.is_dir() else []:
            self.assertEqual(self.check_file(path.read_bytes()).status, 200)

    def test_g_superseded(self):
        """A correction takes the place of what it corrects; both say so."""
        old = id_text(self.sql("SELECT HEX(public_id) FROM statement WHERE person_id = 32 ORDER BY id DESC LIMIT 1")[0][0])
        self.sql("SET FOREIGN_KEY_CHECKS = 0; "
                 "INSERT INTO statement (person_id, period_end, public_id, period_id, period_start, pay_run_id, "
                 "legal_entity_id, payee_name, currency, minutes, gross_minor, adjustment_minor, net_minor, corrects_id, "
                 "issued_at, promised_on) SELECT person_id, period_end, RANDOM_BYTES(16), period_id, period_start, 9998, "
                 "legal_entity_id, payee_name, currency, 0, 0, 0, 0, id, UTC_TIMESTAMP(6), promised_on FROM statement WHERE "
                 f"person_id = 32 ORDER BY id DESC LIMIT 1")
        who = self.session(32)
        self.assertIn("Something newer has taken its place", self.check_number(old).words)
        page = who.get(f"/payments/statements/{old}")
        self.assertIn("This statement was corrected", page.words)
        new = [link for link in page.page.links if link.startswith("/payments/statements/") and old not in link and
               len(link) == 47][0]
        self.assertIn("This statement corrects an earlier one", who.get(new).words)
        self.assertIn(f"<cbc:ID>{old}</cbc:ID>", who.get(new + "/xml").text)
        self.assertIn(old, pdf_text(who.get(new + "/pdf").body))

    def test_h_certificates(self):
        page = self.marta.get("/payments/certificates")
        made = self.marta.submit(page, "/payments/certificates", span="m6")
        self.assertRegex(made.path, "^/payments/certificates/[0-9a-z]{26}$")
        first, last, net = self.sql(
            "SELECT c.first_day, c.last_day, (SELECT SUM(s.net_minor) FROM statement s WHERE s.person_id = c.person_id AND "
            "s.period_end BETWEEN c.first_day AND c.last_day) FROM certificate c ORDER BY c.id DESC LIMIT 1")[0]
        (y, m, d), (y2, m2, d2) = (map(int, x.split("-")) for x in (first, last))
        self.assertEqual((d, (y2 * 12 + m2) - (y * 12 + m)), (1, 5))
        self.assertIn(grouped(int(net)) + " USD", made.words)
        pdf = self.marta.get(made.path + "/pdf").body
        self.assertIn("Signature is Valid", run(["pdfsig", "-nocert", "FILE"], pdf))
        self.assertIn(grouped(int(net)) + " USD", pdf_text(pdf))
        page = self.check_file(pdf)
        for words in ("This file is real.", "A certificate of earnings", grouped(int(net)) + " USD", "This document stands."):
            self.assertIn(words, page.words)
        number = made.path[-26:]
        self.assertIn("This document stands.", self.check_number(number).words)
        self.assertEqual(self.site.person("chen.siyuan@example.org").get(made.path).status, 404)
        self.assertEqual(self.site.person("chen.siyuan@example.org").get(made.path + "/pdf").status, 404)
        # One more statement of these days: the certificate says the same, and who checks it is told.
        self.sql("SET FOREIGN_KEY_CHECKS = 0; "
                 "INSERT INTO statement (person_id, period_end, public_id, period_id, period_start, pay_run_id, "
                 "legal_entity_id, payee_name, currency, minutes, gross_minor, adjustment_minor, net_minor, issued_at, "
                 "promised_on) SELECT 31, c.last_day, RANDOM_BYTES(16), s.period_id, c.last_day, 9999, s.legal_entity_id, "
                 "s.payee_name, s.currency, 0, 700, 0, 700, UTC_TIMESTAMP(6), s.promised_on FROM statement s JOIN "
                 "(SELECT * FROM certificate ORDER BY id DESC LIMIT 1) c WHERE s.person_id = 31 ORDER BY s.id LIMIT 1")
        self.assertIn("Something newer has taken its place", self.check_number(number).words)
        self.assertIn(grouped(int(net)) + " USD", self.marta.get(made.path).words)
        self.assertIn("A statement of these days has come since", self.marta.get(made.path).words)
        year = self.marta.submit(self.marta.get("/payments/certificates"), "/payments/certificates", span="y" + str(y2))
        self.assertIn("Summary of a year", year.words)
        refused = self.marta.submit(self.marta.get("/payments/certificates"), "/payments/certificates", span="y1999")
        self.assertEqual(refused.status, 422)

    def test_i_a_year(self):
        year = self.sql("SELECT YEAR(MAX(period_end)) FROM statement WHERE person_id = 34")[0][0]
        count = int(self.sql(f"SELECT COUNT(*) FROM statement WHERE person_id = 34 AND YEAR(period_end) = {year}")[0][0])
        who = self.session(34)
        reply = who.get(f"/payments/years/{year}/zip")
        self.assertEqual(reply.header("Content-Type"), "application/zip")
        with zipfile.ZipFile(io.BytesIO(reply.body)) as file:
            self.assertIsNone(file.testzip())
            found = file.namelist()
            self.assertEqual(len(set(found)), 3 * count)
            for ending in (".pdf", ".csv", ".xml"):
                self.assertEqual(sum(name.endswith(ending) for name in found), count)
            self.assertIn("Signature is Valid", run(["pdfsig", "-nocert", "FILE"], file.read(found[0])))
        self.assertEqual([who.get(f"/payments/years/{y}/zip").status for y in ("1999", "x", "99999999999")], [404] * 3)

    def test_k_invoices_are_valid(self):
        self.assertGreater(len(self.invoices), 40)
        if not INVOICE.is_file():
            self.skipTest(f"no schema at {INVOICE}")
        with tempfile.TemporaryDirectory() as folder:
            for n, xml in enumerate(self.invoices):
                Path(folder, f"{n}.xml").write_bytes(xml)
            done = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", str(INVOICE),
                                   *map(str, sorted(Path(folder).iterdir()))], capture_output=True, text=True, check=False)
        self.assertEqual(done.stderr.count(" validates"), len(self.invoices), done.stderr[-2000:])

    def test_j_the_key(self):
        key = self.site.run / "keys/signing.key"
        self.assertEqual(key.stat().st_mode & 0o777, 0o600)
        self.assertIn("(self-signed)", run(["openssl", "x509", "-noout", "-subject", "-in", "FILE"], key.read_bytes()))

    def test_l_logs(self):
        """A number by which a document can be checked stands in no log."""
        self.marta.get(f"/payments/statements/{self.one_of(MARTA)}/pdf")
        self.nobody.get("/payments/verify")
        log = self.site.run / "log"
        access = lambda: (log / "nginx-access.log").read_text(encoding="utf-8")  # noqa: E731
        self.site.wait(lambda: '"/payments/statements/-/pdf"' in access() and '"/payments/verify"' in access(), 5, "the log")
        numbers = [id_text(r[0]) for r in self.sql("SELECT HEX(public_id) FROM statement UNION SELECT HEX(public_id) FROM certificate")]
        for path in log.iterdir():
            text = path.read_text(encoding="utf-8", errors="replace")
            self.assertEqual([n for n in numbers if n in text], [], path.name)

    def test_m_command(self):
        pdf = self.marta.get(f"/payments/statements/{self.one_of(MARTA)}/pdf").body
        with tempfile.NamedTemporaryFile() as file:
            for content, code, words in ((pdf, 0, "result\tintact"), (pdf[:99] + b"x" + pdf[100:], 1, "result\tchanged")):
                Path(file.name).write_bytes(content)
                Path(file.name).chmod(0o644)
                done = self.site.command("payments", "check-document", file.name)
                self.assertEqual(done.returncode, code, done.stderr)
                self.assertIn(words, done.stdout)
                self.assertEqual("amount\t1762.50" in done.stdout and "record\tstands" in done.stdout, code == 0)

    def test_n_referrals(self):
        """A list of its own: written down, earned, paid; on the statement apart, in no sum."""
        finance = self.site.person("finance")
        place = "/payments/staff/referrals"
        net = self.sql("SELECT SUM(net_minor) FROM statement WHERE person_id = 31")[0][0]
        day = self.sql("SELECT UTC_DATE() - INTERVAL 30 DAY")[0][0]
        for amount, code in (("0", 422), ("1,762", 422), ("75.50", 200)):
            reply = finance.submit(finance.get(place), place, person=MARTA, brought="Zofia", amount=amount, since=day)
            self.assertEqual(reply.status, code, amount)
        number = self.one_of(MARTA)
        how = lambda: [r for r in csv.DictReader(io.StringIO(self.marta.get(f"/payments/statements/{number}/csv").text))  # noqa: E731
                       if r["note"] == "Zofia"][0]["kind"]
        said = ["Waits until the milestone is reached", "Earned", "Paid"]
        for state, words in zip(("waiting", "earned", "paid"), said):
            self.assertEqual(how(), state)
            page = self.marta.get(f"/payments/statements/{number}").words
            self.assertRegex(page, f"Referrals, apart from this pay .*Zofia {words}.*75.50 USD")
            self.assertIn("1,762.50 USD", page)
            if state == "paid":
                break
            found = id_text(self.sql("SELECT HEX(public_id) FROM referral WHERE brought = 'Zofia'")[0][0])
            page = finance.get(place)
            self.assertEqual(finance.submit(page, f"{found}/step").status, 200)
            form, pairs = finance.filled(page, f"{found}/step")
            pairs = [(n, v if n != "_submission" else "0" * 26) for n, v in pairs]
            self.assertEqual(finance.post(form.action, pairs).status, 409, "the same step from an older page")
        self.assertEqual(self.sql("SELECT SUM(net_minor) FROM statement WHERE person_id = 31")[0][0], net)
        self.assertEqual(self.sql("SELECT GROUP_CONCAT(action ORDER BY id) FROM audit WHERE action LIKE 'referral.%'"),
                         [["referral.added,referral.earned,referral.paid"]])

    def test_z_guessing(self):
        """Posts from one address come to an end, as at the sign-in."""
        page = self.nobody.get("/payments/verify")
        seen = {self.nobody.submit(page, "/payments/verify", number="1" * 26).status for _ in range(80)}
        self.assertEqual(seen, {422, 429})


if __name__ == "__main__":
    unittest.main()
