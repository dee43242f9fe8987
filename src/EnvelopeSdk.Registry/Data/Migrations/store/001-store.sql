-- The store that several registries share: envelopes and repositories. It cannot be made again.
-- Digests are their 64 hexadecimal digits.

-- The content that lies under its digest in the folder or bucket. A row is written before the content is, so that no
-- content is without one. is_there: it lies there whole. touched: when somebody wanted to add it, the last time.
create table content (
  digest {text} primary key,
  size bigint not null,
  is_there boolean not null,
  touched timestamptz not null
);

create index content_touched on content (touched);

-- saved: ticks of UTC of the latest event that says so; those of 1970 when none does. journal_length: the bytes of all
-- events. changed: when it was changed, in microseconds.
create table stored_envelope (
  name {text} not null,
  digest {text} not null,
  saved bigint not null,
  journal_length bigint not null,
  changed bigint not null,
  primary key (name, digest)
);

create index stored_envelope_newest on stored_envelope (saved desc, digest desc, name desc);
create index stored_envelope_newest_of_name on stored_envelope (name, saved desc, digest desc);

-- The manifest of an envelope and all that it refers to.
create table stored_content (
  name {text} not null,
  digest {text} not null,
  blob {text} not null,
  primary key (name, blob, digest),
  foreign key (name, digest) references stored_envelope on delete cascade
);

create index stored_content_of on stored_content (name, digest);
create index stored_content_blob on stored_content (blob);

-- line: the event as a line of a journal. time: ticks of UTC.
create table journal_event (
  name {text} not null,
  digest {text} not null,
  id uuid not null,
  time bigint not null,
  is_save boolean not null,
  line bytea not null,
  primary key (name, digest, id),
  foreign key (name, digest) references stored_envelope on delete cascade
);

-- id: a hash of what tells a signature from others.
create table envelope_signature (
  name {text} not null,
  digest {text} not null,
  id {text} not null,
  line bytea not null,
  primary key (name, digest, id),
  foreign key (name, digest) references stored_envelope on delete cascade
);

-- The envelopes whose rows in the catalog are to be written anew.
create table catalog_change (
  id {id},
  name {text} not null,
  digest {text} not null
);

create table repository_manifest (
  repository {text} not null,
  digest {text} not null,
  media_type {text} not null,
  size bigint not null,
  artifact_type {text},
  subject {text},
  envelope {text},
  pushed timestamptz not null,
  primary key (repository, digest)
);

create index repository_manifest_subject on repository_manifest (repository, subject);

-- A manifest and all that it refers to, of an index the manifests that it lists and what these refer to.
create table repository_content (
  repository {text} not null,
  manifest {text} not null,
  blob {text} not null,
  primary key (repository, manifest, blob),
  foreign key (repository, manifest) references repository_manifest (repository, digest) on delete cascade
);

create index repository_content_blob on repository_content (blob);

create table repository_tag (
  repository {text} not null,
  tag {text} not null,
  digest {text} not null,
  primary key (repository, tag),
  foreign key (repository, digest) references repository_manifest on delete cascade
);

create index repository_tag_manifest on repository_tag (repository, digest);

-- The content that may be read through a repository. linked: when it was sent, the last time.
create table repository_link (
  repository {text} not null,
  blob {text} not null,
  linked timestamptz not null,
  primary key (repository, blob)
);

create index repository_link_blob on repository_link (blob);

create table upload (
  id uuid primary key,
  length bigint not null,
  touched timestamptz not null
);

-- What has come of an upload, each piece as content of its own.
create table upload_piece (
  upload uuid not null references upload on delete cascade,
  start bigint not null,
  blob {text} not null,
  primary key (upload, start)
);

create index upload_piece_blob on upload_piece (blob);
