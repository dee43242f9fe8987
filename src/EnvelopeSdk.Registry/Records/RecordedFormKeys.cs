using System.Xml.Linq;
using EnvelopeSdk.Registry.Data.Databases;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace EnvelopeSdk.Registry.Records;

/// <summary>
/// The keys that say of a form that it came from a page of this registry, and of a session that it was begun here: the
/// same in all instances, and after a restart.
/// </summary>
internal sealed class RecordedFormKeys(RecordsDatabase database) : IXmlRepository
{
    private const string Kind = "form";

    public IReadOnlyCollection<XElement> GetAllElements() => database.ReadAsync(
        "select value from signing_key where kind = @0 order by id",
        row => XElement.Parse(StoredText.Read(row.GetString(0))), CancellationToken.None, Kind)
        .GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) => database.WriteAsync(
        async statements =>
        {
            await statements.RunAsync(
                "insert into signing_key (kind, value) values (@0, @1)", CancellationToken.None, Kind,
                StoredText.Write(element.ToString(SaveOptions.DisableFormatting)));
            return true;
        },
        CancellationToken.None).GetAwaiter().GetResult();
}
