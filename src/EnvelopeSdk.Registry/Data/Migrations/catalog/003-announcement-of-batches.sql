-- What has happened to batches is told as well, of which a run may end before it has found its envelope: no digest then.
-- name: of the envelope, or of the batch.
create table announcement_of_all (
  id bigint primary key,
  kind {text} not null,
  name {text} not null,
  digest {text},
  subject {text},
  step bigint,
  value {text},
  who {text},
  time bigint not null
);
insert into announcement_of_all (id, kind, name, digest, subject, step, value, who, time)
  select id, kind, name, digest, subject, step, value, who, time from announcement;
drop table announcement;
alter table announcement_of_all rename to announcement;
