using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace EnvelopeSdk.Registry.Pages;

/// <summary>The addresses of pages.</summary>
internal static class Links
{
    public static string Envelope(string name, string digest) =>
        $"/envelopes/{UrlEncoder.Default.Encode(name)}/{UrlEncoder.Default.Encode(digest)}";

    public static string Envelope(EnvelopeReference envelope) => Envelope(envelope.Name, envelope.Digest.ToString());

    /// <summary>The list, of what conditions ask for.</summary>
    public static string List(IEnumerable<KeyValuePair<string, string>> conditions) =>
        "/" + new QueryBuilder(conditions);

    /// <summary>The same page with one value of its query changed.</summary>
    public static string More(HttpRequest request, string name, long value) =>
        request.Path + QueryString.Create(
            request.Query.Where(one => one.Key != name)
                .Append(new(name, value.ToString(CultureInfo.InvariantCulture))));

    /// <summary>Where a form goes that revokes a key.</summary>
    public static string Revoke(string key) => $"/keys/{UrlEncoder.Default.Encode(key)}/revoke";

    /// <param name="target">The page to go on to; null: the first.</param>
    public static string SignIn(string? target) =>
        "/sign-in" + (target is null or "/" ? "" : new QueryBuilder { { "to", target } });

    /// <summary>The list of those with a tag.</summary>
    public static string Tagged(string tag, string value) => List([new("tag", $"{tag}={value}")]);
}
