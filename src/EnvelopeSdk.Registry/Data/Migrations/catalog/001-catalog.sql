-- The catalog: what can be asked of envelopes. All of it can be made again from the store.
-- {id}: a number that the database gives; {text}: compared by its bytes; {real}: 64 bits; {rowless}: the rows lie in the
-- order of their key, where the database can.

-- id: the first 63 bits of the digest, or the next that is free, so that ids are in the order of digests.
-- saved: ticks of UTC; 0 when nobody said so. labels: the tags and numbers as JSON.
-- journal_length, journal_time: of the journal's file when it was read.
create table envelope (
  id bigint primary key,
  name {text} not null,
  digest {text} not null,
  saved bigint not null,
  saved_by {text},
  git_commit {text},
  schema_fingerprint {text},
  labels {text} not null,
  journal_length bigint not null,
  journal_time bigint not null
);
create index envelope_saved on envelope (saved, id);
create index envelope_commit on envelope (git_commit);

-- What an envelope has or has not: its name, its schema, a tag with its value, a tag at all. key: a hash of the kind, the
-- name and the value, which can be longer than what an index takes. count: how many envelopes have it.
create table term (
  id {id},
  key {text} not null unique,
  kind {text} not null,
  name {text} not null,
  value {text} not null,
  count bigint not null
);
create index term_count on term (kind, count);

create table envelope_term (
  term_id bigint not null,
  saved bigint not null,
  envelope_id bigint not null,
  primary key (term_id, saved, envelope_id)
) {rowless};

-- The name of a number is a term. value: null for NaN, which is within no bound and in no order.
create table metric (
  term_id bigint not null,
  envelope_id bigint not null,
  saved bigint not null,
  value {real},
  primary key (term_id, envelope_id)
) {rowless};
create index metric_greatest on metric (term_id, value desc, saved desc, envelope_id desc);
create index metric_least on metric (term_id, value, saved desc, envelope_id desc);

create table hyperparameter (
  term_id bigint not null,
  envelope_id bigint not null,
  value {real} not null,
  primary key (term_id, envelope_id)
) {rowless};
