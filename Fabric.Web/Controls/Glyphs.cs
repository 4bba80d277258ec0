namespace Fabric.Web.Controls;

/// <summary>Icons of the frame and of buttons: paths in a 24 × 24 box.</summary>
public static class Glyphs
{
    public const string Sun = "M11 2h2v3h-2V2Zm0 17h2v3h-2v-3ZM2 11h3v2H2v-2Zm17 0h3v2h-3v-2ZM4.200 5.600l1.400-1.400 2.100 2.100-1.400 1.400-2.100-2.100Zm12.100 12.100 1.400-1.400 2.100 2.100-1.400 1.400-2.100-2.100ZM4.200 18.400l2.100-2.100 1.400 1.400-2.100 2.100-1.400-1.400ZM16.300 6.300l2.100-2.100 1.400 1.400-2.100 2.100-1.400-1.400ZM12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10Z";
    public const string Moon = "M10.300 3.200a8.900 8.900 0 1 0 10.500 10.500 7.300 7.300 0 0 1-10.500-10.500Z";
    public const string Search = "M10.500 3a7.500 7.500 0 1 0 4.600 13.400l4.700 4.700 1.400-1.400-4.700-4.700A7.500 7.500 0 0 0 10.500 3Zm0 2a5.500 5.500 0 1 1 0 11 5.500 5.500 0 0 1 0-11Z";
    public const string Home = "M12 3 3 10.500V21h6.500v-6h5v6H21V10.500L12 3Zm0 2.600 7 5.800V19h-2.500v-6h-9v6H5v-7.600l7-5.800Z";
    public const string Environments = "M3 4h8v8H3V4Zm2 2v4h4V6H5Zm8-2h8v8h-8V4Zm2 2v4h4V6h-4ZM3 14h8v7H3v-7Zm2 2v3h4v-3H5Zm8-2h8v7h-8v-7Zm2 2v3h4v-3h-4Z";
    public const string Runs = "M6 4v16l14-8L6 4Zm2 3.500 8 4.500-8 4.500v-9Z";
    public const string Agents = "M11 2h2v3h5v2h1v4h2v4h-2v5H5v-5H3v-4h2V7h1V5h5V2ZM7 7v11h10V7H7Zm1.500 3h2v2.500h-2V10Zm5 0h2v2.500h-2V10Z";
    public const string Catalog = "M4 3h7v18H4V3Zm2 2v14h3V5H6Zm7-2h3v18h-3V3Zm4.500.500 2.900-.6 2.600 17.500-2.900.6-2.600-17.500Z";
    public const string Health = "M3 11h4.300L10 4.500l4.200 13 2.300-6.500H21v2h-3.100l-3.800 10-4.200-13-1.200 3H3v-2Z";
    public const string Plus = "M11 4h2v7h7v2h-7v7h-2v-7H4v-2h7V4Z";
    public const string Minus = "M4 11h16v2H4z";
    public const string Fit = "M4 4h6v2H6v4H4V4Zm10 0h6v6h-2V6h-4V4ZM4 14h2v4h4v2H4v-6Zm14 0h2v6h-6v-2h4v-4Z";
    public const string Tidy = "M3 3h7v6H3V3Zm2 2v2h3V5H5Zm9 4h7v6h-7V9Zm2 2v2h3v-2h-3ZM3 15h7v6H3v-6Zm2 2v2h3v-2H5Zm6-12h2v6h-2V5Zm0 8h2v6h-2v-6Z";
    public const string Undo = "M8 4 3 9l5 5v-4h6a4 4 0 0 1 0 8h-4v2h4a6 6 0 0 0 0-12H8V4Z";
    public const string Redo = "m16 4 5 5-5 5v-4h-6a4 4 0 0 0 0 8h4v2h-4a6 6 0 0 1 0-12h6V4Z";
    public const string Check = "m9.500 18.500-6-6 1.400-1.400 4.600 4.600L19.100 6l1.400 1.400-11 11.100Z";
    public const string Close = "m6 4.600 6 6 6-6L19.400 6l-6 6 6 6-1.400 1.400-6-6-6 6L4.600 18l6-6-6-6L6 4.600Z";
    public const string Link = "M9 7H6a5 5 0 0 0 0 10h3v-2H6a3 3 0 0 1 0-6h3V7Zm6 0v2h3a3 3 0 0 1 0 6h-3v2h3a5 5 0 0 0 0-10h-3ZM8 11v2h8v-2H8Z";
    public const string Copy = "M8 3h12v14H8V3Zm2 2v10h8V5h-8ZM4 7h2v12h10v2H4V7Z";
    public const string Help = "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm0 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16Zm0 2.500c-2.100 0-3.600 1.300-3.800 3.200l1.900.2c.1-.9.8-1.500 1.900-1.500s1.800.6 1.800 1.500c0 .7-.4 1.100-1.200 1.700-1.100.8-1.600 1.500-1.600 2.900h2c0-.7.3-1 1-1.500 1.100-.8 1.800-1.700 1.800-3.100 0-2-1.600-3.400-3.800-3.400ZM11 15.500v2h2v-2h-2Z";
}
