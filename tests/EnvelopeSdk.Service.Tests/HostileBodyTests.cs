using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Serving.Generated;

namespace EnvelopeSdk.Service.Tests;

/// <summary>Whatever a caller sends, it is answered, or refused with a pointer where there is a place, and the service goes on.</summary>
public sealed class HostileBodyTests(OrdersService service) : IClassFixture<OrdersService>
{
    private const int RandomBodies = 3000;

    public static TheoryData<string> Names => [.. HostileBodies.All.Keys];

    /// <summary>Bodies of which a service keeps nothing: reading one takes no more memory than its errors do.</summary>
    public static TheoryData<string> Refused => [.. HostileBodies.All.Where(one => one.Value.Pointer is not null && one.Key.Contains("long", StringComparison.Ordinal) || one.Key.StartsWith("many digits", StringComparison.Ordinal)).Select(one => one.Key)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_hostile_body_is_answered_or_refused_at_its_place_and_the_next_one_is_answered(string name)
    {
        var (body, pointer) = HostileBodies.All[name];

        var (status, pointers) = await service.PostAsync(body());

        Assert.Equal(pointer is null ? 200 : 400, status);
        Assert.StartsWith(pointer ?? "", pointers.Count > 0 ? pointers[0] : "", StringComparison.Ordinal);
        Assert.Equal(200, (await service.PostAsync(OrderText.Sound)).Status);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_refused_takes_no_memory(string name)
    {
        var (body, pointer) = HostileBodies.All[name];
        var utf8Json = body();
        var (form, errors) = (new WeighJson(), new BindingErrors());
        JsonRead<WeighArguments> read = form.Read;
        JsonInput.Read(OrderText.Sound, errors, read);
        JsonInput.Read(utf8Json, errors, read);
        errors.Clear();

        var before = GC.GetAllocatedBytesForCurrentThread();
        JsonInput.Read(utf8Json, errors, read);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(pointer is null, errors.Count == 0);
        Assert.InRange(allocated, 0, 20_000);
    }

    [Fact]
    public async Task A_body_that_is_cut_anywhere_is_refused()
    {
        for (var length = 0; length < OrderText.Sound.Length; length++)
        {
            var (status, pointers) = await service.PostAsync(OrderText.Sound[..length]);

            Assert.Equal(400, status);
            Assert.True(pointers.Count == 1, $"{length} {string.Join(' ', pointers)}: {System.Text.Encoding.UTF8.GetString(OrderText.Sound[..length])}");
        }
    }

    [Fact]
    public async Task Random_changes_of_bytes_are_answered_or_refused()
    {
        var random = new Random(20_261_125);
        var refused = 0;
        for (var i = 0; i < RandomBodies; i++)
        {
            var body = OrderText.Sound.ToArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            var (status, pointers) = await service.PostAsync(body);

            Assert.True(status is 200 or 400, $"{status} for {Convert.ToHexString(body)}");
            Assert.Equal(status == 400, pointers.Count > 0);
            refused += status == 400 ? 1 : 0;
        }

        Assert.InRange(refused, RandomBodies / 2, RandomBodies - 1);
    }
}
