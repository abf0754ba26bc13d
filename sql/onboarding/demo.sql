-- The demo's interview, rubric and signed offers: everyone who works here was offered it in words and
-- signed it. Relative to @today and @now; people and projects are those of core's demo.
INSERT INTO questionnaire (id, code, version, title, document, created_by, created_at) VALUES
(1, 'interview', 1, 'Interview in writing',
'{"format":1,"languages":["en","es","ar"],"title":{"en":"Interview in writing","es":"Entrevista por escrito","ar":"مقابلة كتابية"},"welcome":{"en":"Answer in your own words and at your own hour. Nothing is timed, and what you wrote is kept whenever you press Save.","es":"Responde con tus palabras y a la hora que te venga bien. No hay límite de tiempo, y lo que escribiste se conserva cada vez que guardas.","ar":"أجيبوا بكلماتكم أنتم، وفي الساعة التي تناسبكم. لا وقت محدد لأي شيء، وما كتبتموه يُحفظ كلما ضغطتم على زر الحفظ."},"end":{"en":"Thank you. A person reads what you wrote.","es":"Gracias. Una persona lee lo que escribiste.","ar":"شكرًا لكم. ما كتبتموه سيقرؤه شخص."},
"groups":[{"title":{"en":"Your work","es":"Tu trabajo","ar":"عملكم"},"questions":[
{"code":"WORK","kind":"long_text","required":true,"text":{"en":"Tell us about a piece of work in your field that you are content with. What was your own part?","es":"Cuéntanos un trabajo de tu área con el que hayas quedado a gusto. ¿Cuál fue tu parte?","ar":"حدّثونا عن عمل في مجالكم أنتم راضون عنه. ماذا كان دوركم أنتم فيه؟"},"most":4000},
{"code":"WRONG","kind":"long_text","required":true,"text":{"en":"Describe a mistake of yours, or one that you found in time. What did you change afterwards?","es":"Describe un error tuyo, o uno que encontraste a tiempo. ¿Qué cambiaste después?","ar":"صفوا خطأ وقعتم فيه، أو خطأ اكتشفتموه في الوقت المناسب. ماذا غيّرتم بعد ذلك؟"},"most":4000}]},
{"title":{"en":"Judging an answer","es":"Valorar una respuesta","ar":"الحكم على إجابة"},"questions":[
{"code":"JUDGE","kind":"long_text","required":true,"text":{"en":"A machine answers a question of your field confidently and half rightly. How do you find out what is wrong, and how do you write it down for somebody outside your field?","es":"Una máquina responde a una pregunta de tu área con mucha seguridad y acierta solo a medias. ¿Cómo averiguas qué está mal y cómo lo explicas por escrito a alguien ajeno a tu área?","ar":"تجيب آلة عن سؤال في مجالكم بثقة، لكن إجابتها صحيحة جزئيًا فقط. كيف تكتشفون الخطأ فيها، وكيف تشرحونه كتابةً لشخص من خارج مجالكم؟"},"help":{"en":"Take an example if that is easier.","es":"Usa un ejemplo si te resulta más fácil.","ar":"خذوا مثالًا إذا كان ذلك أسهل."},"most":4000},
{"code":"UNSURE","kind":"long_text","required":true,"text":{"en":"What do you do when a guideline does not cover the case before you?","es":"¿Qué haces cuando una pauta no contempla el caso que tienes delante?","ar":"ماذا تفعلون عندما لا تشمل التعليمات الحالة التي أمامكم؟"},"most":2000}]},
{"title":{"en":"Working with us","es":"Trabajar con nosotros","ar":"العمل معنا"},"questions":[
{"code":"HOURS","kind":"number","required":true,"whole":true,"least":1,"most":60,"text":{"en":"How many hours a week would you like to work with us?","es":"¿Cuántas horas por semana te gustaría trabajar con nosotros?","ar":"كم ساعة في الأسبوع ترغبون في العمل معنا؟"}},
{"code":"ELSE","kind":"long_text","required":false,"text":{"en":"Is there anything else that we should know?","es":"¿Hay algo más que debamos saber?","ar":"هل هناك شيء آخر ينبغي أن نعرفه؟"},"most":2000}]}]}',
    5, @now - INTERVAL 235 DAY);

INSERT INTO rubric_criterion (id, code, title, about, place) VALUES
(1, 'substance', 'Substance', '1: statements without ground. 3: sound, with gaps. 5: sound, with the reasons and the limits.', 1),
(2, 'judgement', 'Judging answers', '1: takes the fluent for the right. 3: finds most faults. 5: finds them and says how sure it is.', 2),
(3, 'explaining', 'Explaining', '1: for colleagues only. 3: clear after a second reading. 5: clear to somebody outside the field.', 3),
(4, 'care', 'Care', '1: leaves doubt unsaid. 3: says when unsure. 5: asks, notes what was decided, and why.', 4);

-- Market rates as payments' demo has them, by the ids that it gives.
CREATE TEMPORARY TABLE demo_benchmark (
	id BIGINT PRIMARY KEY, domain VARCHAR(60) COLLATE utf8mb4_unicode_520_ci,
	currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin,
	unit VARCHAR(4) CHARACTER SET ascii COLLATE ascii_bin, p50_minor BIGINT
);

INSERT INTO demo_benchmark VALUES
(1, 'medicine', 'USD', 'hour', 4000), (2, 'medicine', 'EUR', 'hour', 3700),
(3, 'medicine', 'JPY', 'hour', 6000), (4, 'law', 'USD', 'hour', 4200),
(5, 'law', 'EUR', 'hour', 3900), (6, 'law', 'JPY', 'hour', 6300),
(9, 'code', 'USD', 'task', 1700), (10, 'code', 'EUR', 'task', 1600);

-- One offer for each expert's project; the first expert has a second one, for tasks of project 3.
INSERT INTO offer (public_id, person_id, project_id, pod_id, state, unit, rate_minor, currency,
    benchmark_id, benchmark_minor, benchmark_source, task_minutes, hours_min, hours_max, starts_on,
    purpose, sensitive_note, document, document_hash, expires_at, sent_at, viewed_at, signed_name,
    signed_at, created_by, created_at, version)
SELECT RANDOM_BYTES(16), p.id, j.id, d.id, 'signed', j.pay_unit,
    CASE WHEN p.id = 31 THEN IF(j.id = 3, 1875, 4500) WHEN p.id = 32 THEN 4733
        ELSE b.p50_minor + (p.id * 7 MOD 9 + 1) * b.p50_minor DIV 60 END,
    b.currency, b.id, b.p50_minor, 'Demo survey of rates', IF(j.pay_unit = 'task', 40, NULL), 5, 20,
    @today - INTERVAL 190 DAY, j.purpose, j.sensitive_note, t.document,
    UNHEX(SHA2(t.document, 256)), @now - INTERVAL 185 DAY, @now - INTERVAL 199 DAY,
    @now - INTERVAL 198 DAY, p.legal_name, @now - INTERVAL 197 DAY, 5, @now - INTERVAL 200 DAY, 4
FROM keptword_core.person p
JOIN keptword_core.pod_member m ON m.person_id = p.id
JOIN keptword_core.pod d ON d.id = m.pod_id
JOIN keptword_core.project j ON j.id = d.project_id OR (p.id = 31 AND j.id = 3)
JOIN demo_benchmark b ON b.domain = j.domain AND b.unit = j.pay_unit AND b.currency =
    CASE WHEN p.id IN (43, 44, 54, 55, 70) THEN 'EUR' WHEN p.id IN (38, 57) THEN 'JPY' ELSE 'USD' END
JOIN (SELECT 'Services agreement. You work as an independent expert, at the hours you choose. Each approved hour or task is paid at the agreed rate; training, meetings and surveys are paid by the hour. Statements are issued every two weeks and paid by the day they name. Either side may end this agreement with 14 days'' notice; approved work is paid in any case. What you learn of others'' data stays with you.' AS document) t
WHERE p.id BETWEEN 31 AND 70 AND m.part = 'expert';

INSERT INTO engagement (public_id, person_id, project_id, offer_id, state, started_on, version,
    created_at)
SELECT RANDOM_BYTES(16), person_id, project_id, id, 'active', starts_on, 4, signed_at
FROM offer WHERE state = 'signed';

DROP TEMPORARY TABLE demo_benchmark;
