-- What cannot be made again from the store.

-- Every change: who made it, known by what (via), what was before and after, as JSON. time: ticks of UTC.
-- envelope, digest: what it was about; subject: the tag, metric, key or repository's tag of it.
-- event: the id of the journal's event that the registry wrote for its caller: whose name it bears is known.
-- outcome: 'begun', until it is known: 'done' or 'failed'.
create table audit (
  id {id},
  time bigint not null,
  who {text} not null,
  via {text} not null,
  action {text} not null,
  envelope {text},
  digest {text},
  subject {text},
  before {text},
  after {text},
  event {text},
  outcome {text} not null
);
create index audit_envelope on audit (envelope, id);
create index audit_who on audit (who, id);
create index audit_event on audit (event);
