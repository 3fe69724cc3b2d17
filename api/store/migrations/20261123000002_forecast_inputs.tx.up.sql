-- What a forecast was made from, so that two of them can be told apart.
ALTER TABLE forecasts ADD COLUMN inputs TEXT NOT NULL DEFAULT '';
