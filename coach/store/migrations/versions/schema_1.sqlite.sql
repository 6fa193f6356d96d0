-- Schema 1 on SQLite. Released: never changed, only followed by a next one.

CREATE TABLE access (
    id INTEGER NOT NULL,
    at DATETIME NOT NULL,
    who TEXT NOT NULL,
    role TEXT NOT NULL,
    what TEXT NOT NULL,
    call_id TEXT NOT NULL,
    agent TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX access_agent ON access (agent, at);

CREATE INDEX access_at ON access (at);

CREATE TABLE disruptions (
    id INTEGER NOT NULL,
    began DATETIME NOT NULL,
    ended DATETIME,
    team TEXT,
    name TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX disruptions_began ON disruptions (began);

CREATE TABLE house (
    one INTEGER NOT NULL CHECK (one = 1),
    smallest_group INTEGER NOT NULL CHECK (smallest_group >= 5),
    PRIMARY KEY (one)
);

CREATE TABLE members (
    login TEXT NOT NULL,
    role TEXT NOT NULL,
    agent TEXT,
    team TEXT,
    PRIMARY KEY (login)
);

CREATE TABLE register (
    number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    call_id TEXT NOT NULL,
    agent TEXT,
    team TEXT,
    shared BOOLEAN NOT NULL,
    audio TEXT,
    causes TEXT,
    stored DATETIME NOT NULL,
    next_seq INTEGER NOT NULL,
    projected INTEGER NOT NULL,
    synced INTEGER NOT NULL,
    UNIQUE (call_id)
);

CREATE TABLE week_kinds (
    week DATE NOT NULL,
    team TEXT NOT NULL,
    agent TEXT NOT NULL,
    what TEXT NOT NULL,
    kind TEXT NOT NULL,
    calls INTEGER NOT NULL,
    PRIMARY KEY (week, team, agent, what, kind)
);

CREATE TABLE weeks (
    week DATE NOT NULL,
    team TEXT NOT NULL,
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
    PRIMARY KEY (week, team, agent)
);

CREATE TABLE callbacks (
    id INTEGER NOT NULL,
    call_id TEXT,
    agent TEXT NOT NULL,
    made DATETIME NOT NULL,
    due DATETIME NOT NULL,
    text TEXT NOT NULL,
    done DATETIME,
    PRIMARY KEY (id),
    FOREIGN KEY(call_id) REFERENCES register (call_id) ON DELETE SET NULL
);

CREATE INDEX callbacks_call ON callbacks (call_id);

CREATE INDEX callbacks_due ON callbacks (agent, due);

CREATE TABLE calls (
    call_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    began DATETIME,
    placed DATETIME NOT NULL,
    week DATE,
    agent TEXT,
    team TEXT,
    shared BOOLEAN NOT NULL,
    reference TEXT,
    mode TEXT NOT NULL,
    finished BOOLEAN NOT NULL,
    duration_s FLOAT NOT NULL,
    valence_start FLOAT,
    valence_lowest FLOAT,
    valence_end FLOAT,
    risk_highest TEXT NOT NULL,
    "order" TEXT,
    nudges_shown INTEGER NOT NULL,
    nudges_useful INTEGER NOT NULL,
    nudges_wrong INTEGER NOT NULL,
    nudges_not_now INTEGER NOT NULL,
    nudges_missed INTEGER NOT NULL,
    customer_speech_s FLOAT NOT NULL,
    agent_speech_s FLOAT NOT NULL,
    losses INTEGER NOT NULL,
    has_audio BOOLEAN NOT NULL,
    PRIMARY KEY (call_id),
    FOREIGN KEY(call_id) REFERENCES register (call_id) ON DELETE CASCADE
);

CREATE INDEX calls_agent ON calls (agent, placed, call_id);

CREATE INDEX calls_missed ON calls (team, placed, call_id) WHERE nudges_missed > 0;

CREATE UNIQUE INDEX calls_number ON calls (number);

CREATE INDEX calls_placed ON calls (placed, call_id);

CREATE INDEX calls_risk ON calls (team, risk_highest, placed, call_id);

CREATE INDEX calls_soured ON calls (team, placed, call_id) WHERE valence_start > 0 AND valence_end < 0;

CREATE INDEX calls_team ON calls (team, placed, call_id);

CREATE INDEX calls_turned ON calls (team, placed, call_id) WHERE valence_start < 0 AND valence_end > 0;

CREATE INDEX calls_week ON calls (week, team, agent);

CREATE TABLE causes (
    call_id TEXT NOT NULL,
    cause TEXT NOT NULL,
    PRIMARY KEY (call_id, cause),
    FOREIGN KEY(call_id) REFERENCES register (call_id) ON DELETE CASCADE
);

CREATE INDEX causes_cause ON causes (cause, call_id);

CREATE TABLE events (
    call_id TEXT NOT NULL,
    first_seq INTEGER NOT NULL,
    lines TEXT NOT NULL,
    PRIMARY KEY (call_id, first_seq),
    FOREIGN KEY(call_id) REFERENCES register (call_id) ON DELETE CASCADE
);

CREATE TABLE incidents (
    id INTEGER NOT NULL,
    call_id TEXT,
    submitted_by TEXT NOT NULL,
    team TEXT,
    at DATETIME NOT NULL,
    submitted DATETIME NOT NULL,
    severity TEXT NOT NULL,
    kind TEXT NOT NULL,
    cause TEXT,
    text TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(call_id) REFERENCES register (call_id) ON DELETE SET NULL
);

CREATE INDEX incidents_at ON incidents (at);

CREATE INDEX incidents_call ON incidents (call_id);

CREATE TABLE marks (
    call_id TEXT NOT NULL,
    mark TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at DATETIME NOT NULL,
    PRIMARY KEY (call_id, mark),
    FOREIGN KEY(call_id) REFERENCES register (call_id) ON DELETE CASCADE
);

CREATE TABLE notes (
    id INTEGER NOT NULL,
    call_id TEXT NOT NULL,
    author TEXT NOT NULL,
    written DATETIME NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(call_id) REFERENCES register (call_id) ON DELETE CASCADE
);

CREATE INDEX notes_call ON notes (call_id);

CREATE TABLE nudges (
    call_id TEXT NOT NULL,
    nudge INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at_s FLOAT NOT NULL,
    decided_s FLOAT NOT NULL,
    because TEXT NOT NULL,
    gone_s FLOAT,
    gone TEXT,
    answer TEXT,
    PRIMARY KEY (call_id, nudge),
    FOREIGN KEY(call_id) REFERENCES register (call_id) ON DELETE CASCADE
);

CREATE TABLE risks (
    call_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at_s FLOAT NOT NULL,
    level TEXT NOT NULL,
    because TEXT NOT NULL,
    PRIMARY KEY (call_id, seq),
    FOREIGN KEY(call_id) REFERENCES register (call_id) ON DELETE CASCADE
);

CREATE TABLE signs (
    call_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    at_s FLOAT NOT NULL,
    because TEXT NOT NULL,
    PRIMARY KEY (call_id, kind),
    FOREIGN KEY(call_id) REFERENCES register (call_id) ON DELETE CASCADE
);

CREATE INDEX signs_kind ON signs (kind, call_id);

CREATE TABLE turns (
    call_id TEXT NOT NULL,
    speaker TEXT NOT NULL,
    turn INTEGER NOT NULL,
    start_s FLOAT NOT NULL,
    end_s FLOAT NOT NULL,
    valence FLOAT,
    intensity INTEGER,
    emotions TEXT NOT NULL,
    acts TEXT NOT NULL,
    PRIMARY KEY (call_id, speaker, turn),
    FOREIGN KEY(call_id) REFERENCES register (call_id) ON DELETE CASCADE
);

CREATE TABLE utterances (
    call_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    speaker TEXT NOT NULL,
    start_s FLOAT NOT NULL,
    end_s FLOAT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (call_id, seq),
    FOREIGN KEY(call_id) REFERENCES register (call_id) ON DELETE CASCADE
);

CREATE VIRTUAL TABLE call_words USING fts5(words, content='', contentless_delete=1);

CREATE TRIGGER calls_forget_words AFTER DELETE ON calls
BEGIN DELETE FROM call_words WHERE rowid = old.number; END;

CREATE TRIGGER events_never_change BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are added and taken away, never changed'); END;

CREATE TRIGGER smallest_group_only_grows BEFORE UPDATE ON house WHEN new.smallest_group < old.smallest_group
BEGIN SELECT RAISE(ABORT, 'the smallest group only grows'); END;

CREATE TRIGGER house_stands BEFORE DELETE ON house
BEGIN SELECT RAISE(ABORT, 'the smallest group only grows'); END;

CREATE VIEW published_weeks AS
SELECT weeks.week, weeks.team,
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
WHERE weeks.week <= date('now', '-7 days')
GROUP BY weeks.week, weeks.team
HAVING sum(weeks.calls) >= (SELECT smallest_group FROM house)
    AND count(DISTINCT nullif(weeks.agent, '')) >= (SELECT smallest_group FROM house);

CREATE VIEW published_kinds AS
SELECT week, team, what, kind, calls FROM (
    SELECT cells.*,
        sum(CASE WHEN calls < k THEN calls ELSE 0 END) OVER (PARTITION BY week, team, what) AS hidden,
        row_number() OVER (PARTITION BY week, team, what ORDER BY calls < k, calls, kind) AS place
    FROM (
        SELECT week_kinds.week, week_kinds.team, week_kinds.what, week_kinds.kind,
            sum(week_kinds.calls) AS calls, (SELECT smallest_group FROM house) AS k
        FROM week_kinds
        JOIN published_weeks ON published_weeks.week = week_kinds.week
            AND published_weeks.team = week_kinds.team
        GROUP BY week_kinds.week, week_kinds.team, week_kinds.what, week_kinds.kind
    ) AS cells
) AS judged
WHERE calls >= k AND (hidden = 0 OR hidden >= k OR place > 1);

INSERT INTO house (one, smallest_group) VALUES (1, 5);
