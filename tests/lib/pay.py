"""What tests of pay share: an instance for each file, its people of finance, questions to the database,
commands."""
import subprocess
import unittest

from instance import Site, id_text

FINANCE_A, FINANCE_B = "adaeze.nwankwo@example.org", "bruno.cavalcanti@example.org"
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def id_hex(text):
    """An id as it stands in addresses, in hex: the way back of id_text()."""
    bits = 0
    for letter in text:
        bits = bits << 5 | LETTERS.index(letter)
    return f"{bits >> 2:032x}"


class Pay(unittest.TestCase):
    _sites = {}  # of each file of tests, because these lock and pay

    @classmethod
    def setUpClass(cls):
        if cls.__module__ not in Pay._sites:
            Pay._sites[cls.__module__] = Site(THREADS="4")
        cls.site = Pay._sites[cls.__module__]
        cls.a, cls.b = cls.site.person(FINANCE_A), cls.site.person(FINANCE_B)

    def sql(self, text):
        return self.site.sql("USE keptword_payments; " + text)

    def one(self, text):
        rows = self.sql(text)
        return rows[0][0] if rows else None

    def command(self, *arguments, code=0):
        done = self.site.command("payments", *arguments, stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def open_period(self):
        return self.one("SELECT start_day FROM pay_period WHERE state = 'open' ORDER BY start_day LIMIT 1")

    def public(self, table, where):
        return id_text(self.one(f"SELECT HEX(public_id) FROM {table} WHERE {where} LIMIT 1"))
