-- What runs, and how it came to run. Times are ticks of UTC.

-- A configuration; its name is the first part of the path of its address. place: the id of the place whose engine runs it.
-- removed: when it was taken away; its history stays.
create table configuration (
  name {text} primary key,
  version bigint not null,
  place {text},
  removed bigint
);

-- Each version of the settings, as JSON.
create table configuration_version (
  configuration {text} not null,
  version bigint not null,
  settings {text} not null,
  time bigint not null,
  who {text} not null,
  primary key (configuration, version)
) {rowless};

-- settings: which envelopes it takes, as JSON.
create table rule (
  configuration {text} not null,
  name {text} not null,
  settings {text} not null,
  time bigint not null,
  who {text} not null,
  primary key (configuration, name)
) {rowless};

-- One envelope on a version of a configuration, with a version of the platform. log: the end of what its
-- processes wrote, where it failed. approval: why somebody has to approve it. active: 1 while it is under way, of which a configuration has one at most. live: 1 while it is what runs.
-- previous: what ran before it. takes_back: whose place it takes as a rollback. canary: what was counted before the step.
create table deployment (
  id {id},
  configuration {text} not null,
  version bigint not null,
  envelope {text} not null,
  digest {text} not null,
  platform {text} not null,
  state {text} not null,
  reason {text},
  log {text},
  approval {text},
  requested bigint not null,
  requested_by {text} not null,
  rule {text},
  approved_by {text},
  step bigint not null,
  step_since bigint not null,
  canary {text},
  previous bigint,
  takes_back bigint,
  live_from bigint,
  live_until bigint,
  active bigint not null,
  live bigint not null
);
create unique index deployment_active on deployment (configuration) where active = 1;
create unique index deployment_live on deployment (configuration) where live = 1;
create index deployment_configuration on deployment (configuration, id);
create index deployment_envelope on deployment (digest, id);

-- What a deployment came to. told: 1 when it was announced, or is nothing to announce.
create table deployment_step (
  id {id},
  deployment bigint not null,
  state {text} not null,
  time bigint not null,
  who {text},
  note {text},
  told bigint not null
);
create index deployment_step_deployment on deployment_step (deployment, id);
create index deployment_step_told on deployment_step (id) where told = 0;

-- A process of a deployment, or what else runs it. It is here before it starts. runtime: what runs it; address: where it listens, and no
-- other is led to; started: when, last; ready: 1 when it has said so since; ends: how often it ended by itself; next_start: not before.
create table instance (
  id {text} primary key,
  deployment bigint not null,
  place {text} not null,
  runtime {text} not null,
  address {text} not null,
  started bigint not null,
  ready bigint not null,
  ends bigint not null,
  next_start bigint not null
);
create index instance_deployment on instance (deployment);
create unique index instance_address on instance (place, address);

-- The last list of routes that a gateway is told, by its place.
create table gateway_routes (
  place {text} primary key,
  revision bigint not null,
  routes {text} not null
);
