namespace EnvelopeSdk.Registry.Data.Indexing;

/// <summary>The statements that write the index.</summary>
internal static class IndexSql
{
    public const string Stamps = "select name, digest, journal_length, journal_time from envelope";

    public const string Find =
        """
        select id, name, digest, saved, schema_fingerprint, labels, last_event_time, last_event
        from envelope where id >= @0 and id < @1 order by id
        """;

    public const string Add =
        """
        insert into envelope (id, name, digest, saved, saved_by, git_commit, schema_fingerprint, labels, journal_length,
          journal_time, last_event_time, last_event) values (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11)
        """;

    public const string Replace =
        """
        update envelope set name = @1, digest = @2, saved = @3, saved_by = @4, git_commit = @5, schema_fingerprint = @6,
          labels = @7, journal_length = @8, journal_time = @9, last_event_time = @10, last_event = @11 where id = @0
        """;

    public const string Remove = "delete from envelope where id = @0";

    public const string Count =
        """
        insert into term (key, kind, name, value, count) values (@0, @1, @2, @3, 1)
        on conflict (key) do update set count = term.count + 1 returning id
        """;

    public const string Uncount = "update term set count = count - 1 where key = @0 returning id";

    public const string Forget = "delete from term where key = @0 and count <= 0";

    public const string AddTerm = "insert into envelope_term (term_id, saved, envelope_id) values (@0, @1, @2)";

    public const string RemoveTerm = "delete from envelope_term where term_id = @0 and saved = @1 and envelope_id = @2";

    public const string AddMetric = "insert into metric (term_id, envelope_id, saved, value) values (@0, @1, @2, @3)";

    public const string RemoveMetric = "delete from metric where term_id = @0 and envelope_id = @1";

    public const string AddHyperparameter =
        "insert into hyperparameter (term_id, envelope_id, value) values (@0, @1, @2)";

    public const string RemoveHyperparameter = "delete from hyperparameter where term_id = @0 and envelope_id = @1";
}
