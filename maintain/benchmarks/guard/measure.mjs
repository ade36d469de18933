import { measureInstances, toFigures } from '../server/rounds.mjs'
import { median, ratio } from '../statistics.mjs'
import { BARE, FRAMEWORKS, gateSubjectsOf, OURS, PROBE, subjectsOf } from './frameworks.mjs'
import { startSubjects } from './subjects.mjs'

/**
 * Returns the measurement of a framework: the server CPU per request of a page that requires a sign-in.
 *
 * @param framework - A key of `FRAMEWORKS`.
 */
export function measureFramework(framework) {
  return (stage, effort) => measure(subjectsOf(FRAMEWORKS[framework]), stage, effort)
}

/** Returns the measurement of a framework for the gate: our guard beside the probe, on each page. */
export function measureForGate(framework) {
  return async (stage, effort) => {
    const rows = []
    for (const subjects of gateSubjectsOf(FRAMEWORKS[framework]))
      rows.push(...(await measure(subjects, stage, effort)))
    return rows
  }
}

/** Measures the given servers, and returns their rows. */
export async function measure(chosen, stage, effort) {
  const { rounds, requests, warmUp, instances } = effort
  let subjects
  const measured = await measureInstances(
    instances,
    async () => {
      const started = await startSubjects(chosen, stage)
      subjects = started.map((subject) => ({ ...subject, base: `${subject.group}: ${BARE}` }))
      return subjects
    },
    { rounds: Math.ceil((rounds * 2) / instances), requests, warmUp },
  )
  return subjects.map((subject) => toRow(subject, measured))
}

/** Returns the row of a server of a group with a bare server and a probe. */
export function toRow({ group, label, name, cookieCharacters }, measured) {
  const own = measured.get(name)
  const probe = measured.get(`${group}: ${PROBE}`)
  return {
    what: name,
    ...toFigures(own),
    cookieCharacters,
    base: median(own.bases),
    // What the guard adds to a request.
    beyond: median(own.costs.map((cost, round) => cost - own.bases[round])),
    ...(label === OURS && probe !== undefined && { overProbe: ratio(toBase(own), toBase(probe)) }),
  }
}

/** Returns the ratio to the base in each round. */
function toBase({ costs, bases }) {
  return costs.map((cost, round) => cost / bases[round])
}
