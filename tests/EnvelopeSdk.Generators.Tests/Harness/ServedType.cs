using System.Collections.Concurrent;
using System.Reflection;

namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>A row of <see cref="AcceptedTypes"/> with its model and its service, which all tests share: compiling takes longer than anything done with them.</summary>
internal sealed class ServedType
{
    private static readonly ConcurrentDictionary<string, Lazy<ServedType>> Compiled = new(StringComparer.Ordinal);

    private readonly ConstructorInvoker _construct;

    private ServedType(AcceptedType accepted)
    {
        (Accepted, Model) = (accepted, CompiledModel.Of(accepted.Model));
        Service = CompiledService.Of(Model);
        var constructor = Model.Type.GetConstructors().Single(one => one.GetParameters().Length == 1);
        (State, _construct) = (constructor.GetParameters()[0], ConstructorInvoker.Create(constructor));
    }

    public static TheoryData<string> Names => [.. AcceptedTypes.All.Select(type => type.ToString())];

    /// <summary>The types of which <see cref="Values"/> can be made.</summary>
    public static TheoryData<string> Makeable => [.. AcceptedTypes.All.Select(type => type.ToString()).Where(IsMakeable)];

    /// <summary>How many dimensions a tensor has, reflection does not say at every depth; a sorted list takes keys for one that the culture does not tell apart; and what is never read does not come back.</summary>
    public static bool IsMakeable(string type) =>
        !type.Contains("TensorRank", StringComparison.Ordinal) && !type.Contains("WhenReading", StringComparison.Ordinal) && !type.StartsWith("System.Collections.Generic.SortedList<string", StringComparison.Ordinal);

    public AcceptedType Accepted { get; }

    public CompiledModel Model { get; }

    public CompiledService Service { get; }

    /// <summary>The constructor's parameter, which shows the type as it was compiled.</summary>
    public ParameterInfo State { get; }

    public static ServedType Of(string name) => Compiled.GetOrAdd(
        name, static key => new(() => new ServedType(AcceptedTypes.All.Single(type => type.ToString() == key)))).Value;

    public object Train(object? value) => _construct.Invoke(value);

    /// <summary>What generated code writes.</summary>
    public string Write(object? value) => Service.Answer(Train(value), "state", "{}");

    /// <summary>What generated code reads.</summary>
    public object? Read(string json) => Service.ReadValue(json);
}
