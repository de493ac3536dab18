import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/** Ink from paper to night: shade 8 fills by day, shade 0 fills by night. */
const encre: MantineColorsTuple = [
  '#EDEAE3',
  '#D9DCE6',
  '#B9BFD0',
  '#9AA2B9',
  '#7F89A6',
  '#5C6890',
  '#3F4C78',
  '#2A385F',
  '#1C2A4F',
  '#141A2B',
]

export const theme = createTheme({
  primaryColor: 'encre',
  primaryShade: { light: 8, dark: 0 },
  colors: { encre },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: 'var(--font)',
  headings: { fontFamily: 'var(--disp)', fontWeight: '650' },
  focusRing: 'never', // base.css draws one ring for everything.
  radius: { xs: '4px', sm: '8px', md: '10px', lg: '14px', xl: '20px' },
  breakpoints: { xs: '30em', sm: '43.75em', md: '56.25em', lg: '75em', xl: '90em' },
})

const colours = {
  '--mantine-color-body': 'var(--ground)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-default-border': 'var(--joint)',
  '--mantine-color-anchor': 'var(--link)',
  '--mantine-color-error': 'var(--danger)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-default': 'var(--slab)',
  '--mantine-color-default-hover': 'var(--sunk)',
  '--mantine-color-default-color': 'var(--ink)',
}

/** Mantine's own colour names point to our tokens, which know day from night. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: colours,
  dark: colours,
})
