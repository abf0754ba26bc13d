-- What the workers of this plugin have done, in all (common/data/work_count.h); shown by /metrics.
CREATE TABLE work_count (
  name VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  label VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  value BIGINT NOT NULL COMMENT 'of job_seconds_total: microseconds',
  PRIMARY KEY (name, label)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: watching what workers do; retention: kept, a row for each kind of work; erase: none';
