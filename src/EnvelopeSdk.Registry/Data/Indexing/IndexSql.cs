namespace EnvelopeSdk.Registry.Data.Indexing;

/// <summary>The statements that write the index; <c>{0}</c> are rows of values.</summary>
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
          journal_time, last_event_time, last_event) values {0}
        """;

    public const string Remove = "delete from envelope where id in (values {0})";

    public const string Count =
        """
        insert into term (key, kind, name, value, count) values {0}
        on conflict (key) do update set count = term.count + excluded.count returning id, key
        """;

    public const string Forget = "delete from term where count <= 0 and id in (values {0})";

    public const string AddTerms = "insert into envelope_term (term_id, saved, envelope_id) values {0}";

    public const string RemoveTerms =
        "delete from envelope_term where (term_id, saved, envelope_id) in (values {0})";

    public const string AddMetrics = "insert into metric (term_id, envelope_id, saved, value) values {0}";

    public const string RemoveMetrics = "delete from metric where (term_id, envelope_id) in (values {0})";

    public const string AddHyperparameters = "insert into hyperparameter (term_id, envelope_id, value) values {0}";

    public const string RemoveHyperparameters =
        "delete from hyperparameter where (term_id, envelope_id) in (values {0})";
}
