using System.Runtime.CompilerServices;
using Bunit;

namespace Fabric.Tests.Pages;

/// <summary>How long a page is waited for before a test says that it does not come.</summary>
internal static class Patience
{
    [ModuleInitializer]
    internal static void Set() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(120);
}
