using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace EnvelopeSdk.Registry.Pages;

/// <summary>
/// The keys that say of a form that it came from a page of this registry. They end with it, and forms of pages that are
/// open then are opened again.
/// </summary>
internal sealed class FormKeys : IXmlRepository
{
    private readonly Lock _lock = new();
    private readonly List<XElement> _keys = [];

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (_lock)
        {
            return [.. _keys];
        }
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        lock (_lock)
        {
            _keys.Add(element);
        }
    }
}
