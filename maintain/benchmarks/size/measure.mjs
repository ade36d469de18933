import { markedWorker, sizeOfEvaluated, sizeOfFile } from './bundle.mjs'
import { evaluatedByApi, evaluatedBySite, openProvider } from './stages.mjs'

/** Bytes of a worker with a guard that are evaluated before the first guarded request, over bare Hono. */
const BUDGET = 70_000
const SHOWN_MODULES = 12

const APPS = [
  { app: 'guard', over: 'bare Hono', budget: BUDGET },
  { app: 'api', over: 'bare Hono' },
  { app: 'fetch', over: 'an empty worker' },
]

/**
 * Measures the code that a worker of Cloudflare loads, after minification and gzip.
 *
 * @param only - The applications to measure. Without it, all are measured.
 */
export async function measureSize(only = APPS.map(({ app }) => app)) {
  const bare = await sizeOfFile('bare')
  const rows = [{ what: 'size: bare Hono', figure: kB(bare) }]
  const stage = await openProvider()
  try {
    for (const settings of APPS.filter(({ app }) => only.includes(app))) {
      const base = settings.over === 'bare Hono' ? bare : 0
      rows.push(...(await rowsOf(settings, { stage, base })))
    }
  } finally {
    await stage.close()
  }
  return rows
}

async function rowsOf({ app, over, budget }, { stage, base }) {
  const code = await markedWorker(app)
  const steps = await (app === 'api' ? evaluatedByApi : evaluatedBySite)(code, stage)
  const row = async (step, evaluated, limit) => {
    const { bytes, modules } = await sizeOfEvaluated(app, evaluated)
    const size = bytes - base
    return {
      modules,
      row: {
        what: `size: ${app} over ${over}, ${step}`,
        figure: kB(size),
        bytes: size,
        isExact: true,
        ...(limit !== undefined && { budget: `≤ ${kB(limit)}`, pass: size <= limit }),
      },
    }
  }
  const start = await row('evaluated at the start', steps.start)
  const guarded = await row(
    'evaluated with the first guarded request',
    union(steps.start, steps.guarded),
    budget,
  )
  reportModules(app, guarded.modules)
  const others = []
  for (const [step, name] of Object.entries(SITE_STEPS)) {
    if (steps[step] !== undefined) others.push((await row(name, steps[step])).row)
  }
  const whole = {
    what: `size: ${app} over ${over}, whole file`,
    figure: kB((await sizeOfFile(app)) - base),
  }
  return [start.row, guarded.row, ...others, whole]
}

/** The steps after the start, each with all modules that the worker has evaluated until then. */
const SITE_STEPS = {
  redirect: 'evaluated with the first redirect to the provider',
  callback: 'evaluated with the first sign-in',
  errorPage: 'evaluated with the first error page after it',
  signOut: 'evaluated with the first sign-out after it',
}

function reportModules(app, modules) {
  console.error(`The largest modules of ${app} at the first guarded request, minified:`)
  for (const { path, bytes } of modules.slice(0, SHOWN_MODULES)) {
    console.error(`${String(bytes).padStart(7)}  ${path}`)
  }
}

function union(...lists) {
  return [...new Set(lists.flat())]
}

function kB(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`
}
