using MudBlazor;

namespace Fabric.Web.Shell;

/// <summary>The look of MudBlazor's parts; the colours are those of <c>css/fabric.css</c>.</summary>
public static class Theme
{
    private static readonly string[] Sans = ["Inter Variable", "system-ui", "sans-serif"];

    /// <summary>Light and dark.</summary>
    public static MudTheme Mud { get; } = new()
    {
        PaletteLight = Light(),
        PaletteDark = Dark(),
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px", AppbarHeight = "56px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Sans, FontSize = "14px", FontWeight = "400", LineHeight = "1.5", LetterSpacing = "normal" },
            H1 = new H1Typography { FontFamily = Sans, FontSize = "28px", FontWeight = "600", LineHeight = "1.25", LetterSpacing = "-0.015em" },
            H2 = new H2Typography { FontFamily = Sans, FontSize = "20px", FontWeight = "600", LineHeight = "1.4", LetterSpacing = "-0.01em" },
            H3 = new H3Typography { FontFamily = Sans, FontSize = "16px", FontWeight = "600", LineHeight = "1.5", LetterSpacing = "-0.005em" },
            H6 = new H6Typography { FontFamily = Sans, FontSize = "16px", FontWeight = "600", LineHeight = "1.5", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontFamily = Sans, FontSize = "14px", LineHeight = "1.5", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = Sans, FontSize = "13px", LineHeight = "1.5", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Sans, FontSize = "14px", FontWeight = "600", LineHeight = "1.5", LetterSpacing = "normal", TextTransform = "none" },
            Caption = new CaptionTypography { FontFamily = Sans, FontSize = "12px", LineHeight = "1.5", LetterSpacing = "normal" },
        },
    };

    private static PaletteLight Light() => new()
    {
        Primary = "#4f46e5",
        PrimaryContrastText = "#ffffff",
        Background = "#f8f8fa",
        BackgroundGray = "#f1f1f5",
        Surface = "#ffffff",
        AppbarBackground = "#ffffff",
        AppbarText = "#1b1b22",
        DrawerBackground = "#ffffff",
        DrawerText = "#1b1b22",
        TextPrimary = "#1b1b22",
        TextSecondary = "#5a5a67",
        ActionDefault = "#5a5a67",
        LinesDefault = "#e3e3ea",
        LinesInputs = "#cdcdd8",
        TableLines = "#e3e3ea",
        Divider = "#e3e3ea",
        Success = "#0f6f39",
        Error = "#bd1c2c",
        Warning = "#855000",
        Info = "#1b5ccb",
    };

    private static PaletteDark Dark() => new()
    {
        Primary = "#9b9dff",
        PrimaryContrastText = "#12121c",
        Background = "#0e0e12",
        BackgroundGray = "#1c1c23",
        Surface = "#16161c",
        AppbarBackground = "#16161c",
        AppbarText = "#ececf2",
        DrawerBackground = "#16161c",
        DrawerText = "#ececf2",
        TextPrimary = "#ececf2",
        TextSecondary = "#a2a2af",
        ActionDefault = "#a2a2af",
        LinesDefault = "#292932",
        LinesInputs = "#3d3d49",
        TableLines = "#292932",
        Divider = "#292932",
        Success = "#5fd08a",
        Error = "#ff868e",
        Warning = "#f0b45a",
        Info = "#7db0ff",
        ErrorContrastText = "#1b0d0f",
    };
}
