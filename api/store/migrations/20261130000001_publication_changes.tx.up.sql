-- What operators had to be told of a publication, JSON: whoever lost the answer can ask again.
ALTER TABLE publications ADD COLUMN changes TEXT NOT NULL DEFAULT '[]';
