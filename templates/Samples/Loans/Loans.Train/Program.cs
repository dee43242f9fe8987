using EnvelopeSdk;
using Loans.Model;
using Loans.Shared;

var model = new Loan(new Weights(0.001, [[1, 0.5], []], new("a", new("b", null))), ["income"], long.MaxValue);
var ann = new Applicant("Ann \u00c5 \ud83d\ude00 \"quoted\"", null, [50_000.10m, 48_000m]);
var house = new House(200_000m, (52.5, 13.4));
var securities = new Dictionary<Purpose, Security[]> { [Purpose.House] = [house, new Guarantee(Guid.Empty, new(2030, 2, 28), house)], [Purpose.Car] = [] };
await Envelope.SaveAsync(model, new EnvelopeInfo
{
    Examples = [model.PredictExample(ann, 900m), model.PredictExample(ann, 5000m, Purpose.Car, 0.25f, null), model.SumAllExample([[1, null], [null]]), await model.ValueExampleAsync(securities, new double[,] { { 0.5, 0.25 } }, Channels.Mail | Channels.Visit, "AB"), model.LimitExample(), await model.PlanExampleAsync(300m)],
});

var loaded = await Envelope.LoadAsync<Loan>("loan");
Console.WriteLine(loaded.PredictExample(ann, 900m).Output.GetRawText());
