using System.Text.Json;
using EnvelopeSdk;
using EnvelopeSdk.MLNet;
using Flats;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

var random = new Random(7);
var rows = Enumerable.Range(0, 500).Select(_ => new Flat { Area = random.NextSingle() * 150, Floor = random.Next(9), District = "ABCD"[random.Next(4)].ToString() }).ToList();
rows.ForEach(flat => flat.Rent = (flat.Area * 12) + (flat.Floor * 20) + (flat.District == "A" ? 300 : 0));

var ml = new MLContext(seed: 1);
var data = ml.Data.LoadFromEnumerable(rows);
var flats = ml.Transforms.DropColumns("Rent").Fit(data).Transform(data);
ITransformer pipeline = ml.Transforms.Categorical.OneHotEncoding("Code", "District")
    .Append(ml.Transforms.Concatenate("Features", "Area", "Floor", "Code"))
    .Append(ml.Regression.Trainers.FastTree(new FastTreeRegressionTrainer.Options { LabelColumnName = "Rent", NumberOfTrees = 20 }))
    .Append(ml.Transforms.SelectColumns("District", "Code", "Score"))
    .Fit(data);

var model = new FlatRent(pipeline.WithInputSchema(flats.Schema));
DataFrame Costs() => new(
    new StringDataFrameColumn("street", ["Main Street", null!]), new DecimalDataFrameColumn("rent", [900.10m, 700m]), new DecimalDataFrameColumn("heating", [100m, null]));
List<PredictionExample> examples =
[
    model.PredictExample(ml.Data.TakeRows(flats, 3)),
    await model.SumExampleAsync(Costs()),
    model.FailExample(new DataFrame(new DoubleDataFrameColumn("area", [1.5])), "not"),
];
await Envelope.SaveAsync(model, new EnvelopeInfo { Examples = examples });

var loaded = await Envelope.LoadAsync<FlatRent>("flat-rent");
examples.Add(loaded.PredictExample(ml.Data.SkipRows(flats, 100)));
examples.Add(await loaded.SumExampleAsync(Costs(), 1.5));
File.WriteAllLines("answers.jsonl", examples.Select(example => JsonSerializer.Serialize(example)));
