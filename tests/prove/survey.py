"""A survey of the proof's own: asked of everyone in the demo, answered without names, closed. The
answers of an open round are sealed, so they are compared after it has closed."""
import tempfile
import time
from pathlib import Path

from kinds import Absent, Kind, visitor
from ledger import ACKNOWLEDGED
from instance import id_text

QUESTIONS = """<?xml version="1.0" encoding="UTF-8"?>
<document><LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>366</DBVersion>
<surveys><rows><row><sid>19</sid><language>en</language><anonymized>Y</anonymized></row></rows></surveys>
<surveys_languagesettings><rows><row><surveyls_survey_id>19</surveyls_survey_id><surveyls_language>en</surveyls_language>
<surveyls_title>Proof</surveyls_title></row></rows></surveys_languagesettings>
<groups><rows><row><gid>1</gid><sid>19</sid><group_name>Two questions</group_name><group_order>1</group_order>
<language>en</language></row></rows></groups>
<questions><rows>
<row><qid>1</qid><gid>1</gid><sid>19</sid><type>5</type><title>SCALE</title><question>How steady is the ground?</question>
<mandatory>Y</mandatory><question_order>1</question_order><language>en</language></row>
<row><qid>2</qid><gid>1</gid><sid>19</sid><type>T</type><title>WORDS</title><question>In your own words (@TITLE@)</question>
<mandatory>N</mandatory><question_order>2</question_order><language>en</language></row>
</rows></questions></document>
"""


class Round:
    """Imported by command, made by one people officer, opened and published by another."""

    def __init__(self, site, title):
        self.site = site
        officers = [a["email"] for a in site.accounts() if a["role"] == "people_officer"]
        if len(officers) < 2 or not (site.run / "bin/feedback").exists():
            raise Absent("there are no surveys here")
        self.maker, self.other = site.person(officers[0]), site.person(officers[1])
        with tempfile.TemporaryDirectory(prefix="kw-proof.") as folder:
            path = Path(folder) / "proof.lss"
            # The same questions twice would be one survey, and its rounds wait for each other.
            path.write_text(QUESTIONS.replace("@TITLE@", title), encoding="utf-8")
            done = site.command("feedback", "import", str(path), "--title", title, "--purpose", "To prove that answers stand.")
        if done.returncode:
            raise Absent(f"the survey was not imported: {done.stderr.strip()}")
        survey = site.one(f"SELECT HEX(public_id) FROM keptword_feedback.survey WHERE title = '{title}'")
        place = f"/feedback/staff/surveys/{id_text(survey)}/run"
        reply = self.maker.submit(self.maker.get(place), place, audience="all")
        if reply.status != 200 or "/feedback/staff/runs/" not in reply.path:
            raise Absent(f"the round was not made: {reply.words[:300]}")
        self.place = reply.path
        self.id = self.place.rsplit("/", 1)[1]
        self.number = site.one("SELECT MAX(id) FROM keptword_feedback.survey_run")
        self.step(self.other, "/review", "open")

    def state(self):
        return self.site.one(f"SELECT state FROM keptword_feedback.survey_run WHERE id = {self.number}")

    def step(self, who, what, state):
        reply = who.submit(who.get(self.place), self.place + what)
        if reply.status != 200:
            raise Absent(f"{what} of the round was refused: {reply.words[:300]}")
        self.site.wait(lambda: self.state() == state, 30, f"a round that is {state}")

    def people(self):
        return [row[0] for row in self.site.sql(
            "SELECT p.email FROM keptword_feedback.invitation i JOIN keptword_core.person p ON p.id = i.person_id "
            f"WHERE i.run_id = {self.number} ORDER BY p.id")]

    def close(self):
        if self.state() == "open":
            self.step(self.maker, "/close", "closed")

    def publish(self):
        if self.state() == "closed":
            self.step(self.other, "/publish", "published")


ANSWERING = 40  # at most, however many are asked


class Answers(Kind):
    """People answer the open round one after the other, and again; what each sent last counts."""
    name, plugin = "survey answers", "feedback"

    def start(self):
        self.round = Round(self.site, f"Proof {self.tag}, {time.strftime('%H:%M')}")
        self.people = [visitor(self.site, email) for email in self.round.people()[:ANSWERING]]
        self.at, self.saved = 0, None  # saved: the mark that waits to be sent
        self.of = {}                   # mark -> e-mail

    def next(self):
        self.person = self.people[self.at % len(self.people)]
        place = "/feedback/answer/" + self.round.id
        if not self.saved:
            marker = self.mark()
            page = self.person.get(place + "?page=1")
            assert page.status == 200, page.status
            fields = {next(iter(page.page.choices)): "4", page.page.texts[0]: marker}
            intent = self.intent(page, "?page=1", marker, **fields)
            intent.unmarked = True
            return intent
        self.of[self.saved] = self.person.email
        return self.intent(self.person.get(place + "/check"), "/check", self.saved)

    def settled(self, intent, reply):
        if intent.unmarked:
            self.saved = intent.marker if intent.state == ACKNOWLEDGED else None
        elif intent.state == ACKNOWLEDGED:
            self.saved, self.at = None, self.at + 1

    def finish(self):
        self.round.close()

    def found(self):
        rows = self.site.sql("SELECT a.words, COUNT(*) FROM keptword_feedback.answer a JOIN keptword_feedback.response r ON "
                             f"r.id = a.response_id WHERE r.run_id = {self.round.number} AND a.kind = 'text' GROUP BY a.words")
        return {marker: int(n) for marker, n in rows}

    def compare(self, intents):
        found = self.found()
        sent = [i for i in intents if not i.unmarked]
        last = {self.of[i.marker]: i.marker for i in sent if i.state == ACKNOWLEDGED}
        lost = [m for m in last.values() if not found.get(m)]
        doubled = [m for m, n in found.items() if n > 1]
        doubled += [m for m in found if m in self.of and last.get(self.of[m]) not in (m, None)]
        # A mark without a row of its own: somebody answered once more than they were asked.
        beyond = [m for m in found if self.of.get(m) not in last]
        return lost, doubled, beyond

    def victims(self, intents):
        found = self.found()  # of several answers of one person only the last stands
        return [i for i in super().victims(intents) if i.marker in found]

    def lose(self, marker):
        self.site.sql(f"SET @one = (SELECT response_id FROM keptword_feedback.answer WHERE words = '{marker}' LIMIT 1);"
                      "DELETE FROM keptword_feedback.answer WHERE response_id = @one;"
                      "DELETE FROM keptword_feedback.response WHERE id = @one")

    def double(self, marker):
        self.site.sql(
            "SET @one = (SELECT response_id FROM keptword_feedback.answer WHERE words = '%s' LIMIT 1), @two = RANDOM_BYTES(16);"
            "INSERT INTO keptword_feedback.response (id, run_id) SELECT @two, run_id FROM keptword_feedback.response WHERE id = @one;"
            "INSERT INTO keptword_feedback.answer (response_id, answer_key, kind, choice, number, words) SELECT @two, answer_key, "
            "kind, choice, number, words FROM keptword_feedback.answer WHERE response_id = @one" % marker)

    def end(self):
        self.round.publish()
