using System.Text.Json;
using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace EnvelopeSdk.Kubernetes;

/// <summary>Objects as text, for <c>kubectl apply -f -</c>.</summary>
public static partial class ManifestYaml
{
    /// <summary>Writes objects as one stream of YAML, which is the same for the same objects.</summary>
    /// <param name="objects">The objects, in their order.</param>
    public static string Write(IEnumerable<IKubernetesObject<V1ObjectMeta>> objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        using var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text);
        emitter.Emit(new StreamStart());
        foreach (var one in objects)
        {
            // The same JSON goes to a cluster. The client's own YAML leaves 'yes' and '0x10' without quotes, which
            // kubectl takes for no texts.
            using var json = JsonDocument.Parse(KubernetesJson.Serialize(one));
            emitter.Emit(new DocumentStart(null, null, isImplicit: false));
            Write(emitter, json.RootElement);
            emitter.Emit(new DocumentEnd(isImplicit: true));
        }

        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Write(Emitter emitter, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                emitter.Emit(new MappingStart());
                foreach (var member in value.EnumerateObject())
                {
                    emitter.Emit(Text(member.Name));
                    Write(emitter, member.Value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonValueKind.Array:
                emitter.Emit(new SequenceStart(default, default, isImplicit: true, SequenceStyle.Block));
                foreach (var item in value.EnumerateArray())
                {
                    Write(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case JsonValueKind.String:
                emitter.Emit(Text(value.GetString()!));
                break;
            default:
                emitter.Emit(new Scalar(value.GetRawText()));
                break;
        }
    }

    private static Scalar Text(string text) => new(
        default, default, text,
        IsWord().IsMatch(text) && !IsOther().IsMatch(text) ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted,
        isPlainImplicit: true, isQuotedImplicit: true);

    /// <summary>What every version of YAML reads as a text without quotes, but for the other words.</summary>
    [GeneratedRegex(@"\A[A-Za-z/][A-Za-z0-9/._@-]*(:[A-Za-z0-9/._@-]+)*\z")]
    private static partial Regex IsWord();

    [GeneratedRegex(@"\A(y|n|yes|no|on|off|true|false|null)\z", RegexOptions.IgnoreCase)]
    private static partial Regex IsOther();
}
