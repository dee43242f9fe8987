-- What has happened to envelopes, for those who want to be told.

-- The latest event of the journal that the index has read, by which those that come after it are told apart.
alter table envelope add column last_event_time bigint not null default 0;
alter table envelope add column last_event {text};

-- id: microseconds since 1970, or one more than the one before: it grows also when the catalog was made anew.
-- kind: 'saved', 'tagged', 'metric-recorded', 'deleted'. subject: the tag or metric. value: as JSON.
create table announcement (
  id bigint primary key,
  kind {text} not null,
  name {text} not null,
  digest {text} not null,
  subject {text},
  step bigint,
  value {text},
  who {text},
  time bigint not null
);

-- Has a row since all that was in the store was read: what was there before that is told to nobody.
create table announcing (
  id bigint primary key
);
