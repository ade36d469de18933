// The table of all measurements. To add one, write a function that returns rows `{ what, figure, ratio?, budget?, pass? }`,
// and add an entry here.

const FRAMEWORKS = [
  'express',
  'fastify',
  'koa',
  'nestjs-express',
  'nestjs-fastify',
  'hono',
  'fetch',
]

/**
 * Each part:
 *
 * - `name`: the name on the command line, and `group`: a name for several parts.
 * - `load`: imports the measurement. It runs after the build and the installation of the other libraries.
 * - `loadForGate`: the same for the gate, which measures fewer servers.
 * - `needsStage`: the measurement gets the stage of `guard/stage.mjs` as its first argument. The last argument is always
 *   the effort: how much to measure.
 */
export const PARTS = [
  ...FRAMEWORKS.map((name) => ({
    name,
    group: 'guard',
    needsStage: true,
    load: async () => (await import('./guard/measure.mjs')).measureFramework(name),
    loadForGate: async () => (await import('./guard/measure.mjs')).measureForGate(name),
  })),
  {
    name: 'next',
    group: 'guard',
    needsStage: true,
    load: async () => (await import('./next/measure.mjs')).measureNext,
    loadForGate: async () => (await import('./next/measure.mjs')).measureNextForGate,
  },
  {
    name: 'redis',
    needsStage: true,
    load: async () => (await import('./stores/measure.mjs')).measureRedis,
  },
  {
    name: 'postgres',
    needsStage: true,
    load: async () => (await import('./stores/measure.mjs')).measurePostgres,
  },
  {
    name: 'api',
    load: async () => (await import('./api/measure.mjs')).measureApi,
    loadForGate: async () => (await import('./api/measure.mjs')).measureApiForGate,
  },
  {
    name: 'cold-start',
    needsStage: true,
    load: async () => (await import('./cold-start/measure.mjs')).measureColdStart,
  },
  {
    name: 'size',
    load: async () => (await import('./size/measure.mjs')).measureSize,
  },
]

/** How much each measurement measures. */
export const EFFORT = {
  rounds: 15,
  instances: 3,
  requests: 10_000,
  warmUp: 20_000,
  sessions: 50_000,
}

/** The effort of `--quick`, which only shows that everything works. */
export const QUICK_EFFORT = {
  rounds: 3,
  instances: 1,
  requests: 200,
  warmUp: 200,
  sessions: 500,
  users: 20,
  crowd: 500,
}

/** The effort of the gate, which looks for large losses only. */
export const GATE_EFFORT = { rounds: 5, instances: 1, requests: 10_000, warmUp: 5000 }

/**
 * Returns the parts with the given names or groups.
 *
 * @throws when a name is unknown.
 */
export function findParts(names) {
  return names.flatMap((name) => {
    const found = PARTS.filter((part) => part.name === name || part.group === name)
    if (found.length > 0) return found
    const known = new Set(PARTS.flatMap((part) => [part.name, part.group ?? part.name]))
    throw new Error(`Unknown measurement ${name}. Choose from: ${[...known].join(', ')}.`)
  })
}

/**
 * Runs parts one after the other. Parts that need a stage use the same one.
 *
 * @returns The rows of each part, by the name of the part.
 */
export async function measureParts(parts, effort) {
  const rows = new Map()
  const measure = async ({ name, load }, ...setup) => {
    const started = performance.now()
    const measurePart = await load()
    rows.set(name, await measurePart(...setup, effort))
    console.error(`Measured: ${name}, ${((performance.now() - started) / 1000).toFixed(1)} s`)
  }
  const staged = parts.filter(({ needsStage }) => needsStage)
  if (staged.length > 0) {
    const { setStage } = await import('./guard/stage.mjs')
    const stage = await setStage(effort)
    try {
      for (const part of staged) await measure(part, stage)
    } finally {
      await stage.close()
    }
  }
  for (const part of parts) if (!part.needsStage) await measure(part)
  return rows
}
