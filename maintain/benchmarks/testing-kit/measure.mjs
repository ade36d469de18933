import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { BUDGETS } from '../budgets.mjs'
import { median } from '../statistics.mjs'

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
      budget: `≤ ${BUDGETS.providerStart} ms`,
      pass: start <= BUDGETS.providerStart,
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
          budget: `≤ ${BUDGETS.testSession} ms`,
          pass: milliseconds <= BUDGETS.testSession,
        }),
      },
      {
        what: `testing kit: heap after ${signIns} times ${what}`,
        figure: `${perSignIn.toFixed(0)} B each`,
        budget: `≤ ${BUDGETS.testSessionLeak} B`,
        pass: perSignIn <= BUDGETS.testSessionLeak,
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
