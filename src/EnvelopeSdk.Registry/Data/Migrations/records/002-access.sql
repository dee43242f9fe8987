-- Who may do what, besides who started the registry.

-- id: what the key's text begins with, which is no secret. secret_hash: SHA-256 of the secret, in hexadecimal digits.
-- roles: with a space between. pattern: of the names of envelopes that it is limited to. Times are ticks of UTC.
create table access_key (
  id {text} primary key,
  name {text} not null,
  secret_hash {text} not null,
  roles {text} not null,
  pattern {text},
  created bigint not null,
  created_by {text} not null,
  expires bigint,
  used bigint,
  revoked bigint
);
create unique index access_key_name on access_key (name) where revoked is null;

-- What pages and tokens are signed with, so that all instances and the next start know them. kind: 'form', of which each
-- is an element of data protection in XML; 'token', of which there is one.
create table signing_key (
  id {id},
  kind {text} not null,
  value {text} not null
);
create unique index signing_key_token on signing_key (kind) where kind = 'token';
