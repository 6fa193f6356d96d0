-- Schema 3, on both databases. Released: never changed, only followed by a next one.

DROP VIEW published_kinds;

DROP VIEW published_weeks;

ALTER TABLE calls ADD COLUMN channel TEXT DEFAULT 'phone' NOT NULL;

CREATE INDEX calls_channel ON calls (channel, placed, call_id);

ALTER TABLE weeks RENAME TO weeks_before;

ALTER TABLE week_kinds RENAME TO week_kinds_before;

CREATE TABLE weeks (
    week DATE NOT NULL,
    team TEXT NOT NULL,
    channel TEXT NOT NULL,
    agent TEXT NOT NULL,
    calls INTEGER NOT NULL,
    known INTEGER NOT NULL,
    upset INTEGER NOT NULL,
    turned INTEGER NOT NULL,
    soured INTEGER NOT NULL,
    valence_start FLOAT NOT NULL,
    valence_lowest FLOAT NOT NULL,
    valence_end FLOAT NOT NULL,
    risk_watch INTEGER NOT NULL,
    risk_high INTEGER NOT NULL,
    asks INTEGER NOT NULL,
    acknowledged INTEGER NOT NULL,
    nudges_shown INTEGER NOT NULL,
    nudges_useful INTEGER NOT NULL,
    nudges_wrong INTEGER NOT NULL,
    nudges_not_now INTEGER NOT NULL,
    nudges_missed INTEGER NOT NULL,
    duration_s FLOAT NOT NULL,
    customer_speech_s FLOAT NOT NULL,
    agent_speech_s FLOAT NOT NULL,
    PRIMARY KEY (week, team, channel, agent)
);

CREATE TABLE week_kinds (
    week DATE NOT NULL,
    team TEXT NOT NULL,
    channel TEXT NOT NULL,
    agent TEXT NOT NULL,
    what TEXT NOT NULL,
    kind TEXT NOT NULL,
    calls INTEGER NOT NULL,
    PRIMARY KEY (week, team, channel, agent, what, kind)
);

CREATE TABLE week_nudges (
    week DATE NOT NULL,
    team TEXT NOT NULL,
    channel TEXT NOT NULL,
    agent TEXT NOT NULL,
    kind TEXT NOT NULL,
    shown INTEGER NOT NULL,
    useful INTEGER NOT NULL,
    not_now INTEGER NOT NULL,
    wrong INTEGER NOT NULL,
    PRIMARY KEY (week, team, channel, agent, kind)
);

INSERT INTO weeks
    (week, team, channel, agent, calls, known, upset, turned, soured, valence_start, valence_lowest, valence_end, risk_watch,
    risk_high, asks, acknowledged, nudges_shown, nudges_useful, nudges_wrong, nudges_not_now, nudges_missed, duration_s, customer_speech_s, agent_speech_s)
SELECT week, team, 'phone', agent, calls, known, upset, turned, soured, valence_start, valence_lowest, valence_end, risk_watch,
    risk_high, asks, acknowledged, nudges_shown, nudges_useful, nudges_wrong, nudges_not_now, nudges_missed, duration_s, customer_speech_s, agent_speech_s
FROM weeks_before;

INSERT INTO week_kinds (week, team, channel, agent, what, kind, calls)
SELECT week, team, 'phone', agent, what, kind, calls FROM week_kinds_before;

INSERT INTO week_kinds (week, team, channel, agent, what, kind, calls)
SELECT week, team, 'phone', agent, 'aggression', cause, count(*) FROM (
    SELECT calls.week AS week, coalesce(calls.team, '') AS team, coalesce(calls.agent, '') AS agent,
        coalesce((SELECT min(causes.cause) FROM causes WHERE causes.call_id = calls.call_id), 'other')
            AS cause
    FROM calls
    WHERE calls.finished AND calls.week IS NOT NULL AND EXISTS (
        SELECT 1 FROM signs WHERE signs.call_id = calls.call_id
            AND signs.kind IN ('verbal_abuse', 'threat', 'discrimination'))
) AS abusive
GROUP BY week, team, agent, cause;

INSERT INTO week_nudges (week, team, channel, agent, kind, shown, useful, not_now, wrong)
SELECT calls.week, coalesce(calls.team, ''), 'phone', coalesce(calls.agent, ''), nudges.kind, count(*),
    sum(CASE WHEN nudges.answer = 'useful' THEN 1 ELSE 0 END),
    sum(CASE WHEN nudges.answer = 'not_now' THEN 1 ELSE 0 END),
    sum(CASE WHEN nudges.answer = 'wrong' THEN 1 ELSE 0 END)
FROM calls JOIN nudges ON nudges.call_id = calls.call_id
WHERE calls.finished AND calls.week IS NOT NULL
GROUP BY calls.week, coalesce(calls.team, ''), coalesce(calls.agent, ''), nudges.kind;

DROP TABLE weeks_before;

DROP TABLE week_kinds_before;

CREATE VIEW published_weeks AS
SELECT weeks.week, weeks.team, weeks.channel,
    count(DISTINCT nullif(weeks.agent, '')) AS agents, sum(weeks.calls) AS calls,
    CASE WHEN sum(weeks.known) >= (SELECT smallest_group FROM house)
        THEN sum(weeks.known) ELSE 0 END AS known,
    CASE WHEN sum(weeks.known) >= (SELECT smallest_group FROM house)
        THEN sum(weeks.upset) ELSE 0 END AS upset,
    CASE WHEN sum(weeks.known) >= (SELECT smallest_group FROM house)
        THEN sum(weeks.turned) ELSE 0 END AS turned,
    CASE WHEN sum(weeks.known) >= (SELECT smallest_group FROM house)
        THEN sum(weeks.soured) ELSE 0 END AS soured,
    CASE WHEN sum(weeks.known) >= (SELECT smallest_group FROM house)
        THEN sum(weeks.valence_start) ELSE 0 END AS valence_start,
    CASE WHEN sum(weeks.known) >= (SELECT smallest_group FROM house)
        THEN sum(weeks.valence_lowest) ELSE 0 END AS valence_lowest,
    CASE WHEN sum(weeks.known) >= (SELECT smallest_group FROM house)
        THEN sum(weeks.valence_end) ELSE 0 END AS valence_end,
    sum(weeks.risk_watch) AS risk_watch,
    sum(weeks.risk_high) AS risk_high,
    CASE WHEN sum(weeks.asks) >= (SELECT smallest_group FROM house)
        THEN sum(weeks.asks) ELSE 0 END AS asks,
    CASE WHEN sum(weeks.asks) >= (SELECT smallest_group FROM house)
        THEN sum(weeks.acknowledged) ELSE 0 END AS acknowledged,
    sum(weeks.nudges_shown) AS nudges_shown,
    sum(weeks.nudges_useful) AS nudges_useful,
    sum(weeks.nudges_wrong) AS nudges_wrong,
    sum(weeks.nudges_not_now) AS nudges_not_now,
    sum(weeks.nudges_missed) AS nudges_missed,
    sum(weeks.duration_s) AS duration_s,
    sum(weeks.customer_speech_s) AS customer_speech_s,
    sum(weeks.agent_speech_s) AS agent_speech_s
FROM weeks
WHERE weeks.week <= {a_week_ago}
GROUP BY weeks.week, weeks.team, weeks.channel
HAVING sum(weeks.calls) >= (SELECT smallest_group FROM house)
    AND count(DISTINCT nullif(weeks.agent, '')) >= (SELECT smallest_group FROM house);

CREATE VIEW published_kinds AS
SELECT week, team, channel, what, kind, calls FROM (
    SELECT cells.*,
        sum(CASE WHEN calls < k THEN calls ELSE 0 END)
            OVER (PARTITION BY week, team, channel, what) AS hidden,
        row_number()
            OVER (PARTITION BY week, team, channel, what ORDER BY calls < k, calls, kind) AS place
    FROM (
        SELECT week_kinds.week, week_kinds.team, week_kinds.channel, week_kinds.what, week_kinds.kind,
            sum(week_kinds.calls) AS calls, (SELECT smallest_group FROM house) AS k
        FROM week_kinds
        JOIN published_weeks ON published_weeks.week = week_kinds.week
            AND published_weeks.team = week_kinds.team
            AND published_weeks.channel = week_kinds.channel
        GROUP BY week_kinds.week, week_kinds.team, week_kinds.channel, week_kinds.what, week_kinds.kind
    ) AS cells
) AS judged
WHERE calls >= k AND (hidden = 0 OR hidden >= k OR place > 1);

CREATE VIEW published_nudges AS
SELECT week, team, channel, kind, shown, useful, not_now, wrong FROM (
    SELECT cells.*,
        sum(CASE WHEN useful + wrong < k THEN useful + wrong ELSE 0 END)
            OVER (PARTITION BY week, team, channel) AS hidden_answers,
        sum(CASE WHEN useful + wrong < k THEN shown ELSE 0 END)
            OVER (PARTITION BY week, team, channel) AS hidden,
        row_number() OVER (PARTITION BY week, team, channel
            ORDER BY useful + wrong < k, useful + wrong, kind) AS place
    FROM (
        SELECT week_nudges.week, week_nudges.team, week_nudges.channel, week_nudges.kind,
            sum(week_nudges.shown) AS shown, sum(week_nudges.useful) AS useful,
            sum(week_nudges.not_now) AS not_now, sum(week_nudges.wrong) AS wrong,
            (SELECT smallest_group FROM house) AS k
        FROM week_nudges
        JOIN published_weeks ON published_weeks.week = week_nudges.week
            AND published_weeks.team = week_nudges.team
            AND published_weeks.channel = week_nudges.channel
        GROUP BY week_nudges.week, week_nudges.team, week_nudges.channel, week_nudges.kind
    ) AS cells
) AS judged
WHERE useful + wrong >= k
    AND ((hidden = 0 OR hidden >= k) AND (hidden_answers = 0 OR hidden_answers >= k) OR place > 1);
