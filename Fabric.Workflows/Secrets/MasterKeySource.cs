using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Fabric.Workflows.Secrets;

/// <summary>
/// Finds the master key: <c>Fabric:Keys</c> is the path of a file, or the key itself, as 32 bytes in base64. Without it Development
/// makes <c>master.key</c> in <c>Fabric:Data</c>, readable by its owner only; anything else refuses to start.
/// </summary>
public static class MasterKeySource
{
    /// <summary>Key of the setting.</summary>
    public const string Key = "Fabric:Keys";

    /// <summary>Key of the setting that names the key before a rotation; cells wrapped by it are wrapped anew when they open.</summary>
    public const string PreviousKey = "Fabric:PreviousKeys";

    /// <summary>Reads or makes the key.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="data">Folder of <c>Fabric:Data</c>.</param>
    /// <param name="development">Whether one may be made.</param>
    /// <exception cref="InvalidOperationException">There is none, or it is not 32 bytes; the message names the setting.</exception>
    public static MasterKeys Load(IConfiguration configuration, string data, bool development) =>
        new(LoadCurrent(configuration, data, development), configuration[PreviousKey] is { Length: > 0 } previous ? Parse(PreviousKey, previous) : null);

    private static MasterKey LoadCurrent(IConfiguration configuration, string data, bool development)
    {
        if (configuration[Key] is { Length: > 0 } setting)
            return Parse(Key, setting);
        var file = Path.Combine(data, "master.key");
        if (!development)
            throw new InvalidOperationException($"{Key} is not set. Give it the path of a file, or the value itself: 32 random bytes in base64 (openssl rand -base64 32).");
        if (!File.Exists(file))
            Make(file);
        return Parse(Key, file);
    }

    private static MasterKey Parse(string name, string setting)
    {
        var (text, origin) = File.Exists(setting) ? (File.ReadAllText(setting).Trim(), $"the file {setting}") : (setting, "its value");
        var bytes = new byte[MasterKey.Size + 1];
        if (!Convert.TryFromBase64String(text, bytes, out var length) || length != MasterKey.Size)
            throw new InvalidOperationException($"{name}: {(origin == "its value" ? "it is neither a file that exists nor" : $"{origin} is not")} 32 bytes in base64 (openssl rand -base64 32).");
        return new MasterKey(bytes.AsSpan(0, length));
    }

    private static void Make(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, options);
        writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(MasterKey.Size)));
    }
}
