-- Who is told by HTTP of what happens. secret: what signs the messages. names: a pattern of names; kinds: with commas
-- between them; null: all. told: the last announcement that was taken, or was passed over. next_try, leased: microseconds
-- since 1970. failures: of the announcement after that. leased: until when an instance is telling.
create table webhook (
  id {text} primary key,
  url {text} not null,
  secret {text} not null,
  kinds {text},
  names {text},
  created bigint not null,
  created_by {text} not null,
  told bigint not null,
  failures bigint not null,
  next_try bigint not null,
  leased bigint not null,
  trouble {text}
);
