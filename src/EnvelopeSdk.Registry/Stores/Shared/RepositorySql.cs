namespace EnvelopeSdk.Registry.Stores.Shared;

/// <summary>The statements of <see cref="SharedRepository"/>, whose name is the first parameter.</summary>
internal static class RepositorySql
{
    public const string Exists =
        """
        select 1 where exists (select 1 from repository_manifest where repository = @0)
          or exists (select 1 from repository_link where repository = @0)
        """;

    public const string HasManifest = "select 1 from repository_manifest where repository = @0 and digest = @1";

    public const string Manifest =
        """
        select media_type, size, artifact_type, subject, envelope, pushed from repository_manifest
        where repository = @0 and digest = @1
        """;

    public const string Tag = "select digest from repository_tag where repository = @0 and tag = @1";

    public const string Tags = "select tag from repository_tag where repository = @0";

    public const string Manifests = "select digest from repository_manifest where repository = @0";

    public const string Referrers = "select digest from repository_manifest where repository = @0 and subject = @1";

    public const string HasBlob =
        """
        select 1 from repository_link join content on content.digest = blob and is_there
        where repository = @0 and blob = @1
        """;

    public const string Link =
        """
        insert into repository_link (repository, blob, linked) select @0, unnest(@1), now()
        on conflict (repository, blob) do update set linked = now()
        """;

    /// <summary>Its third parameter is how old a note may be that somebody wants to refer to content.</summary>
    public const string Refresh =
        "update repository_link set linked = now() where repository = @0 and blob = @1 and linked < now() - @2";

    public const string RemoveLink = "delete from repository_link where repository = @0 and blob = @1";

    public const string AddManifest =
        """
        insert into repository_manifest (repository, digest, media_type, size, artifact_type, subject, envelope, pushed)
        values (@0, @1, @2, @3, @4, @5, @6, @7)
        on conflict (repository, digest) do update set media_type = @2, envelope = @6, pushed = @7
        """;

    public const string AddContent =
        """
        insert into repository_content (repository, manifest, blob) select @0, @1, unnest(@2) on conflict do nothing
        """;

    /// <summary>What manifests refer to: of the repository, or of envelopes that have its name.</summary>
    public const string Referred =
        """
        select blob from repository_content where repository = @0 and manifest = any(@1)
        union select blob from stored_content where name = @0 and digest = any(@1)
        """;

    public const string RemoveManifest = "delete from repository_manifest where repository = @0 and digest = @1";

    /// <summary>Nobody takes the manifest away before the tag is set.</summary>
    public const string SetTag =
        """
        insert into repository_tag (repository, tag, digest)
        select @0, @1, digest from repository_manifest where repository = @0 and digest = @2 for key share
        on conflict (repository, tag) do update set digest = excluded.digest
        """;

    public const string RemoveTag = "delete from repository_tag where repository = @0 and tag = @1";
}
