namespace EnvelopeSdk.Registry.Stores.Shared;

/// <summary>
/// The statements of <see cref="DatabaseStore"/>. Name and digest of the envelope are the first parameters.
/// </summary>
internal static class StoreSql
{
    public const string Names = "select distinct name from stored_envelope order by name";

    /// <summary>The newest of a name, from a place on.</summary>
    public const string NewestOfName =
        """
        select name, digest, saved from stored_envelope where name = @0 and (saved, digest) < (@1, @2)
        order by saved desc, digest desc limit @3
        """;

    public const string Newest =
        """
        select name, digest, saved from stored_envelope where (saved, digest, name) < (@1, @2, @0)
        order by saved desc, digest desc, name desc limit @3
        """;

    public const string Has = "select 1 from stored_envelope where name = @0 and digest = @1";

    public const string HasName = "select 1 from stored_envelope where name = @0 limit 1";

    public const string Digests = "select digest from stored_envelope where name = @0";

    public const string HasContent = "select 1 from stored_content where name = @0 and blob = @1 limit 1";

    public const string Stamp = "select journal_length, changed from stored_envelope where name = @0 and digest = @1";

    public const string Lock = "select 1 from stored_envelope where name = @0 and digest = @1 for update";

    /// <summary>Locks the row, also of an envelope that is there: else somebody may delete it behind this.</summary>
    public const string Add =
        """
        insert into stored_envelope (name, digest, saved, journal_length, changed) values (@0, @1, 0, 0, 0)
        on conflict (name, digest) do update set changed = stored_envelope.changed
        """;

    public const string AddContent =
        """
        insert into stored_content (name, digest, blob) select @0, @1, unnest(@2) on conflict do nothing
        """;

    public const string Journal =
        "select line from journal_event where name = @0 and digest = @1 order by time, id";

    public const string AddEvents =
        """
        insert into journal_event (name, digest, id, time, is_save, line)
        select @0, @1, id, time, is_save, line
        from unnest(@2::uuid[], @3::bigint[], @4::boolean[], @5::bytea[]) as added (id, time, is_save, line)
        on conflict do nothing
        """;

    public const string Signatures =
        "select line from envelope_signature where name = @0 and digest = @1 order by id";

    public const string IsSigned = "select 1 from envelope_signature where name = @0 and digest = @1 limit 1";

    public const string AddSignature =
        """
        insert into envelope_signature (name, digest, id, line) values (@0, @1, @2, @3) on conflict do nothing
        """;

    /// <summary>
    /// Lets the row say what the journal says, and the catalog follow. Its third parameter is the time of an envelope
    /// that nobody said to be saved.
    /// </summary>
    public const string Settle =
        """
        with written as (
          update stored_envelope set (saved, journal_length, changed) = (
            select coalesce(max(time) filter (where is_save), @2), coalesce(sum(length(line)), 0),
              (extract(epoch from clock_timestamp()) * 1000000)::bigint
            from journal_event where name = @0 and digest = @1)
          where name = @0 and digest = @1)
        insert into catalog_change (name, digest) values (@0, @1)
        """;

    public const string Delete =
        """
        with deleted as (delete from stored_envelope where name = @0 and digest = @1)
        insert into catalog_change (name, digest) values (@0, @1)
        """;
}
