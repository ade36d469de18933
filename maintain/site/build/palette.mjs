// The colors and sizes of scripts/face/face.mjs as variables of CSS. The site has a switch, so its dark colors belong to a class.
import { PALETTE, TYPE_SCALE } from '../../../scripts/face/face.mjs'

const SIZES = ['small', 'base', 'large', 'h3', 'h2', 'h1']

export function stylesOfPalette() {
  const colors = (index) =>
    Object.entries(PALETTE).map(([name, values]) => `  --${name}: ${values[index]};`)
  const sizes = SIZES.map((name, index) => `  --size-${name}: ${TYPE_SCALE[index]}rem;`)
  return [':root {', ...colors(0), ...sizes, '}', '.dark {', ...colors(1), '}', ''].join('\n')
}
