const ink = { default: 'var(--ink)', subtle: 'var(--muted)' };
const foregroundColors = {
  default: ink,
  dark: ink,
  light: ink,
  accent: { default: 'var(--brand)', subtle: 'var(--brand)' },
  attention: { default: 'var(--attention)', subtle: 'var(--attention)' },
  good: { default: 'var(--good)', subtle: 'var(--good)' },
  warning: { default: 'var(--attention)', subtle: 'var(--attention)' },
};
const container = (backgroundColor: string) => ({ backgroundColor, foregroundColors });

/** Adaptive Cards host config: sizes and colours of the cards. What CSS does better is in `card.css`. */
export const cardTheme = {
  fontFamily: 'var(--font)',
  supportsInteractivity: true,
  fontSizes: { small: 13, default: 15, medium: 17, large: 21, extraLarge: 32 },
  fontWeights: { lighter: 400, default: 400, bolder: 700 },
  lineHeights: { small: 19, default: 22, medium: 25, large: 29, extraLarge: 40 },
  spacing: { small: 10, default: 12, medium: 16, large: 20, extraLarge: 28, padding: 16 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  imageSizes: { small: 24, medium: 48, large: 96 },
  containerStyles: {
    default: container('transparent'),
    emphasis: container('var(--tint)'),
    attention: container('var(--attention-tint)'),
    good: container('var(--tint)'),
    accent: container('var(--tint)'),
    warning: container('var(--attention-tint)'),
  },
  actions: {
    actionAlignment: 'stretch',
    actionsOrientation: 'vertical',
    buttonSpacing: 8,
    maxActions: 20,
    spacing: 'default',
    showCard: { actionMode: 'inline', inlineTopMargin: 8 },
  },
  adaptiveCard: { allowCustomStyle: false },
  inputs: {
    label: { inputSpacing: 'small', requiredInputs: { size: 'small', weight: 'bolder', suffix: ' ' } },
    errorMessage: { size: 'small', color: 'attention', weight: 'bolder', spacing: 'small' },
  },
  textBlock: { headingLevel: 3 },
};
