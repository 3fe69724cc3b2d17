-- Instants are seconds of Unix time, lengths are seconds, bodies are JSON.

CREATE TABLE IF NOT EXISTS settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

--bun:split

CREATE TABLE IF NOT EXISTS teams (
    id      {{.ID}},
    name    TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    body    TEXT NOT NULL
);

--bun:split

CREATE TABLE IF NOT EXISTS operators (
    id       {{.ID}},
    team_id  BIGINT NOT NULL REFERENCES teams (id),
    position BIGINT NOT NULL,
    retired  BOOLEAN NOT NULL,
    body     TEXT NOT NULL
);

--bun:split

CREATE TABLE IF NOT EXISTS history (
    team_id      BIGINT NOT NULL REFERENCES teams (id),
    queue        TEXT NOT NULL,
    start        BIGINT NOT NULL,
    step         BIGINT NOT NULL,
    offered      DOUBLE PRECISION NOT NULL,
    handled      DOUBLE PRECISION,
    abandoned    DOUBLE PRECISION,
    bot_resolved DOUBLE PRECISION,
    aht          DOUBLE PRECISION,
    PRIMARY KEY (team_id, queue, start)
);

--bun:split

CREATE TABLE IF NOT EXISTS forecasts (
    id      {{.ID}},
    team_id BIGINT NOT NULL REFERENCES teams (id),
    made_at BIGINT NOT NULL,
    origin  BIGINT NOT NULL,
    model   TEXT NOT NULL,
    body    TEXT NOT NULL
);

--bun:split

CREATE TABLE IF NOT EXISTS demands (
    id          {{.ID}},
    team_id     BIGINT NOT NULL REFERENCES teams (id),
    forecast_id BIGINT NOT NULL REFERENCES forecasts (id),
    made_at     BIGINT NOT NULL,
    body        TEXT NOT NULL
);

--bun:split

CREATE TABLE IF NOT EXISTS rosters (
    id          {{.ID}},
    team_id     BIGINT NOT NULL REFERENCES teams (id),
    demand_id   BIGINT NOT NULL REFERENCES demands (id),
    first       TEXT NOT NULL,
    weeks       BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    publication BIGINT NOT NULL
);

--bun:split

CREATE TABLE IF NOT EXISTS assignments (
    id          TEXT NOT NULL,
    roster_id   BIGINT NOT NULL REFERENCES rosters (id),
    operator_id BIGINT NOT NULL REFERENCES operators (id),
    template    TEXT NOT NULL,
    start       BIGINT NOT NULL,
    finish      BIGINT NOT NULL,
    pinned      BOOLEAN NOT NULL,
    PRIMARY KEY (roster_id, id)
);

--bun:split

CREATE TABLE IF NOT EXISTS publications (
    roster_id BIGINT NOT NULL REFERENCES rosters (id),
    number    BIGINT NOT NULL,
    made_at   BIGINT NOT NULL,
    body      TEXT NOT NULL,
    PRIMARY KEY (roster_id, number)
);

--bun:split

CREATE TABLE IF NOT EXISTS published_shifts (
    id          TEXT PRIMARY KEY,
    roster_id   BIGINT NOT NULL REFERENCES rosters (id),
    team_id     BIGINT NOT NULL REFERENCES teams (id),
    operator_id BIGINT NOT NULL REFERENCES operators (id),
    template    TEXT NOT NULL,
    start       BIGINT NOT NULL,
    finish      BIGINT NOT NULL,
    pinned      BOOLEAN NOT NULL,
    sequence    BIGINT NOT NULL,
    created     BIGINT NOT NULL,
    changed     BIGINT NOT NULL
);

--bun:split

CREATE INDEX IF NOT EXISTS published_shifts_of_operator ON published_shifts (operator_id, start);

--bun:split

CREATE TABLE IF NOT EXISTS feeds (
    id           {{.ID}},
    team_id      BIGINT NOT NULL REFERENCES teams (id),
    operator_id  BIGINT NOT NULL REFERENCES operators (id),
    hash         TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    created      BIGINT NOT NULL,
    last_fetched BIGINT,
    fetches      BIGINT NOT NULL,
    revoked      BOOLEAN NOT NULL
);

--bun:split

CREATE TABLE IF NOT EXISTS reminders (
    id          {{.ID}},
    reminder    TEXT NOT NULL UNIQUE,
    roster_id   BIGINT NOT NULL REFERENCES rosters (id),
    assignment  TEXT NOT NULL,
    operator_id BIGINT NOT NULL REFERENCES operators (id),
    lead        BIGINT NOT NULL,
    start       BIGINT NOT NULL,
    finish      BIGINT NOT NULL,
    due         BIGINT NOT NULL,
    expires     BIGINT NOT NULL,
    state       TEXT NOT NULL,
    lease_until BIGINT NOT NULL,
    next_try    BIGINT NOT NULL,
    attempts    BIGINT NOT NULL,
    last_error  TEXT NOT NULL
);

--bun:split

CREATE INDEX IF NOT EXISTS reminders_due ON reminders (state, next_try);

--bun:split

CREATE TABLE IF NOT EXISTS tokens (
    id      {{.ID}},
    hash    TEXT NOT NULL UNIQUE,
    name    TEXT NOT NULL,
    created BIGINT NOT NULL
);
