"""LimeSurvey files of our own making, for tests.

    lss.survey("Pulse", [("Work", [("OK", "Y", "Fine?", True), ("WHY", "T", "Why?", False)])])

A question is (code, type, text, required[, parts]); parts: choices of L, ! and F, rows of M and A, as
pairs of code and text; for F a pair of lists (rows, choices).
"""
from xml.sax.saxutils import escape

ELEVEN = [(str(n), str(n)) for n in range(11)]


def table(name, rows):
    cells = "".join("<row>" + "".join(f"<{k}>{escape(str(v))}</{k}>" for k, v in row.items()) + "</row>"
                    for row in rows)
    return f"<{name}><rows>{cells}</rows></{name}>"


def survey(title, groups, welcome="", language="en"):
    tables = {name: [] for name in ("groups", "group_l10ns", "questions", "question_l10ns", "subquestions",
                                    "answers", "answer_l10ns")}
    ids = iter(range(100, 100000))

    def question(table_name, gid, parent, code, kind, text, required, order):
        qid = next(ids)
        tables[table_name].append({"qid": qid, "parent_qid": parent, "sid": 1, "gid": gid, "type": kind,
                                   "title": code, "mandatory": "Y" if required else "N", "other": "N",
                                   "question_order": order, "relevance": "1", "scale_id": 0})
        tables["question_l10ns"].append({"qid": qid, "question": text, "help": "", "language": language})
        return qid

    for g, (name, questions) in enumerate(groups, 1):
        tables["groups"].append({"gid": g, "sid": 1, "group_order": g, "grelevance": "1"})
        tables["group_l10ns"].append({"gid": g, "group_name": name, "description": "", "language": language})
        for order, (code, kind, text, required, *parts) in enumerate(questions, 1):
            qid = question("questions", g, 0, code, kind, text, required, order)
            parts = parts[0] if parts else []
            rows, choices = (parts if kind == "F" else (parts, []) if kind in "MA" else ([], parts))
            for place, (row, words) in enumerate(rows, 1):
                question("subquestions", g, qid, row, "T", words, False, place)
            for place, (choice, words) in enumerate(choices, 1):
                aid = next(ids)
                tables["answers"].append({"aid": aid, "qid": qid, "code": choice, "sortorder": place,
                                          "scale_id": 0})
                tables["answer_l10ns"].append({"aid": aid, "answer": words, "language": language})
    head = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>"
            f"<DBVersion>640</DBVersion><languages><language>{language}</language></languages>")
    body = "".join(table(name, rows) for name, rows in tables.items() if rows)
    ends = table("surveys", [{"sid": 1, "language": language, "additional_languages": ""}])
    ends += table("surveys_languagesettings", [{"surveyls_survey_id": 1, "surveyls_language": language,
                                                "surveyls_title": title, "surveyls_welcometext": welcome}])
    return (head + body + ends + "</document>").encode()
