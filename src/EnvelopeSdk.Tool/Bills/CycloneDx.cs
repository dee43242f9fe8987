using System.Text.Json.Nodes;

namespace EnvelopeSdk.Tool.Bills;

/// <summary>CycloneDX 1.6, in JSON. Equal envelopes give equal bytes: it has no time.</summary>
internal static class CycloneDx
{
    private const string Root = "envelope";

    public static JsonObject Write(Bill bill) => new()
    {
        ["$schema"] = "http://cyclonedx.org/schema/bom-1.6.schema.json",
        ["bomFormat"] = "CycloneDX",
        ["specVersion"] = "1.6",
        ["serialNumber"] = $"urn:uuid:{BillId.Of("cyclonedx", bill)}",
        ["version"] = 1,
        ["metadata"] = new JsonObject
        {
            ["tools"] = new JsonObject
            {
                ["components"] = new JsonArray(new JsonObject
                {
                    ["type"] = "application",
                    ["name"] = BillId.Tool,
                    ["version"] = BillId.ToolVersion,
                }),
            },
            ["component"] = Model(bill),
        },
        ["components"] = new JsonArray([.. bill.Parts.Select(Part)]),
        ["dependencies"] = new JsonArray(new JsonObject
        {
            ["ref"] = Root,
            ["dependsOn"] = new JsonArray(
                [.. bill.Parts.Where(part => part.IsDirect).Select(part => (JsonNode)part.Key)]),
        }),
        // The lock says what the project asked for, and not which package asked for which.
        ["compositions"] = new JsonArray(new JsonObject
        {
            ["aggregate"] = "incomplete",
            ["dependencies"] = new JsonArray(Root),
        }),
    };

    private static JsonObject Model(Bill bill)
    {
        var model = new JsonObject
        {
            ["type"] = "machine-learning-model",
            ["bom-ref"] = Root,
            ["name"] = bill.Name,
            ["version"] = bill.Digest.ToString(),
        };
        if (bill.Description is { } description)
        {
            model["description"] = description;
        }

        model["hashes"] = Sha256(bill.Digest.ToString()["sha256:".Length..]);
        model["components"] = new JsonArray([.. bill.Files.Select(file => new JsonObject
        {
            ["type"] = "file",
            ["bom-ref"] = "file:" + file.Path,
            ["name"] = file.Path,
            ["hashes"] = Sha256(file.Sha256),
        })]);
        return model;
    }

    private static JsonArray Sha256(string digits) => [new JsonObject { ["alg"] = "SHA-256", ["content"] = digits }];

    private static JsonObject Part(BillPart part)
    {
        var json = new JsonObject
        {
            ["type"] = part.Kind == BillPartKind.Runtime ? "platform" : "library",
            ["bom-ref"] = part.Key,
            ["name"] = part.Name,
        };
        if (part.Version is { Length: > 0 } version)
        {
            json["version"] = version;
        }

        if (part.PackageUrl is { } url)
        {
            json["purl"] = url;
        }

        json["properties"] = new JsonArray([.. Properties(part).Select(one => new JsonObject
        {
            ["name"] = "envelopesdk:" + one.Name,
            ["value"] = one.Value,
        })]);
        return json;
    }

    private static IEnumerable<(string Name, string Value)> Properties(BillPart part)
    {
        yield return ("kind", part.Kind.ToString().ToLowerInvariant());
        if (part.Kind == BillPartKind.Package)
        {
            yield return ("direct", part.IsDirect ? "true" : "false");
        }

        if (part.ContentHash is { Length: > 0 } hash)
        {
            yield return ("nugetContentHash", hash);
        }
    }
}
