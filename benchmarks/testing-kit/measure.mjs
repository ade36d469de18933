import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median } from '../statistics.mjs'

/** Milliseconds from the call of `startDevProvider` until it is ready, in a new process. */
const START_BUDGET = 150
/** Milliseconds of a session. */
const SESSION_BUDGET = 5
/**
 * Bytes per sign-in that remain after `provider.reset()` and a garbage collection. The code that Node.js compiles is part
 * of the heap, so it grows a little. The tokens of a sign-in would be more than 5000 bytes.
 */
const LEAK_BUDGET = 1000

const KINDS = [
  ['auth', 'sessionFor({ auth })'],
  ['settings', 'sessionFor({ secret, redirectUri, … })'],
  ['no provider', 'sessionFor({ secret, redirectUri, … }) without a provider'],
  ['browser', 'browser().signIn(), with all pages'],
]

/** Measures the start of the provider, and the time and the memory of sign-ins in tests. */
export function measureTestingKit({ rounds, signIns }) {
  const starts = Array.from({ length: rounds }, () => run('start.mjs', []))
  const start = median(starts.map(({ start: milliseconds }) => milliseconds))
  return [
    {
      what: 'testing kit: startDevProvider()',
      figure: `${start.toFixed(0)} ms`,
      budget: `≤ ${START_BUDGET} ms`,
      pass: start <= START_BUDGET,
    },
    ...[
      ['all', 'import and startDevProvider()'],
      ['firstKeys', 'import, startDevProvider() and the first keys'],
    ].map(([name, what]) => ({
      what: `testing kit: ${what}`,
      figure: `${median(starts.map((measured) => measured[name])).toFixed(0)} ms`,
    })),
    ...KINDS.flatMap(([kind, what]) =>
      sessionRows(what, run('sessions.mjs', [kind, String(signIns)]), kind),
    ),
  ]

  function sessionRows(what, { milliseconds, grown }, kind) {
    const perSignIn = grown / signIns
    return [
      {
        what: `testing kit: ${what}`,
        figure: `${milliseconds.toFixed(2)} ms`,
        ...(kind !== 'browser' && {
          budget: `≤ ${SESSION_BUDGET} ms`,
          pass: milliseconds <= SESSION_BUDGET,
        }),
      },
      {
        what: `testing kit: heap after ${signIns} times ${what}`,
        figure: `${perSignIn.toFixed(0)} B each`,
        budget: `≤ ${LEAK_BUDGET} B`,
        pass: perSignIn <= LEAK_BUDGET,
      },
    ]
  }
}

function run(script, args) {
  const path = fileURLToPath(new URL(script, import.meta.url))
  return JSON.parse(
    execFileSync(process.execPath, ['--expose-gc', path, ...args], { encoding: 'utf8' }),
  )
}
