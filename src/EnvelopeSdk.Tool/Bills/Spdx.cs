using System.Globalization;
using System.Text.Json.Nodes;

namespace EnvelopeSdk.Tool.Bills;

/// <summary>
/// SPDX 2.3, in JSON. Files of the envelope are packages with the purpose of a file: SPDX asks for a SHA-1 of what it
/// calls a file, which no envelope has.
/// </summary>
internal static class Spdx
{
    private const string Document = "SPDXRef-DOCUMENT";
    private const string Root = "SPDXRef-Envelope";

    public static JsonObject Write(Bill bill)
    {
        var files = bill.Files.Select((file, i) => (Id: $"SPDXRef-File-{i + 1}", Value: file)).ToList();
        var parts = bill.Parts.Select((part, i) => (Id: $"SPDXRef-{part.Kind}-{i + 1}", Value: part)).ToList();
        return new JsonObject
        {
            ["spdxVersion"] = "SPDX-2.3",
            ["dataLicense"] = "CC0-1.0",
            ["SPDXID"] = Document,
            ["name"] = $"{bill.Name}@{bill.Digest}",
            ["documentNamespace"] =
                $"https://spdx.org/spdxdocs/{Uri.EscapeDataString(bill.Name)}-{BillId.Of("spdx", bill)}",
            ["creationInfo"] = new JsonObject
            {
                ["created"] = (bill.Created ?? DateTimeOffset.UnixEpoch).UtcDateTime
                    .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                ["creators"] = new JsonArray($"Tool: {BillId.Tool}-{BillId.ToolVersion}"),
            },
            ["packages"] = new JsonArray(
            [
                Model(bill), .. files.Select(file => File(file.Id, file.Value)),
                .. parts.Select(part => Part(part.Id, part.Value)),
            ]),
            ["relationships"] = new JsonArray(
            [
                Relationship(Document, "DESCRIBES", Root),
                .. files.Select(file => Relationship(Root, "CONTAINS", file.Id)),
                // The lock says what the project asked for, and not which package asked for which.
                .. parts.Select(part => part.Value.IsDirect
                    ? Relationship(Root, "DEPENDS_ON", part.Id)
                    : Relationship(part.Id, "RUNTIME_DEPENDENCY_OF", Root)),
            ]),
        };
    }

    private static JsonObject Model(Bill bill)
    {
        var json = Package(Root, bill.Name, bill.Digest.ToString(), "OTHER");
        json["checksums"] = Sha256(bill.Digest.ToString()["sha256:".Length..]);
        if (bill.Description is { } description)
        {
            json["description"] = description;
        }

        return json;
    }

    private static JsonObject File(string id, BillFile file)
    {
        var json = Package(id, file.Path, null, "FILE");
        json["checksums"] = Sha256(file.Sha256);
        return json;
    }

    private static JsonObject Part(string id, BillPart part)
    {
        var json = Package(
            id, part.Name, part.Version, part.Kind == BillPartKind.Runtime ? "FRAMEWORK" : "LIBRARY");
        if (part.PackageUrl is { } url)
        {
            json["externalRefs"] = new JsonArray(new JsonObject
            {
                ["referenceCategory"] = "PACKAGE-MANAGER",
                ["referenceType"] = "purl",
                ["referenceLocator"] = url,
            });
        }

        if (part.ContentHash is { Length: > 0 } hash)
        {
            json["comment"] = $"NuGet content hash: {hash}";
        }

        return json;
    }

    private static JsonObject Package(string id, string name, string? version, string purpose)
    {
        var json = new JsonObject { ["SPDXID"] = id, ["name"] = name };
        if (version is { Length: > 0 })
        {
            json["versionInfo"] = version;
        }

        json["downloadLocation"] = "NOASSERTION";
        json["filesAnalyzed"] = false;
        json["licenseConcluded"] = "NOASSERTION";
        json["licenseDeclared"] = "NOASSERTION";
        json["copyrightText"] = "NOASSERTION";
        json["supplier"] = "NOASSERTION";
        json["primaryPackagePurpose"] = purpose;
        return json;
    }

    private static JsonArray Sha256(string digits) =>
        [new JsonObject { ["algorithm"] = "SHA256", ["checksumValue"] = digits }];

    private static JsonObject Relationship(string from, string type, string to) => new()
    {
        ["spdxElementId"] = from,
        ["relationshipType"] = type,
        ["relatedSpdxElement"] = to,
    };
}
