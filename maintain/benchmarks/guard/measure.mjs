import { startPostgres } from '../postgres.mjs'
import { startRedis } from '../redis.mjs'
import {
  createTable,
  postgresStore,
} from '../../../packages/identity-web/dist/stores/postgres/postgres-store.js'
import { redisStore } from '../../../packages/identity-web/dist/stores/redis.js'
import { measureInstances, toFigures } from '../server/rounds.mjs'
import { median, ratio } from '../statistics.mjs'
import {
  BARE,
  FRAMEWORKS,
  gateSubjectsOf,
  OURS,
  postgresSubjects,
  PROBE,
  redisSubjects,
  subjectsOf,
} from './frameworks.mjs'
import { copySessions } from './sessions.mjs'
import { measureTable } from './table.mjs'
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

/** Measures the same on Express with sessions in Redis. */
export async function measureRedis(stage, effort) {
  const redis = await startRedis()
  try {
    const { session, setup, users } = stage
    const ids = await copySessions(session, setup, {
      count: users,
      store: redisStore(redis.client),
    })
    return await measure(redisSubjects(redis.url), { ...stage, ids }, effort)
  } finally {
    await redis.stop()
  }
}

/** Measures the same on Express with sessions in PostgreSQL. */
export async function measurePostgres(stage, effort) {
  const postgres = await startPostgres()
  try {
    const { session, setup, users } = stage
    await createTable(postgres.pool)
    const store = postgresStore(postgres.pool)
    const ids = await copySessions(session, setup, { count: users, store })
    return [
      ...(await measure(postgresSubjects(postgres.url), { ...stage, ids }, effort)),
      ...(await measureTable({ ...stage, ids }, { postgres, effort })),
    ]
  } finally {
    await postgres.stop()
  }
}

async function measure(chosen, stage, effort) {
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
