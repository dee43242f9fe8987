-- told: 1 when how a run ended was announced. What ended before this was there is announced to nobody.
alter table batch_run add column told bigint not null default 0;
update batch_run set told = 1 where active = 0;
create index batch_run_untold on batch_run (id) where told = 0;
