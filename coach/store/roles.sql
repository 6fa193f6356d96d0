-- Who may see what, held by PostgreSQL itself. Run at every `coach store migrate`; says the same
-- however often it is run. Nobody but the owner of the tables may do anything that is not granted here.

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['coach_agent', 'coach_lead', 'coach_coach', 'coach_auditor'] LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', name);
        END IF;
        EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA public FROM %I', name);
        EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', name);
        EXECUTE format('GRANT SELECT ON alembic_version, house, disruptions TO %I', name);
    END LOOP;
END $$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;

-- ---- who is asking: the login, which no SET ROLE changes ----

CREATE OR REPLACE FUNCTION coach_role() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT role FROM members WHERE login = session_user $$;

CREATE OR REPLACE FUNCTION coach_me() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT agent FROM members WHERE login = session_user AND role = 'agent' $$;

CREATE OR REPLACE FUNCTION coach_team() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT team FROM members WHERE login = session_user AND role IN ('agent', 'lead') $$;

CREATE OR REPLACE FUNCTION coach_sees_all() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT session_user = (SELECT tableowner FROM pg_tables WHERE schemaname = 'public' AND tablename = 'calls')
$$;

-- ---- a lead opens a call: first asked for and written down, then, in a later transaction, read ----

CREATE OR REPLACE FUNCTION coach_ask(wanted text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE owner text;
BEGIN
    SELECT calls.agent INTO owner FROM calls
    WHERE call_id = wanted AND shared AND team = coach_team() AND coach_role() = 'lead';
    IF NOT FOUND THEN RETURN false; END IF;
    INSERT INTO access (at, who, role, what, call_id, agent)
    VALUES (clock_timestamp(), session_user, 'lead', 'call', wanted, owner);
    RETURN true;
END $$;

CREATE OR REPLACE FUNCTION coach_read(wanted text) RETURNS TABLE (first_seq integer, lines text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT events.first_seq, events.lines FROM events JOIN calls USING (call_id)
WHERE call_id = wanted AND shared AND team = coach_team() AND coach_role() = 'lead'
    AND EXISTS (
        SELECT 1 FROM access WHERE access.call_id = wanted AND who = session_user AND what = 'call'
            AND at < transaction_timestamp() AND at > transaction_timestamp() - interval '1 hour')
ORDER BY events.first_seq $$;

-- ---- a lead listens to a call: written down by itself, then heard in a later transaction ----

CREATE OR REPLACE FUNCTION coach_ask_sound(wanted text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE owner text;
BEGIN
    SELECT calls.agent INTO owner FROM calls
    WHERE call_id = wanted AND has_audio AND shared AND team = coach_team() AND coach_role() = 'lead';
    IF NOT FOUND THEN RETURN false; END IF;
    INSERT INTO access (at, who, role, what, call_id, agent)
    VALUES (clock_timestamp(), session_user, 'lead', 'sound', wanted, owner);
    RETURN true;
END $$;

CREATE OR REPLACE FUNCTION coach_hear(wanted text) RETURNS TABLE (number integer, content bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT sounds.number, sounds.content FROM sounds JOIN calls USING (call_id)
WHERE call_id = wanted AND shared AND team = coach_team() AND coach_role() = 'lead'
    AND EXISTS (
        SELECT 1 FROM access WHERE access.call_id = wanted AND who = session_user AND what = 'sound'
            AND at < transaction_timestamp() AND at > transaction_timestamp() - interval '1 hour')
ORDER BY sounds.number $$;

-- ---- the newest calls in which words were said, without the words ----

CREATE OR REPLACE FUNCTION coach_find(question text, since timestamptz, until timestamptz, most integer,
    behind timestamptz, behind_id text)
RETURNS SETOF text ROWS 50  -- what the planner reckons with: a page
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE mine text := CASE coach_role()
    WHEN 'agent' THEN 'agent = coach_me()'
    WHEN 'lead' THEN 'shared AND team = coach_team()'
    ELSE CASE WHEN coach_sees_all() THEN 'true' ELSE 'false' END END;
BEGIN
    mine := replace(replace(mine, 'coach_me()', quote_nullable(coach_me())),
        'coach_team()', quote_nullable(coach_team()));
    RETURN QUERY EXECUTE 'SELECT call_id FROM calls WHERE words @@ websearch_to_tsquery(''dutch'', $1)
        AND placed >= coalesce($2, ''-infinity'') AND placed < coalesce($3, ''infinity'')
        AND (placed, call_id) < (coalesce($5, ''infinity''), coalesce($6, ''''))
        AND ' || mine || ' ORDER BY placed DESC, call_id DESC LIMIT $4'
    USING question, since, until, most, behind, behind_id;
END $$;

DO $$
DECLARE call text;
BEGIN
    FOREACH call IN ARRAY ARRAY['coach_role()', 'coach_me()', 'coach_team()', 'coach_sees_all()',
        'coach_ask(text)', 'coach_read(text)', 'coach_ask_sound(text)', 'coach_hear(text)',
        'coach_find(text, timestamptz, timestamptz, integer, timestamptz, text)'] LOOP
        EXECUTE 'REVOKE ALL ON FUNCTION ' || call || ' FROM PUBLIC';
        EXECUTE 'GRANT EXECUTE ON FUNCTION ' || call || ' TO coach_agent, coach_lead, coach_coach, coach_auditor';
    END LOOP;
END $$;

-- ---- rows: nobody sees one that no policy gives ----

DO $$
DECLARE one record;
BEGIN
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public'
            AND tablename NOT IN ('alembic_version', 'house', 'disruptions') LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', one.tablename);
    END LOOP;
    FOR one IN SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'public' LOOP
        EXECUTE format('DROP POLICY %I ON %I', one.policyname, one.tablename);
    END LOOP;
    FOR one IN SELECT unnest(ARRAY['register', 'calls', 'weeks', 'week_kinds', 'week_nudges']) AS name LOOP
        EXECUTE format('CREATE POLICY own ON %I TO coach_agent USING (agent = (SELECT coach_me()))
            WITH CHECK (agent = (SELECT coach_me())
                AND coalesce(team, '''') = coalesce((SELECT coach_team()), ''''))', one.name);
    END LOOP;
    FOR one IN SELECT unnest(ARRAY['events', 'sounds', 'utterances', 'turns', 'nudges', 'risks', 'signs', 'causes',
            'notes', 'marks']) AS name LOOP
        EXECUTE format('CREATE POLICY own ON %I TO coach_agent USING (EXISTS (SELECT 1 FROM register
            WHERE register.call_id = %I.call_id AND agent = (SELECT coach_me())))', one.name, one.name);
    END LOOP;
    FOR one IN SELECT unnest(ARRAY['signs', 'causes', 'nudges', 'notes', 'marks']) AS name LOOP
        EXECUTE format('CREATE POLICY team ON %I TO coach_lead USING (EXISTS (SELECT 1 FROM calls
            WHERE calls.call_id = %I.call_id AND shared AND team = (SELECT coach_team())))',
            one.name, one.name);
    END LOOP;
END $$;

CREATE POLICY team ON calls TO coach_lead USING (shared AND team = (SELECT coach_team()));

CREATE POLICY own ON callbacks TO coach_agent USING (agent = (SELECT coach_me()));

CREATE POLICY own ON incidents TO coach_agent USING (submitted_by = (SELECT coach_me()))
WITH CHECK (submitted_by = (SELECT coach_me())
    AND coalesce(team, '') = coalesce((SELECT coach_team()), ''));

CREATE POLICY of_own_calls ON incidents AS RESTRICTIVE FOR INSERT TO coach_agent WITH CHECK (call_id IS NULL
    OR EXISTS (SELECT 1 FROM register WHERE register.call_id = incidents.call_id AND agent = (SELECT coach_me())));

CREATE POLICY of_own_calls ON callbacks AS RESTRICTIVE FOR INSERT TO coach_agent WITH CHECK (call_id IS NULL
    OR EXISTS (SELECT 1 FROM register WHERE register.call_id = callbacks.call_id AND agent = (SELECT coach_me())));

CREATE POLICY team ON incidents TO coach_lead USING (team = (SELECT coach_team()));

CREATE POLICY own ON access TO coach_agent USING (agent = (SELECT coach_me()));

CREATE POLICY every ON access TO coach_auditor USING (true);

CREATE POLICY signed ON notes AS RESTRICTIVE FOR INSERT TO coach_agent, coach_lead
WITH CHECK (author IN (session_user, (SELECT coach_me())));

CREATE POLICY signed ON marks AS RESTRICTIVE FOR INSERT TO coach_agent, coach_lead
WITH CHECK (by IN (session_user, (SELECT coach_me())));

-- ---- tables and columns ----

DO $$
DECLARE named text := (SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = 'calls' AND column_name <> 'words');
BEGIN
    EXECUTE 'GRANT SELECT (' || named || ') ON calls TO coach_agent, coach_lead';
END $$;

GRANT INSERT, DELETE, UPDATE (words) ON calls TO coach_agent;

GRANT SELECT, INSERT, UPDATE ON register TO coach_agent;

GRANT SELECT, INSERT ON events, sounds TO coach_agent;

GRANT SELECT, INSERT, DELETE ON utterances, turns, nudges, risks, signs, causes, weeks, week_kinds, week_nudges TO coach_agent;

GRANT SELECT, INSERT, DELETE ON notes, marks TO coach_agent;

GRANT SELECT, INSERT, UPDATE (done) ON callbacks TO coach_agent;

GRANT SELECT, INSERT ON incidents TO coach_agent;

GRANT SELECT ON access TO coach_agent, coach_auditor;

GRANT SELECT (call_id, kind, at_s) ON signs TO coach_lead;

GRANT SELECT (call_id, nudge, kind, at_s, decided_s, gone_s, gone, answer) ON nudges TO coach_lead;

GRANT SELECT ON causes, incidents TO coach_lead;

GRANT SELECT, INSERT ON notes TO coach_lead;

GRANT SELECT, INSERT, DELETE ON marks TO coach_lead;

GRANT INSERT ON disruptions TO coach_lead, coach_coach;

GRANT SELECT ON published_weeks, published_kinds, published_nudges TO coach_agent, coach_lead, coach_coach;

GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO coach_agent, coach_lead;

GRANT USAGE ON SEQUENCE disruptions_id_seq TO coach_coach;
