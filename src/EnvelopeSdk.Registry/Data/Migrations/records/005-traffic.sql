-- What a gateway had counted of a deployment at a time, about once a minute, for the counts of the last hour.
-- started: when that gateway was, from which on it counts; counts: as JSON.
create table traffic_sample (
  deployment bigint not null,
  time bigint not null,
  started bigint not null,
  counts {text} not null,
  primary key (deployment, time)
) {rowless};
