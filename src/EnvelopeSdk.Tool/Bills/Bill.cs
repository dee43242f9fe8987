using System.Text.Json;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;

namespace EnvelopeSdk.Tool.Bills;

/// <summary>What an envelope consists of, before it is written in one of the formats of bills of materials.</summary>
/// <param name="Name">The envelope's name.</param>
/// <param name="Digest">Its identity.</param>
/// <param name="Description">What the model is for.</param>
/// <param name="Created">When it was saved first; null when nobody said so.</param>
/// <param name="Files">Its files, sorted by path.</param>
/// <param name="Parts">What it runs with.</param>
internal sealed record Bill(
    string Name, Digest Digest, string? Description, DateTimeOffset? Created, IReadOnlyList<BillFile> Files,
    IReadOnlyList<BillPart> Parts)
{
    /// <summary>Collects what an envelope says of itself.</summary>
    public static Bill Of(EnvelopeContent content, EnvelopeJournal journal)
    {
        var record = content.Record;
        var saves = journal.Events.Where(one => one.Kind == JournalEventKind.Saved).Select(one => one.Time).ToList();
        return new Bill(
            record.Name, content.Digest, record.Description, saves is [] ? null : saves.Min(), [.. FilesOf(content)],
            [.. PartsOf(record)]);
    }

    private static IEnumerable<BillFile> FilesOf(EnvelopeContent content)
    {
        using var manifest = JsonDocument.Parse(content.Manifest);
        foreach (var layer in manifest.RootElement.GetProperty("layers").EnumerateArray())
        {
            yield return new BillFile(
                layer.GetProperty("annotations").GetProperty("org.cncf.model.filepath").GetString()!,
                layer.GetProperty("digest").GetString()!["sha256:".Length..]);
        }
    }

    private static IEnumerable<BillPart> PartsOf(EnvelopeRecord record)
    {
        var locked = record.Packages;
        foreach (var one in locked.Packages)
        {
            yield return new BillPart(BillPartKind.Package, one.Id, one.Version, one.Direct, one.ContentHash);
        }

        foreach (var one in locked.Platform)
        {
            yield return new BillPart(BillPartKind.Platform, one.Id, one.Version, IsDirect: true);
        }

        foreach (var one in locked.Assemblies)
        {
            yield return new BillPart(BillPartKind.Assembly, one, null, IsDirect: true);
        }

        var runtime = record.Provenance.Runtime;
        var space = runtime.LastIndexOf(' ');
        yield return new BillPart(
            BillPartKind.Runtime, space < 0 ? runtime : runtime[..space], space < 0 ? null : runtime[(space + 1)..],
            IsDirect: true);
    }
}

/// <summary>A file of an envelope.</summary>
/// <param name="Path">Its path in the envelope.</param>
/// <param name="Sha256">Its SHA-256, in lower hexadecimal digits.</param>
internal sealed record BillFile(string Path, string Sha256);

/// <summary>What a part is.</summary>
internal enum BillPartKind
{
    /// <summary>A NuGet package that runs with the model.</summary>
    Package,

    /// <summary>A NuGet package of the platform; a service takes its own version of it.</summary>
    Platform,

    /// <summary>An assembly that no package has.</summary>
    Assembly,

    /// <summary>The run-time that the model was trained on.</summary>
    Runtime,
}

/// <summary>What an envelope runs with and does not hold.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name, or id.</param>
/// <param name="Version">Its version; null when it is not known.</param>
/// <param name="IsDirect">Whether the project asked for it itself, and not only what it asked for.</param>
/// <param name="ContentHash">
/// NuGet's content hash of a package, which leaves out its signature: of a signed package it is not the hash of the
/// .nupkg file, and may not be told as that.
/// </param>
internal sealed record BillPart(
    BillPartKind Kind, string Name, string? Version, bool IsDirect, string? ContentHash = null)
{
    /// <summary>Its package URL; null for what is no package.</summary>
    public string? PackageUrl => Kind is BillPartKind.Package or BillPartKind.Platform
        ? $"pkg:nuget/{Uri.EscapeDataString(Name)}"
            + (Version is { Length: > 0 } ? $"@{Uri.EscapeDataString(Version)}" : "")
        : null;

    /// <summary>What its dependants call it, unlike all others of the bill.</summary>
    public string Key => PackageUrl ?? $"{Kind.ToString().ToLowerInvariant()}:{Name}";
}
