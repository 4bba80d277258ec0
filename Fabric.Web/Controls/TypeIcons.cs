namespace Fabric.Web.Controls;

/// <summary>Icon of an entity type or gate, by the name the catalog gives it.</summary>
public static class TypeIcons
{
    private static readonly Dictionary<string, string> Table = new(StringComparer.OrdinalIgnoreCase)
    {
        ["approval"] = "M12 2 4 5v6c0 5 3.400 9.500 8 11 4.600-1.500 8-6 8-11V5l-8-3Zm-1.300 13.700-3.400-3.400 1.500-1.500 1.900 1.900 4.400-4.400 1.500 1.500-5.900 5.900Z",
        ["wait"] = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 2.200a6.800 6.800 0 1 1 0 13.600 6.800 6.800 0 0 1 0-13.600ZM11 7v5.600l4.300 2.600 1-1.700-3.300-2V7h-2Z",
        ["window"] = "M7 2v2H4v17h16V4h-3V2h-2v2H9V2H7ZM6 9h12v10H6V9Zm2 2v3h3v-3H8Z",
        ["action"] = "M13 2 5 13h5.500L9 22l9-12h-6l1-8Z",
        ["network"] = "M10 3h4v4h-1v3h6v4h1v4h-4v-4h1v-2h-4v2h1v4h-4v-4h1v-2H7v2h1v4H4v-4h1v-4h6V7h-1V3Z",
        ["database"] = "M12 3C7.600 3 4 4.300 4 6v12c0 1.700 3.600 3 8 3s8-1.300 8-3V6c0-1.700-3.600-3-8-3Zm0 2c3.500 0 6 .8 6 1s-2.500 1-6 1-6-.8-6-1 2.500-1 6-1Zm6 13c0 .2-2.500 1-6 1s-6-.8-6-1v-2.800c1.500.5 3.600.8 6 .8s4.500-.3 6-.8V18Zm0-5c0 .2-2.500 1-6 1s-6-.8-6-1V9.200c1.500.5 3.600.8 6 .8s4.500-.3 6-.8V13Z",
        ["storage"] = "M4 4h16v6H4V4Zm0 10h16v6H4v-6Zm3-8v2h2V6H7Zm0 10v2h2v-2H7Z",
        ["cluster"] = "m12 2 9 5v10l-9 5-9-5V7l9-5Zm0 2.300L6.200 7.500 12 10.700l5.800-3.200L12 4.300ZM5 9.200v6.600l6 3.300v-6.600L5 9.200Zm14 0-6 3.300v6.600l6-3.300V9.200Z",
        ["agent"] = "M11 2h2v3h5v2h1v4h2v4h-2v5H5v-5H3v-4h2V7h1V5h5V2ZM7 7v11h10V7H7Zm1.500 3h2v2.500h-2V10Zm5 0h2v2.500h-2V10Z",
        ["queue"] = "M3 5h18v4H3V5Zm0 5.500h18v4H3v-4ZM3 16h18v4H3v-4Z",
        ["key"] = "M14 3a7 7 0 0 0-6.700 9L2 17.300V22h4.700v-2.500h2.500V17h2.500l.6-.6A7 7 0 1 0 14 3Zm2 3.500a1.800 1.800 0 1 1 0 3.600 1.800 1.800 0 0 1 0-3.600Z",
        ["chart"] = "M4 4h2v14h14v2H4V4Zm4 7h3v5H8v-5Zm4.500-5h3v10h-3V6ZM17 9h3v7h-3V9Z",
        ["server"] = "M4 3h16v8H4V3Zm2 2v4h12V5H6Zm-2 8h16v8H4v-8Zm2 2v4h12v-4H6Zm2-9h2v2H8V6Zm0 10h2v2H8v-2Z",
        ["globe"] = "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm6.900 6h-3a15 15 0 0 0-1.300-3.500A8 8 0 0 1 18.900 8ZM12 4c.8 1.200 1.500 2.500 1.900 4h-3.800c.4-1.500 1.100-2.800 1.900-4ZM4.300 14a8 8 0 0 1 0-4h3.300a17 17 0 0 0 0 4H4.300Zm.8 2h3a15 15 0 0 0 1.300 3.500A8 8 0 0 1 5.100 16Zm3-8h-3a8 8 0 0 1 4.300-3.500A15 15 0 0 0 8.100 8ZM12 20a13 13 0 0 1-1.900-4h3.800a13 13 0 0 1-1.900 4Zm2.300-6H9.700a15 15 0 0 1 0-4h4.600a15 15 0 0 1 0 4Zm.3 5.500A15 15 0 0 0 15.900 16h3a8 8 0 0 1-4.300 3.500Zm1.800-5.500a17 17 0 0 0 0-4h3.300a8 8 0 0 1 0 4h-3.300Z",
        ["kubernetes"] = "M12 2 4 6v9l5 6h6l5-6V6l-8-4Zm0 2.300 6 3v7L14 19h-4l-4-4.700v-7l6-3ZM11 7v2.200A3 3 0 0 0 9.200 11L7 10.300l-.6 1.900 2.200.7a3 3 0 0 0 .7 2L8 16.800l1.600 1.200 1.300-1.900a3 3 0 0 0 2.200 0l1.300 1.900 1.600-1.200-1.300-1.900a3 3 0 0 0 .7-2l2.200-.7-.6-1.900-2.200.7A3 3 0 0 0 13 9.200V7h-2Z",
        ["namespace"] = "M4 4h4v2H6v2H4V4Zm12 0h4v4h-2V6h-2V4ZM4 16h2v2h2v2H4v-4Zm14 0h2v4h-4v-2h2v-2ZM10 4h4v2h-4V4Zm0 14h4v2h-4v-2ZM4 10h2v4H4v-4Zm14 0h2v4h-2v-4Zm-9-1h6v6H9V9Z",
        ["zookeeper"] = "M12 3a3 3 0 0 1 1 5.800V11h5v3.200a3 3 0 1 1-2 0V13h-8v1.200a3 3 0 1 1-2 0V11h5V8.800A3 3 0 0 1 12 3Z",
        ["pinot"] = "M5 3h14v6a7 7 0 0 1-6 6.900V19h4v2H7v-2h4v-3.100A7 7 0 0 1 5 9V3Zm2 2v4a5 5 0 0 0 10 0V5H7Zm2 2h6v2a3 3 0 0 1-6 0V7Z",
        ["auth"] = "M12 2a5 5 0 0 1 5 5v3h2v11H5V10h2V7a5 5 0 0 1 5-5Zm0 2a3 3 0 0 0-3 3v3h6V7a3 3 0 0 0-3-3Zm-5 8v7h10v-7H7Zm4 2h2v3h-2v-3Z",
        ["identity"] = "M3 5h18v14H3V5Zm2 2v10h14V7H5Zm4 1.500a2 2 0 1 1 0 4 2 2 0 0 1 0-4ZM6 16c0-1.700 1.300-3 3-3s3 1.300 3 3H6Zm8-6h4v1.500h-4V10Zm0 3h4v1.500h-4V13Z",
        ["ingress"] = "M3 11h9.200L8.600 7.400 10 6l6 6-6 6-1.400-1.400 3.600-3.600H3v-2Zm14-7h4v16h-4v-2h2V6h-2V4Z",
        ["monitoring"] = "M3 4h18v16H3V4Zm2 2v6h3l2-4 3 7 2-3h4V6H5Zm0 8v4h14v-4h-2.900l-3.300 4.500L9.900 12l-.7 2H5Z",
        ["box"] = "M3 7.500 12 3l9 4.500v9L12 21l-9-4.500v-9Zm9-2.300L7 7.700l5 2.500 5-2.500-5-2.500ZM5 9.300v6l6 3v-6l-6-3Zm14 0-6 3v6l6-3v-6Z",
    };

    /// <summary>The path in a 24 × 24 box; a name nobody knows is a box.</summary>
    public static string Of(string name) => Table.GetValueOrDefault(name) ?? Table["box"];
}
