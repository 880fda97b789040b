/** Colours and sizes close to what Teams uses, so that pictures show what people will see. */
export type Theme = 'light' | 'dark' | 'contrast';

const themes = {
  light: {
    page: '#f5f5f5',
    card: '#ffffff',
    emphasis: '#f9f8f7',
    text: '#242424',
    subtle: '#616161',
    accent: '#4f52b2',
    good: '#237b4b',
    warning: '#835c00',
    attention: '#c4314b',
    separator: '#e0e0e0',
    styles: { accent: '#e8ebfa', good: '#e7f2da', warning: '#fff4ce', attention: '#fcf4f6' },
  },
  dark: {
    page: '#141414',
    card: '#292929',
    emphasis: '#1f1f1f',
    text: '#ffffff',
    subtle: '#adadad',
    accent: '#9ea2ff',
    good: '#92c353',
    warning: '#f8d22a',
    attention: '#f9526b',
    separator: '#525252',
    styles: { accent: '#2b2b40', good: '#1e2b1a', warning: '#3d3211', attention: '#3b1f24' },
  },
  contrast: {
    page: '#000000',
    card: '#000000',
    emphasis: '#000000',
    text: '#ffffff',
    subtle: '#ffffff',
    accent: '#ffff01',
    good: '#3ff23f',
    warning: '#ffff01',
    attention: '#ffb900',
    separator: '#ffffff',
    styles: { accent: '#000000', good: '#000000', warning: '#000000', attention: '#000000' },
  },
} as const;

/** Background of the chat around a card. */
export function pageColour(theme: Theme): string {
  return themes[theme].page;
}

/** Background of the card itself. */
export function cardColour(theme: Theme): string {
  return themes[theme].card;
}

/** A host configuration for the `adaptivecards` renderer. */
export function hostConfig(theme: Theme): object {
  const colours = themes[theme];
  const pair = (colour: string, subtle = colour) => ({ default: colour, subtle });
  const foregroundColors = {
    default: pair(colours.text, colours.subtle),
    accent: pair(colours.accent),
    good: pair(colours.good),
    warning: pair(colours.warning),
    attention: pair(colours.attention),
  };
  const style = (backgroundColor: string) => ({ backgroundColor, foregroundColors });
  return {
    supportsInteractivity: true,
    fontTypes: {
      default: { fontFamily: '"Segoe UI", "Liberation Sans", sans-serif', ...sizes },
      monospace: { fontFamily: '"Liberation Mono", monospace', ...sizes },
    },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: colours.separator },
    containerStyles: {
      default: style(colours.card),
      emphasis: style(colours.emphasis),
      accent: style(colours.styles.accent),
      good: style(colours.styles.good),
      warning: style(colours.styles.warning),
      attention: style(colours.styles.attention),
    },
    actions: { maxActions: 6, buttonSpacing: 8, actionsOrientation: 'Horizontal', actionAlignment: 'Left' },
    factSet: { title: { weight: 'Bolder', wrap: true }, value: { wrap: true }, spacing: 16 },
    textStyles: { heading: { size: 'large', weight: 'bolder' } },
  };
}

const sizes = {
  fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 200, default: 400, bolder: 600 },
};
