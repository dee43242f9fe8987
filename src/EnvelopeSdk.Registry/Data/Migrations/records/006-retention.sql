-- history_from: all is known of the configuration that ended after this; null: all that ever was.
alter table configuration add column history_from bigint;
