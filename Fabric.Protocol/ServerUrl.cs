namespace Fabric.Protocol;

/// <summary>The address that agents dial; agent and server ask the same question of it.</summary>
public static class ServerUrl
{
    /// <summary>What is wrong with the address, as a sentence that goes behind its key; null when it can be dialled.</summary>
    public static string? Fault(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "must be the address of the control plane, such as https://fabric.example.com.";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
            return $"'{text}' is no address; write it like https://fabric.example.com.";
        if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
            return $"'{text}' must be https: agents send what they know of a cluster over it (http is for loopback only).";
        if (url.UserInfo.Length > 0)
            return $"'{url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}' carries a user name or password; agents prove themselves with their own key. Leave it away.";
        return url.PathAndQuery is "/" && url.Fragment.Length == 0
            ? null
            : $"'{text}' has a path; agents dial {AgentRoutes.Sync} at the root of the host. Write {url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}.";
    }
}
