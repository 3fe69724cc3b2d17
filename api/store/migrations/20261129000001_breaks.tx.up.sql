-- Breaks as they are placed: their starts and ends, Unix seconds with a dash between, by spaces.
ALTER TABLE assignments ADD COLUMN breaks TEXT NOT NULL DEFAULT '';

--bun:split

ALTER TABLE published_shifts ADD COLUMN breaks TEXT NOT NULL DEFAULT '';
