-- Tables that are answered by jobs. Times are ticks of UTC.

-- place: the id of the place whose engine runs it. removed: when it was taken away; its history stays.
-- next_run: when it runs next by itself.
create table batch (
  name {text} primary key,
  version bigint not null,
  place {text},
  removed bigint,
  next_run bigint
);

-- A place whose engine runs batches. seen: when it was there last.
create table batch_place (
  id {text} primary key,
  seen bigint not null
) {rowless};

-- Each version of the settings, as JSON.
create table batch_version (
  batch {text} not null,
  version bigint not null,
  settings {text} not null,
  time bigint not null,
  who {text} not null,
  primary key (batch, version)
) {rowless};

-- A run. since: since when it is in its state; next_attempt: it does not start before. active: 1 while it is under way,
-- of which a batch has one at most. stop: who wants its end. platform: the version of EnvelopeSdk.Batch of its build.
create table batch_run (
  id {id},
  batch {text} not null,
  version bigint not null,
  envelope {text},
  digest {text},
  state {text} not null,
  reason {text},
  requested bigint not null,
  requested_by {text} not null,
  started bigint,
  ended bigint,
  row_count bigint,
  bad_count bigint,
  attempt bigint not null,
  output {text},
  quarantine {text},
  log {text},
  since bigint not null,
  next_attempt bigint not null,
  stop {text},
  platform {text},
  active bigint not null
);
create unique index batch_run_active on batch_run (batch) where active = 1;
create index batch_run_batch on batch_run (batch, id);
