"""What follows an application, by HTTP: scores, the letter, another look, the offer, the signature,
and what payments makes of it."""
import hashlib
import os
import re
import signal
import unittest

from applicants import ABOUT, Applying
from instance import id_text


class Onboarding(Applying):
    # ---- Reviewing ----

    def test_decision_with_letter_and_another_look(self):
        who, code, email, part = self.submitted()
        first = self.site.person("reviewer")
        place = self.place(part)
        page = first.get("/onboarding/staff/applications")
        self.assertIn(place, page.page.links)
        page = first.get(place)
        self.assertNotIn(email, page.text)
        self.assertNotIn("screen reader", page.text)
        self.assertIn("I split it into claims.", page.words)
        # no decision before claim and scores
        self.assertEqual(first.get(f"{place}/decide", follow=False).status, 303)
        page = first.submit(page, f"{place}/claim")
        self.assertEqual(self.state(email), "in_review")
        self.assertEqual(first.get(f"{place}/decide", follow=False).status, 303)
        # a reason is needed for each score
        score = first.get(f"{place}/score")
        numbers = self.criteria(score)
        fields = {f"score{n}": "2" for n in numbers}
        reply = first.submit(score, f"{place}/score", **fields)
        self.assertEqual(reply.status, 422)
        self.assertIn(f"score-score{numbers[0]}-2", reply.page.ids)
        self.scored(first, part, 2, "Named but not shown.")
        # not selected: reason and gaps are needed
        reply = self.decided(first, part, "not_selected", letter="Short.")
        self.assertEqual(reply.status, 422)
        reply = self.decided(first, part, "not_selected")
        self.assertEqual(reply.status, 422)
        for words in ("Choose why this person", "Say what is missing"):
            self.assertIn(words, reply.words)
        self.assertIn("Dear Iñigo", reply.text)
        self.assertEqual(self.state(email), "in_review")
        reply = self.decided(first, part, "not_selected", reason="score_below_bar", gaps="Examples.")
        self.assertEqual((reply.status, reply.path), (200, place))
        self.assertEqual(self.state(email), "not_selected")
        # the applicant reads it with the code, elsewhere
        reader = self.site.person()
        page = reader.submit(reader.get("/apply/return"), "/apply/return", code=code)
        self.assertEqual(page.path, "/apply/status")
        for words in ("Dear Iñigo", "Ștefan", "below what the work needs", "Examples.", "Clear and careful."):
            self.assertIn(words, page.words)
        # and asks for another look
        page = reader.submit(reader.get("/apply/look-again"), "/apply/look-again", ground="", words="")
        self.assertEqual(page.status, 422)
        page = reader.submit(reader.get("/apply/look-again"), "/apply/look-again", ground="error",
                             words="My example stood in the second answer.")
        self.assertEqual((page.status, page.path), (200, "/apply/status"))
        self.assertEqual(self.state(email), "reevaluation")
        # not by the first one
        page = first.get(place)
        self.assertIn("somebody else looks again", page.words)
        self.assertFalse([f for f in page.page.forms if f.action.endswith("/claim")])
        # the second sees no scores before giving own ones
        second = self.site.person(self.site.accounts()[5]["email"])
        page = second.get(place)
        self.assertIn("Scores given by others: 1", page.words)
        self.assertNotIn("Named but not shown.", page.words)
        self.assertNotIn("Dear Iñigo", page.words)
        page = self.scored(second, part)
        self.assertIn("Named but not shown.", page.words)
        self.assertEqual(self.decided(second, part, "certified").status, 200)
        self.assertEqual(self.state(email), "certified")
        self.assertEqual(self.site.one("SELECT COUNT(*) FROM keptword_onboarding.human_review r JOIN"
                                       " keptword_onboarding.application a ON a.id = r.application_id"
                                       f" WHERE a.email = '{email}'"), "2")

    def test_upheld_is_final(self):
        who, _, email, part = self.submitted()
        first, second = self.site.person("reviewer"), self.site.person("people_officer")
        self.scored(first, part)
        self.decided(first, part, "not_selected", reason="capacity_full", gaps="No place.")
        who.submit(who.get("/apply/look-again"), "/apply/look-again", ground="bias", words="Please.")
        self.scored(second, part)
        self.decided(second, part, "not_selected", reason="capacity_full", gaps="No place.")
        self.assertEqual(self.state(email), "upheld")
        self.assertEqual(who.get("/apply/look-again").path, "/apply/status")
        self.assertNotIn("/apply/look-again", who.get("/apply/status").page.links)

    def test_two_readers(self):
        """Whoever claimed decides; the other one's version is too old; scores stay blind."""
        _, _, email, part = self.submitted()
        place = self.place(part)
        first, second = self.site.person("reviewer"), self.site.person("agnieszka.wrobel@example.org")
        stale = second.get(place)
        first.submit(first.get(place), f"{place}/claim")
        self.assertEqual(second.submit(stale, f"{place}/claim").status, 409)
        self.scored(first, part, 5, "The first one's reason.")
        page = second.get(place)
        self.assertNotIn("The first one's reason.", page.words)
        self.assertFalse([f for f in page.page.forms if f.action.endswith("/claim")])
        self.scored(second, part, 1, "The second one's reason.")
        self.assertIn("The first one's reason.", second.get(place).words)
        # scores are given once
        self.assertEqual(second.get(f"{place}/score", follow=False).status, 303)
        # the second one has not claimed: no page, and no decision by a hand-made form
        self.assertEqual(second.get(f"{place}/decide", follow=False).status, 303)
        _, pairs = first.filled(first.get(f"{place}/decide"), f"{place}/decide", outcome="certified",
                                strengths="s", letter="l" * 50)
        token = dict(second.filled(second.get("/profile"), "/profile")[1])["_token"]
        forged = [("_token", token) if n == "_token" else (n, v) for n, v in pairs]
        self.assertEqual(second.post(f"{place}/decide", forged).status, 409)
        self.assertEqual(self.state(email), "in_review")
        # an officer may take it over, a reviewer gives back
        officer = self.site.person("people_officer")
        self.assertIn("Take it over", officer.get(place).words)
        page = first.submit(first.get(place), f"{place}/release")
        self.assertIn("Claim it", page.words)
        # twice the same decision is one
        second.submit(second.get(place), f"{place}/claim")
        _, pairs = second.filled(second.get(f"{place}/decide"), f"{place}/decide", outcome="certified",
                                 strengths="s", letter="l" * 50)
        for _ in range(2):
            self.assertEqual(second.post(f"{place}/decide", pairs, follow=False).status, 303)
        self.assertEqual(self.state(email), "certified")

    def test_no_other_way_to_a_decision(self):
        _, _, email, part = self.submitted()
        number = self.site.one(f"SELECT id FROM keptword_onboarding.application WHERE email = '{email}'")
        account = "keptword_onboarding"
        for sql in (f"UPDATE application SET state = 'not_selected' WHERE id = {number}",
                    f"UPDATE application SET state = 'certified', decided_at = '2026-01-01',"
                    f" decided_review_id = 1 WHERE id = {number}",
                    f"INSERT INTO human_review (public_id, application_id, assessment_id, reviewer_id,"
                    " reviewer_name, outcome, strengths, gaps, letter, created_at) VALUES (RANDOM_BYTES(16),"
                    f" {number}, 1, 5, 'M', 'certified', 's', '', 'l', '2026-01-01')",
                    f"UPDATE human_review SET application_id = {number} WHERE id = 2",
                    "UPDATE assessment SET reviewer_id = 6", "DELETE FROM human_review",
                    "UPDATE offer SET rate_minor = 1"):
            with self.assertRaises(RuntimeError, msg=sql):
                self.site.sql("USE keptword_onboarding; " + sql, account)
        self.assertEqual(self.state(email), "interview_done")

    def test_nobody_reads_their_own(self):
        officer = self.site.accounts()[5]
        number = self.site.one(f"SELECT id FROM keptword_core.person WHERE email = '{officer['email']}'")
        _, _, email, part = self.submitted()
        self.site.sql(f"UPDATE keptword_onboarding.application SET person_id = {number} WHERE email = '{email}'")
        person = self.site.person(officer["email"])
        self.assertEqual(person.get(self.place(part)).status, 404)
        self.assertNotIn(self.place(part), person.get("/onboarding/staff/applications?state=all").page.links)
        self.assertIn(self.place(part),
                      self.site.person("reviewer").get("/onboarding/staff/applications").page.links)
        self.site.sql("UPDATE keptword_onboarding.application SET state = 'withdrawn', person_id = NULL"
                      f" WHERE email = '{email}'")

    def test_queue_says_how_long_and_what_is_late(self):
        _, _, email, part = self.submitted()
        self.site.sql("UPDATE keptword_onboarding.application SET waiting_since = waiting_since - INTERVAL 6 DAY,"
                      f" due_at = due_at - INTERVAL 6 DAY WHERE email = '{email}'")
        page = self.site.person("people_officer").get("/onboarding/staff/applications")
        line = page.text.split(self.place(part))[1].split("</li>")[0]
        self.assertIn("Waiting days: 6", line)
        self.assertIn("Answer was promised by", line)
        for state in ("certified", "all", "withdrawn", "nonsense"):
            self.assertEqual(self.site.person("reviewer").get(
                f"/onboarding/staff/applications?state={state}").status, 200)
        self.assertNotIn(self.place(part), self.site.person("reviewer").get(
            "/onboarding/staff/applications?state=certified").page.links)

    def test_withdraw(self):
        who, _, email, _ = self.submitted()
        page = who.submit(who.get("/apply/withdraw"), "/apply/withdraw")
        self.assertEqual(page.status, 422)
        page = who.submit(who.get("/apply/withdraw"), "/apply/withdraw", sure="yes")
        self.assertEqual((page.status, page.path), (200, "/apply/status"))
        self.assertEqual(self.state(email), "withdrawn")

    # ---- Offer ----

    def test_offer_below_benchmark_and_other_wrong_terms(self):
        _, _, email, part = self.certified()
        officer = self.site.person("people_officer")
        place = f"{self.place(part)}/offer"
        cases = [({"rate": "39.99"}, "needs a second person"), ({"rate": "45,000"}, "as an amount in USD"),
                 ({"rate": "-45"}, "as an amount"), ({"benchmark": "4"}, "another field"),
                 ({"benchmark": "9"}, "another unit"), ({"hours_max": "4"}, "not be less"),
                 ({"starts": "2020-01-01"}, "has passed"), ({"pod": "zzz"}, "choose one of the answers")]
        for fields, words in cases:
            page = officer.submit(officer.get(place), place, **self.terms(**fields))
            self.assertEqual(page.status, 422, fields)
            self.assertIn(words, page.words, fields)
            kept = dict(page.form(place).fields)
            for name, value in fields.items():
                if name != "pod":
                    self.assertEqual(kept[name], value)
        self.assertEqual(self.site.one("SELECT COUNT(*) FROM keptword_onboarding.offer o JOIN"
                                       " keptword_onboarding.application a ON a.id = o.application_id"
                                       f" WHERE a.email = '{email}'"), "0")
        page = officer.submit(officer.get(place), place, **self.terms(rate="40.00"))
        self.assertIn("40.00 USD", page.words)
        self.assertEqual(self.site.person("reviewer").get(place).status, 403)

    def test_by_the_task(self):
        _, _, email, part = self.certified()
        officer = self.site.person("people_officer")
        place = f"{self.place(part)}/offer"
        pod = id_text(self.site.one("SELECT HEX(public_id) FROM keptword_core.pod WHERE name = 'Flint'"))
        page = officer.submit(officer.get(place), place, **self.terms(pod=pod, benchmark="9", rate="18"))
        self.assertIn("how many minutes a task takes", page.words)
        page = officer.submit(officer.get(place), place,
                              **self.terms(pod=pod, benchmark="9", rate="18", task_minutes="40"))
        self.assertIn("a task takes about 40 min", page.words)
        self.assertIn("Training and meetings are paid at 36.00 USD an hour", page.words)

    def test_decline_and_take_it_back(self):
        who, _, email, _ = self.offered()
        page = who.submit(who.get("/apply/offer"), "/apply/offer/decline")
        self.assertIn("You have declined", page.words)
        page = who.submit(page, "/apply/offer/undo")
        self.assertIn("go on to the agreement", page.words)
        who.submit(page, "/apply/offer/decline")
        self.site.sql("UPDATE keptword_onboarding.offer SET declined_at = declined_at - INTERVAL 8 DAY"
                      f" WHERE application_id = (SELECT id FROM keptword_onboarding.application WHERE email = '{email}')")
        page = who.get("/apply/offer")
        self.assertIn("does not stand any more", page.words)

    def test_expired_and_withdrawn_offers_cannot_be_signed(self):
        who, _, email, part = self.offered()
        sign = who.submit(who.get("/apply/offer"), "/apply/offer/read")
        self.site.sql("UPDATE keptword_onboarding.offer SET expires_at = sent_at WHERE application_id ="
                      f" (SELECT id FROM keptword_onboarding.application WHERE email = '{email}')")
        page = who.submit(sign, "/apply/offer/sign", name=ABOUT["legal_name"], read="yes")
        self.assertEqual(page.status, 409)
        self.assertIn("does not stand any more", who.get("/apply/offer").words)

    def test_signature_and_what_follows(self):
        who, code, email, part = self.offered()
        # purpose, rate and pay calendar first
        self.assertEqual(who.get("/apply/offer/sign").path, "/apply/offer")
        page = who.get("/apply/offer")
        for words in ("Doctors and nurses read answers", "45.00 USD", "40.00 USD", "is paid by", "5 to 15",
                      "illness, injury or grief"):
            self.assertIn(words, page.words)
        page = who.submit(page, "/apply/offer/read")
        self.assertEqual(page.path, "/apply/offer/sign")
        shown = re.search(r"<code>([0-9a-f]{64})</code>", page.text)[1]
        document = self.site.sql("SELECT HEX(document), HEX(document_hash), state FROM keptword_onboarding.offer o"
                                 " WHERE application_id = (SELECT id FROM keptword_onboarding.application"
                                 f" WHERE email = '{email}')")[0]
        self.assertEqual(hashlib.sha256(bytes.fromhex(document[0])).hexdigest(), shown)
        self.assertEqual((document[1].lower(), document[2]), (shown, "viewed"))
        self.assertIn("45.00 USD", bytes.fromhex(document[0]).decode())
        for name in ("Inigo Fernandez-Akesson", "Somebody Else", "Iñigo"):
            wrong = who.submit(page, "/apply/offer/sign", name=name, read="yes")
            self.assertEqual(wrong.status, 422, name)
            self.assertIn("not your legal name", wrong.words)
            self.assertEqual(dict(wrong.form("/apply/offer/sign").fields)["name"], name)
        wrong = who.submit(page, "/apply/offer/sign", name=ABOUT["legal_name"])
        self.assertIn("Tick the box when you have read", wrong.words)
        # blanks and capitals do not matter; twice is once
        _, pairs = who.filled(page, "/apply/offer/sign", name="  iñigo FERNÁNDEZ-åkesson ", read="yes")
        for _ in range(2):
            reply = who.post("/apply/offer/sign", pairs, follow=False)
            self.assertEqual((reply.status, reply.header("Location")), (303, "/apply/welcome"))
        person = self.site.one(f"SELECT id FROM keptword_core.person WHERE email = '{email}'")
        self.assertEqual(self.site.sql(
            f"SELECT role FROM keptword_core.role_grant WHERE person_id = {person} ORDER BY role"),
            [["applicant"], ["contributor"]])
        self.assertEqual(self.site.sql("SELECT d.name FROM keptword_core.pod_member m JOIN keptword_core.pod d"
                                       f" ON d.id = m.pod_id WHERE m.person_id = {person}"), [["Rowan"]])
        self.assertEqual(self.site.sql("SELECT state, started_on FROM keptword_onboarding.engagement"
                                       f" WHERE person_id = {person}"),
                         [["active", self.site.one("SELECT UTC_DATE() + INTERVAL 1 DAY")]])
        events = self.site.sql("SELECT kind, JSON_VALUE(detail, '$.rate_minor'), JSON_VALUE(detail, '$.currency'),"
                               " JSON_VALUE(detail, '$.unit'), JSON_VALUE(detail, '$.project') FROM"
                               f" keptword_onboarding.event WHERE person_id = {person} ORDER BY id")
        self.assertEqual(events, [["engagement.signed", "4500", "USD", "hour", "1"],
                                  ["engagement.active", "4500", "USD", "hour", "1"]])
        self.password(who, email)
        self.paid(person)

    def password(self, who, email):
        """The link is shown once; with it the new contributor gets in and finds the agreement."""
        page = who.get("/apply/welcome")
        link = next(href for href in page.page.links if href.startswith("/set-up/"))
        self.assertNotIn("/set-up/", who.get("/apply/welcome").text)
        form = self.site.person()
        page = form.submit(form.get(link), "", password="a sentence of my own 42", again="a sentence of my own 42")
        self.assertEqual((page.status, page.path), (200, "/"))
        page = form.get("/onboarding/offers")
        own = next(href for href in page.page.links if href.startswith("/onboarding/offers/"))
        page = form.get(own)
        self.assertIn("iñigo FERNÁNDEZ-åkesson", page.words)
        self.assertEqual(self.site.person("contributor").get(own).status, 404)
        # without a code, by the account
        self.assertEqual(form.get("/apply/status").path, "/apply/status")
        self.assertEqual(self.site.person("people_officer").get("/onboarding/staff/offers").status, 200)

    def paid(self, person):
        """payments' worker takes the event: one rate, one payee; an entry is payable."""
        rates = ("SELECT unit, amount_minor, currency, valid_from, benchmark_minor FROM keptword_payments.rate"
                 f" WHERE person_id = {person}")
        self.site.wait(lambda: self.site.sql(rates), 20, "the rate")
        start = self.site.one("SELECT UTC_DATE() + INTERVAL 1 DAY")
        self.assertEqual(self.site.sql(rates), [["hour", "4500", "USD", start, "4000"]])
        self.assertEqual(self.site.sql("SELECT currency, schedule_id, legal_entity_id, state FROM"
                                       f" keptword_payments.payee WHERE person_id = {person}"),
                         [["USD", "1", "1", "active"]])
        # a forgotten mark: the event again changes nothing
        event = self.site.one("SELECT id FROM keptword_onboarding.event WHERE kind = 'engagement.signed'"
                              f" AND person_id = {person}")
        self.site.sql(f"DELETE FROM keptword_payments.event_done WHERE source = 'onboarding' AND event_id = {event}")
        self.site.wait(lambda: self.site.sql("SELECT 1 FROM keptword_payments.event_done WHERE source ="
                                             f" 'onboarding' AND event_id = {event}"), 20, "the event again")
        self.assertEqual(len(self.site.sql(rates)), 1)

    def test_a_further_agreement_begins_later(self):
        who, _, email, part = self.offered()
        sign = who.submit(who.get("/apply/offer"), "/apply/offer/read")
        who.submit(sign, "/apply/offer/sign", name=ABOUT["legal_name"], read="yes")
        # the same person applies once more, by the account, and is certified again
        self.site.sql("UPDATE keptword_onboarding.offer o JOIN keptword_onboarding.application a ON a.id ="
                      f" o.application_id SET o.application_id = NULL WHERE a.email = '{email}'")
        officer = self.site.person("people_officer")
        place = f"{self.place(part)}/offer"
        page = officer.submit(officer.get(place), place, **self.terms())
        self.assertEqual(page.status, 422)
        self.assertIn("Choose a later day", page.words)
        later = self.site.one("SELECT UTC_DATE() + INTERVAL 2 DAY")
        page = officer.submit(officer.get(place), place, **self.terms(starts=later, rate="50.00"))
        page = officer.submit(page, page.path + "/send")
        sign = who.submit(who.get("/apply/offer"), "/apply/offer/read")
        who.submit(sign, "/apply/offer/sign", name=ABOUT["legal_name"], read="yes")
        person = self.site.one(f"SELECT id FROM keptword_core.person WHERE email = '{email}'")
        rates = ("SELECT amount_minor, valid_from, valid_to FROM keptword_payments.rate"
                 f" WHERE person_id = {person} ORDER BY valid_from")
        self.site.wait(lambda: len(self.site.sql(rates)) == 2, 20, "the second rate")
        first = self.site.one("SELECT UTC_DATE() + INTERVAL 1 DAY")
        self.assertEqual(self.site.sql(rates), [["4500", first, later], ["5000", later, "9999-12-31"]])

    def test_what_ends_by_itself(self):
        """Old drafts go, offers end; nothing that was sent is touched."""
        drafter, _ = self.begin()
        old = self.site.one("SELECT MAX(id) FROM keptword_onboarding.application")
        drafter, _ = self.begin()
        young = self.site.one("SELECT MAX(id) FROM keptword_onboarding.application")
        who, _, email, part = self.offered()
        waiting = self.submitted()[2]
        self.site.sql(
            f"UPDATE keptword_onboarding.application SET changed_at = changed_at - INTERVAL 31 DAY WHERE id = {old};"
            f"UPDATE keptword_onboarding.application SET changed_at = changed_at - INTERVAL 29 DAY WHERE id = {young};"
            "UPDATE keptword_onboarding.application SET changed_at = changed_at - INTERVAL 900 DAY,"
            f" submitted_at = submitted_at - INTERVAL 900 DAY WHERE email = '{waiting}';"
            "UPDATE keptword_onboarding.offer o JOIN keptword_onboarding.application a ON a.id = o.application_id"
            f" SET o.expires_at = o.sent_at WHERE a.email = '{email}'")
        os.kill(self.site.child("onboarding.work"), signal.SIGTERM)  # its round begins anew
        state = ("SELECT o.state FROM keptword_onboarding.offer o JOIN keptword_onboarding.application a"
                 f" ON a.id = o.application_id WHERE a.email = '{email}'")
        self.site.wait(lambda: self.site.one(state) == "expired", 20, "the end of the offer")
        count = "SELECT COUNT(*) FROM keptword_onboarding.application WHERE id = "
        self.site.wait(lambda: self.site.one(count + old) == "0", 20, "the end of the draft")
        self.assertEqual(self.site.one(count + young), "1")
        self.assertEqual(self.state(waiting), "interview_done")
        self.assertIn("does not stand any more", who.get("/apply/offer").words)

    def test_the_demo_applicant_needs_no_code(self):
        noor = self.site.person("applicant")
        page = noor.get("/onboarding/application")
        self.assertEqual((page.status, page.path), (200, "/apply/status"))
        self.assertIn("Our offer: Clinical answers", page.page.headings)
        self.assertEqual(self.site.person("contributor").get("/onboarding/application").path, "/apply")
        foreign = id_text(self.site.one("SELECT HEX(public_id) FROM keptword_onboarding.offer WHERE person_id = 31"))
        self.assertEqual(noor.get(f"/onboarding/offers/{foreign}").status, 404)

    def test_known_address_needs_a_person_who_makes_sure(self):
        who, _, email, part = self.certified()
        self.site.sql(f"UPDATE keptword_onboarding.application SET person_id = NULL WHERE email = '{email}'")
        officer = self.site.person("people_officer")
        place = self.place(part)
        page = officer.get(place)
        self.assertNotIn("Make an offer", page.words)
        self.assertEqual(officer.get(f"{place}/offer").path, place)
        page = officer.submit(page, f"{place}/same-person")
        self.assertIn("Make an offer", page.words)
        self.assertEqual(self.site.person("reviewer").post(f"{place}/same-person", {}).status, 403)


if __name__ == "__main__":
    unittest.main()
