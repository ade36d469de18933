// The look of everything that this project shows: site, demos, templates, pages of the library, development provider. The
// styles stand where they are used, because each package and each example works alone. They repeat those in this file.

/** The name as people say it. The package is `identity-web`. */
export const NAME = 'Identity for TypeScript'

/** The colors of light and of dark pages. */
export const PALETTE = {
  page: ['#f5f7fb', '#0f1217'],
  card: ['#ffffff', '#191e26'],
  text: ['#181c25', '#e8ebf1'],
  muted: ['#545d6e', '#a5aebd'],
  line: ['#dbe0ea', '#303744'],
  accent: ['#2352c0', '#94b4ff'],
  'on-accent': ['#ffffff', '#0c1832'],
  tint: ['#edf2ff', '#232b3b'],
  good: ['#14683a', '#86d9a6'],
  'good-tint': ['#e4f5ea', '#18301f'],
  warn: ['#574000', '#f3dc9a'],
  'warn-tint': ['#fff3cf', '#342d17'],
  'warn-line': ['#e8cd7d', '#5a4d24'],
  bad: ['#b3261e', '#ffa198'],
  'bad-tint': ['#fdeceb', '#3a2123'],
}

// The sizes of text in rem, from small print to the heading of the first page, are 0.875, 1, 1.125, 1.375, 1.75 and 2.5.
