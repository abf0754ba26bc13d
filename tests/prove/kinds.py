"""What the clients of the proof do: one class per kind of form. Each fills real pages as a person
would, marks what it writes, and can say which marks stand in the tables."""
import hashlib
import secrets

from ledger import ACKNOWLEDGED, REFUSED, Intent


class Absent(Exception):
    """This kind cannot be tried here; its words say why."""


def visitor(site, email):
    """Somebody of the demo who has no password of their own: a session is written for them."""
    token = "".join(secrets.choice("abcdefghjkmnpqrstvwxyz0123456789") for _ in range(52))
    site.sql("INSERT INTO keptword_core.session (token_hash, person_id, created_at, seen_at, ends_at) "
             f"SELECT UNHEX('{hashlib.sha256(token.encode()).hexdigest()}'), id, UTC_TIMESTAMP(6), "
             "UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL 2 HOUR FROM keptword_core.person "
             f"WHERE email = '{email}'")
    person = site.person()
    person.cookies["__Host-session"] = token
    person.email = email
    return person


class Kind:
    name = plugin = ""
    faults = True  # can a row of it be taken away or doubled for --seed-fault?

    def __init__(self, site, tag, number):
        self.site, self.tag, self.number, self.n = site, tag, number, 0
        self.start()

    def start(self):
        raise NotImplementedError

    def mark(self):
        self.n += 1
        return f"{self.tag}-{self.name.split()[-1]}-{self.number}-{self.n}"

    def next(self):
        """The next Intent, or None when there is nothing to fill in yet."""
        raise NotImplementedError

    def intent(self, reply, action, marker, files=(), **fields):
        """The form of a page as it would be sent with these fields."""
        form, pairs = self.person.filled(reply, action, **fields)
        return Intent(self, self.person, marker, form.action or reply.path, pairs, files, form.multipart)

    def send(self, intent):
        return intent.person.post(intent.path, intent.pairs, files=intent.files,
                                multipart=intent.multipart, follow=False)

    def settled(self, intent, reply):
        """What the kind does with an answer before its next form."""

    def found(self):
        """{marker: rows that hold it} of this client."""
        raise NotImplementedError

    def count(self, table, column):
        rows = self.site.sql(f"SELECT {column}, COUNT(*) FROM {table} WHERE {column} LIKE '{self.tag}-%' "
                             f"AND {column} LIKE '%-{self.number}-%' GROUP BY {column}")
        return {marker: int(n) for marker, n in rows}

    def finish(self):
        """What has to happen before the tables can be compared."""

    def victims(self, intents):
        """Acknowledged forms of which a row can be taken away or doubled."""
        return [i for i in intents if i.state == ACKNOWLEDGED and not i.unmarked] if self.faults else []

    def end(self):
        """Takes away what would disturb whoever uses the demo afterwards."""

    def compare(self, intents):
        """(lost, doubled, beyond): acknowledged ones that do not stand, that stand more than
        once, and what stands although it was refused or never sent."""
        found = self.found()
        state = {i.marker: i.state for i in intents if not i.unmarked}
        lost = [m for m, s in state.items() if s == ACKNOWLEDGED and not found.get(m)]
        doubled = [m for m, n in found.items() if n > 1]
        beyond = [m for m in found if state.get(m, REFUSED) == REFUSED]
        return lost, doubled, beyond


class Profile(Kind):
    """A person's own name. Only the last one stands, so what is counted is the audit rows, one per
    change, written in the same transaction."""
    name, plugin, faults = "profile changes", "portal", False

    def start(self):
        self.person = self.site.person("tomas.dvorak@example.org")
        self.was = self.site.one(f"SELECT preferred_name FROM keptword_core.person WHERE email = '{self.person.email}'")
        self.before = self.rows()

    def rows(self):
        return int(self.site.one("SELECT COUNT(*) FROM keptword_core.audit a JOIN keptword_core.person p ON "
                                 f"p.id = a.actor_id WHERE p.email = '{self.person.email}' AND a.action = 'profile.changed'"))

    def next(self):
        marker = self.mark()
        return self.intent(self.person.get("/profile"), "/profile", marker, preferred_name=marker)

    def compare(self, intents):
        acknowledged = [i for i in intents if i.state == ACKNOWLEDGED]
        extra = self.rows() - self.before - len(acknowledged)
        name = self.site.one(f"SELECT preferred_name FROM keptword_core.person WHERE email = '{self.person.email}'")
        lost = [i.marker for i in acknowledged[:max(0, -extra)]]
        if acknowledged and name != acknowledged[-1].marker:
            lost.append(acknowledged[-1].marker)
        return lost, [i.marker for i in acknowledged[:max(0, extra)]], []

    def end(self):
        page = self.person.get("/profile")
        self.person.submit(page, "/profile", preferred_name=self.was)


class TrackerFile(Kind):
    """A time tracker's file, sent by finance: one batch each."""
    name, plugin = "tracker files", "payments"

    def start(self):
        self.person = self.site.person("adaeze.nwankwo@example.org")
        who = self.site.sql(
            "SELECT p.email, j.name, UTC_DATE() FROM keptword_payments.rate r "
            "JOIN keptword_core.person p ON p.id = r.person_id JOIN keptword_core.project j ON j.id = r.project_id "
            "WHERE r.unit = 'hour' AND r.valid_from <= UTC_DATE() AND r.valid_to > UTC_DATE() ORDER BY p.id DESC LIMIT 1")
        if not who:
            raise Absent("nobody has an hourly rate")
        self.email, self.project, self.day = who[0]

    def next(self):
        marker = self.mark()
        content = ("user_email,project,description,start,end\n"
                   f"{self.email},{self.project},{marker},{self.day}T09:00:00Z,{self.day}T09:01:00Z\n").encode()
        page = self.person.get("/payments/staff/import")
        return self.intent(page, "/payments/staff/import", marker, dates="auto",
                           files=[("file", marker + ".csv", content)])

    def found(self):
        rows = self.count("keptword_payments.import_batch", "file_name")
        return {name.removesuffix(".csv"): n for name, n in rows.items()}

    def lose(self, marker):
        self.site.sql(f"DELETE FROM keptword_payments.import_batch WHERE file_name = '{marker}.csv'")

    def double(self, marker):
        self.site.sql("INSERT INTO keptword_payments.import_batch (public_id, file_name, file_hash, source, started_at) "
                      "SELECT RANDOM_BYTES(16), file_name, file_hash, source, started_at "
                      f"FROM keptword_payments.import_batch WHERE file_name = '{marker}.csv'")

    def end(self):
        self.site.sql("DELETE FROM keptword_payments.import_batch WHERE state = 'preview' "
                      f"AND file_name LIKE '{self.tag}-%'")


class TimeByHand(Kind):
    """A contributor's own time entry, added by hand."""
    name, plugin = "time entries", "payments"

    def start(self):
        self.person = self.site.person("marta.kowalczyk@example.org")
        self.day = self.site.one("SELECT UTC_DATE()")
        if not self.site.one("SELECT id FROM keptword_payments.pay_period WHERE state = 'open' LIMIT 1"):
            raise Absent("there is no open pay period")

    def next(self):
        marker = self.mark()
        page = self.person.get("/payments/entries")
        project = dict(page.form("/payments/entries").fields).get("project", "")
        choices = [v for v in page.page.options.get("project", []) if v]
        return self.intent(page, "/payments/entries", marker, day=self.day, project=project or choices[0],
                           kind="training", hours="0", minutes="1", note=marker)

    def found(self):
        return self.count("keptword_payments.work_entry", "note")

    def lose(self, marker):
        self.site.sql(f"DELETE FROM keptword_payments.work_entry WHERE note = '{marker}'")

    def end(self):
        self.site.sql(f"DELETE FROM keptword_payments.work_entry WHERE note LIKE '{self.tag}-%'")

    def double(self, marker):
        self.site.sql("INSERT INTO keptword_payments.work_entry (person_id, day, public_id, project_id, period_id, kind, "
                      "minutes, source, note, created_at) SELECT person_id, day, RANDOM_BYTES(16), project_id, period_id, "
                      f"kind, minutes, source, note, created_at FROM keptword_payments.work_entry WHERE note = '{marker}'")


class Contact(Kind):
    """An HDM notes a contact with one of their people."""
    name, plugin = "contact notes", "hdm"

    def start(self):
        self.person = self.site.person("helene.achterberg@example.org")
        page = self.person.get("/hdm/staff/people")
        people = sorted({a for a in page.page.links if a.startswith("/hdm/staff/people/")})
        if not people:
            raise Absent("the demo's HDM has no people")
        self.place = people[0]

    def next(self):
        marker = self.mark()
        return self.intent(self.person.get(self.place), "/contacts", marker, kind="message", words=marker)

    def found(self):
        return self.count("keptword_hdm.note", "body")

    def lose(self, marker):
        self.site.sql(f"DELETE FROM keptword_hdm.note WHERE body = '{marker}'")

    def end(self):
        contacts = f"SELECT contact_id FROM keptword_hdm.note WHERE body LIKE '{self.tag}-%' AND contact_id IS NOT NULL"
        ids = ",".join(row[0] for row in self.site.sql(contacts)) or "0"
        self.site.sql(f"DELETE FROM keptword_hdm.note WHERE body LIKE '{self.tag}-%';"
                      f"DELETE FROM keptword_hdm.contact WHERE id IN ({ids})")

    def double(self, marker):
        self.site.sql("INSERT INTO keptword_hdm.note (public_id, person_id, author_id, visibility, body, created_at) SELECT "
                      "RANDOM_BYTES(16), person_id, author_id, visibility, body, created_at FROM keptword_hdm.note "
                      f"WHERE body = '{marker}'")


class Application(Kind):
    """Somebody without an account begins to apply and says who they are: two forms, told apart by
    their marks; the first leaves a row that only the second names."""
    name, plugin = "applications", "onboarding"

    def start(self):
        self.person, self.begun = self.site.person(), False
        if self.person.get("/apply").status != 200:
            raise Absent("nobody can apply here")

    def next(self):
        if not self.begun:
            marker = self.mark()
            self.person = self.site.person()
            intent = self.intent(self.person.get("/apply"), "/apply", marker)
            intent.unmarked = True
            return intent
        marker = self.mark()
        return self.intent(self.person.get("/apply/about"), "/apply/about", marker, legal_name=marker,
                           preferred_name="Proof", email=f"{marker}@example.org")

    def settled(self, intent, reply):
        self.begun = intent.unmarked and intent.state == ACKNOWLEDGED

    def found(self):
        return self.count("keptword_onboarding.application", "legal_name")

    def lose(self, marker):
        self.site.sql(f"DELETE FROM keptword_onboarding.application WHERE legal_name = '{marker}'")

    def end(self):
        self.site.sql(f"DELETE FROM keptword_onboarding.application WHERE legal_name LIKE '{self.tag}-%'")

    def double(self, marker):
        self.site.sql("INSERT INTO keptword_onboarding.application (public_id, receipt_hash, created_at, changed_at, "
                      "legal_name, preferred_name, email) SELECT RANDOM_BYTES(16), RANDOM_BYTES(32), created_at, changed_at, "
                      f"legal_name, preferred_name, email FROM keptword_onboarding.application WHERE legal_name = '{marker}'")
