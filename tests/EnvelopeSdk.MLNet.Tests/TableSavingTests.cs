using System.Text;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.MLNet.Tables;
using EnvelopeSdk.Schema;
using EnvelopeSdk.Tables;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EnvelopeSdk.MLNet.Tests;

public sealed class TableSavingTests : IDisposable
{
    private static readonly MLContext Context = new(seed: 1);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("envelope-mlnet-test-");

    private IEnvelopeStore Store => EnvelopeStore.Open(Path.Combine(_directory.FullName, "store"));

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Without_examples_nothing_is_saved()
    {
        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => Envelope.SaveAsync(Model(), store: Store));

        Assert.Contains("Examples = [model.ToKeysExample(...)]", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await Store.ListNamesAsync());
    }

    [Fact]
    public async Task Keys_are_served_by_their_names_and_no_others()
    {
        var model = Model();
        var flats = Flats("B", "A");
        await Envelope.SaveAsync(model, new EnvelopeInfo { Examples = [model.ToKeysExample(flats), model.ToNamesExample(model.ToKeys(flats))] }, Store);
        var schema = (await Store.OpenAsync("districts")).Record.Schema;
        var query = schema.Queries.Single(one => one.Name == "to-names");
        var column = Assert.Single(query.Parameters[0].Type.Columns!);
        Assert.Equal((TypeKind.String, false), (column.Type.Kind, column.Type.Nullable));
        Assert.Equal(["\"A\"", "\"B\"", "\"C\""], column.Constraints!.Allowed!.Select(value => value.GetRawText()).Order(StringComparer.Ordinal));

        var binding = new TableBinding<IDataView>(query, "keys", new DataViewCodec());
        var errors = new BindingErrors();
        var keys = binding.ToTable(JsonInput.Read(Encoding.UTF8.GetBytes("""[{"District":"C"},{"District":"B"}]"""), errors, binding.Read)!);
        Assert.Equal(0, errors.Count);
        Assert.Equal(model.ToKeys(flats).Schema["District"].Type, keys.Schema["District"].Type);
        Assert.Equal(["C", "B"], model.ToNames(keys).GetColumn<string>("District"));
        JsonInput.Read(Encoding.UTF8.GetBytes("""[{"District":"D"}]"""), errors, binding.Read);
        Assert.Equal("/0/District", errors[0].Pointer);

        var answer = new TableBinding<IDataView>(schema.Queries.Single(one => one.Name == "to-keys"), null, new DataViewCodec());
        Assert.Equal(2, answer.ToData(model.ToKeys(flats)).RowCount);
        Assert.Throws<ModelAnswerException>(() => answer.ToData(Model("A", "B").ToKeys(flats))); // other keys
        Assert.Throws<ModelAnswerException>(() => answer.ToData(model.ToKeys(Flats("D")))); // none
    }

    private static Districts Model(params string[] districts)
    {
        var flats = Flats(districts.Length == 0 ? ["C", "A", "B"] : districts);
        ITransformer pipeline = Context.Transforms.Conversion.MapValueToKey("District").Append(Context.Transforms.SelectColumns("District")).Fit(flats);
        return new Districts(pipeline.WithInputSchema(flats.Schema));
    }

    private static IDataView Flats(params string[] districts) => Context.Data.LoadFromEnumerable(districts.Select(district => new Flat { District = district }).ToList());
}
