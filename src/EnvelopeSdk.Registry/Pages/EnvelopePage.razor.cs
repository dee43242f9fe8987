using System.Text.Json;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Registry.Advisories;
using EnvelopeSdk.Registry.Api;
using Microsoft.AspNetCore.Components;

namespace EnvelopeSdk.Registry.Pages;

/// <summary>All that is known of one envelope.</summary>
public sealed partial class EnvelopePage
{
    private const int MostEvents = 200;

    private readonly List<string> _examples = [];
    private EnvelopeContent? _content; // null until it is read
    private EnvelopeJournal _journal = EnvelopeJournal.Empty;
    private IReadOnlySet<Guid> _stamped = new HashSet<Guid>();
    private JournalEvent? _saved;
    private KnownAdvisories _advisories = new(null, null, []);

    /// <summary>Its name.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    /// <summary>Its digest; the newest of the name if absent.</summary>
    [Parameter] public string? Digest { get; set; }

    private EnvelopeRecord Record => _content!.Record;

    /// <summary>Reads it.</summary>
    protected override async Task OnInitializedAsync()
    {
        var cancellation = Http.HttpContext!.RequestAborted;
        _content = await Store.OpenAsync(Name, Digest is null ? null : Named.Digest(Digest), cancellation);
        _advisories = Board.For(Record.Packages.Packages.Select(one => (one.Id, one.Version)));
        _journal = await Store.ReadJournalAsync(_content.Reference, cancellation);
        _stamped = await Audit.FindStampedAsync(
            _content.Reference, _journal.Events.TakeLast(MostEvents), cancellation);
        _saved = _journal.Events.LastOrDefault(one => one.Kind == JournalEventKind.Saved);
        if (_content.Files.Any(file => file.Path == EnvelopeContent.ExamplesPath))
        {
            using var examples = JsonDocument.Parse(
                await _content.ReadAsync(EnvelopeContent.ExamplesPath, cancellation));
            _examples.AddRange(
                examples.RootElement.EnumerateArray().Select(one => JsonSerializer.Serialize(one, Shown.Indented)));
        }
    }

    /// <summary>How far the vulnerabilities that are shown can be relied on.</summary>
    private string Advised() => string.Join(
        ' ',
        ((string?[])
        [
            _advisories.Checked is { } time ? $"As the feeds told at {Shown.Time(time)}." : "Vulnerabilities are not known.",
            _advisories.Problem,
        ]).OfType<string>());

    /// <summary>A job's address is what its writer says: nothing but a web page is linked.</summary>
    private static string? WebAddress(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address is { Scheme: "https" or "http" } ? url : null;
}
