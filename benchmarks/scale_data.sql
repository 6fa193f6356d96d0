-- Calls {first} to {last}, over 52 weeks from 6 January 2025, all shared.

CREATE TEMP TABLE IF NOT EXISTS fresh (n integer, call_id text, agent text, team text, placed timestamptz, felt float8)
;

TRUNCATE fresh;

INSERT INTO fresh SELECT n, 'call-' || n, 'agent-' || n % {agents}, 'team-' || n % {agents} % {teams},
    timestamptz '2025-01-06' + make_interval(secs => (n::bigint * 7919 % 2600000) * 12.0), (n * 31 % 41) / 10.0 - 2
FROM generate_series({first}::int, {last}::int) AS n;

INSERT INTO register (call_id, agent, team, shared, stored, next_seq, projected, synced)
SELECT call_id, agent, team, true, placed, 24, 24, 0 FROM fresh ORDER BY n;

INSERT INTO utterances (call_id, seq, speaker, start_s, end_s, text)
SELECT call_id, place, CASE WHEN place % 2 = 0 THEN 'agent' ELSE 'customer' END, place * 8, place * 8 + 6, said.text
FROM fresh CROSS JOIN generate_series(1, 23) AS place
JOIN said ON said.n = floor({sentences} * power(abs(hashint4(fresh.n * 23 + place)) / 2147483648.0, 2))::int;

INSERT INTO events (call_id, first_seq, lines)
SELECT call_id, 0, string_agg('{{"type": "utterance", "at_s": ' || end_s || ', "text": "' || text || '"}}', E'\n' ORDER BY seq)
FROM utterances JOIN fresh USING (call_id) GROUP BY call_id;

INSERT INTO calls (call_id, number, began, placed, week, agent, team, shared, reference, mode, finished, duration_s,
    valence_start, valence_lowest, valence_end, risk_highest, "order", nudges_shown, nudges_useful, nudges_wrong,
    nudges_not_now, nudges_missed, customer_speech_s, agent_speech_s, losses, has_audio, words)
SELECT fresh.call_id, register.number, fresh.placed, fresh.placed, date_trunc('week', fresh.placed AT TIME ZONE 'UTC')::date,
    fresh.agent, fresh.team, true, 'ref-' || n, 'live', true, 300, felt, felt - 0.5, -felt * (n % 3 - 1),
    CASE n % 10 WHEN 0 THEN 'high' WHEN 1 THEN 'watch' ELSE 'none' END,
    CASE n % 3 WHEN 0 THEN 'acknowledged_first' WHEN 1 THEN 'asked_first' ELSE 'no_ask' END,
    n % 4, (n % 8 = 1)::int, (n % 50 = 1)::int, 0, (n % 6 = 3)::int, 150, 120, 0, false, heard.words
FROM fresh JOIN register USING (call_id)
JOIN (SELECT call_id, to_tsvector('dutch', string_agg(text, ' ')) AS words
      FROM utterances JOIN fresh USING (call_id) GROUP BY call_id) AS heard USING (call_id);

INSERT INTO signs (call_id, kind, at_s, because)
SELECT call_id, (ARRAY['legal', 'media', 'cancel', 'repeat_contact', 'supervisor_request'])[1 + n / 5 % 5], 40, 'dan ga ik verder'
FROM fresh WHERE n % 5 = 0;

INSERT INTO causes (call_id, cause)
SELECT call_id, (ARRAY['bill', 'delay', 'outage', 'person', 'rule', 'promise'])[1 + n % 6] FROM fresh WHERE felt < 0;

INSERT INTO nudges (call_id, nudge, kind, at_s, decided_s, because, gone_s, gone, answer)
SELECT call_id, place, 'acknowledge_first', place * 30, place * 30 - 1, 'al drie weken', place * 30 + 8, 'done', NULL
FROM fresh CROSS JOIN generate_series(1, 3) AS place WHERE place <= n % 4;

INSERT INTO turns (call_id, speaker, turn, start_s, end_s, valence, intensity, emotions, acts)
SELECT call_id, CASE WHEN place % 2 = 0 THEN 'agent' ELSE 'customer' END, place / 2, place * 8, place * 8 + 6, NULL, NULL, '', ''
FROM fresh CROSS JOIN generate_series(1, 23) AS place;

INSERT INTO marks (call_id, mark, by, at) SELECT call_id, 'good_example', agent, placed FROM fresh WHERE n % 500 = 0
