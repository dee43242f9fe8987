using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope login</c> and <c>logout</c>: keeps the key of a registry, and forgets it.</summary>
internal static class LoginCommand
{
    public static Command Create()
    {
        var address = Address();
        var fromInput = new Option<bool>("--key-stdin") { Description = "Read the key from standard input." };
        var command = new ToolCommand(
            "login",
            "Logs in to a registry of envelopes with a key, which is kept for it.",
            "envelope login registry.example",
            "envelope login https://registry.example --key-stdin")
        {
            address, fromInput, Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var key = parsed.GetValue(fromInput) ? await Console.In.ReadLineAsync(cancellation) ?? "" : Ask();
            var login = await EnvelopeStore.LoginAsync(parsed.GetRequiredValue(address), key.Trim(), cancellation);
            var json = new JsonObject
            {
                ["address"] = login.Address,
                ["name"] = login.Name,
                ["roles"] = JsonParts.Array(login.Roles, role => JsonValue.Create(role)),
                ["pattern"] = login.Pattern,
            };
            Answer.Write(
                parsed, json,
                $"You are {Texts.Plain(login.Name)} at {login.Address}, and may "
                + $"{Texts.Plain(string.Join(", ", login.Roles))}"
                + $"{(login.Pattern is null ? "" : $" envelopes {Texts.Plain(login.Pattern)}")}.");
            return ExitCodes.Done;
        });
        return command;
    }

    public static Command CreateLogout()
    {
        var address = Address();
        var command = new ToolCommand(
            "logout", "Forgets the key of a registry of envelopes.", "envelope logout registry.example")
        {
            address, Answer.Json,
        };
        command.SetAction(parsed =>
        {
            var text = parsed.GetRequiredValue(address);
            var was = EnvelopeStore.Logout(text);
            Answer.Write(
                parsed, new() { ["wasLoggedIn"] = was },
                was
                    ? $"The key of {text} is forgotten here. It is valid there as before."
                    : $"There was no key of {text}.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Argument<string> Address() => new("address")
    {
        Description = "The registry: https://registry.example, or 127.0.0.1:5480 on this machine.",
    };

    /// <summary>Reads the key where somebody types, and shows nothing of it.</summary>
    private static string Ask()
    {
        if (Console.IsInputRedirected)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid, "Nobody is there to type the key. Send it to standard input with --key-stdin.");
        }

        Console.Error.Write("Key: ");
        var key = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var typed && typed.Key != ConsoleKey.Enter)
        {
            if (typed.Key == ConsoleKey.Backspace)
            {
                key.Length = Math.Max(0, key.Length - 1);
            }
            else if (!char.IsControl(typed.KeyChar))
            {
                key.Append(typed.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return key.ToString();
    }
}
