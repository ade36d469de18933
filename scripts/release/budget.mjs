// How large the packages may be. budget.json contains the limits, which somebody raises on purpose.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const FILE = 'scripts/release/budget.json'

const UNITS = { packedKb: 'kB packed', unpackedKb: 'kB unpacked', files: 'files' }

/** Returns one sentence for each limit that a package exceeds or that is missing. */
export function overBudget(repository, staged) {
  const budget = JSON.parse(readFileSync(join(repository, FILE), 'utf8'))
  return staged.flatMap(({ name, sizes }) => {
    const limits = budget[name]
    if (limits === undefined)
      return [`${name} is not in ${FILE}. Add its limits: ${JSON.stringify(sizes)}.`]
    return Object.entries(UNITS)
      .filter(([key]) => !(sizes[key] <= limits[key]))
      .map(
        ([key, unit]) =>
          `${name} has ${sizes[key]} ${unit}, and ${limits[key]} are allowed. Make it smaller, or raise ${key} in ${FILE}.`,
      )
  })
}

/** The sizes as a line for people. */
export function describeSizes({ name, manifest, sizes }) {
  const parts = Object.entries(UNITS).map(([key, unit]) => `${sizes[key]} ${unit}`)
  return `${name} ${manifest.version}: ${parts.join(', ')}`
}
