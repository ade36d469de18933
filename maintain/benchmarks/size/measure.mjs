import { markedWorker, sizeOfEvaluated, sizeOfFile } from './bundle.mjs'
import { evaluatedBySite, openProvider } from './stages.mjs'

/** Bytes of a worker with a guard that are evaluated before the first guarded request, over bare Hono. */
const BUDGET = 70_000
const SHOWN_MODULES = 12

/** Measures the code that a worker of Cloudflare with Hono loads, after minification and gzip. */
export async function measureSize() {
  const base = await sizeOfFile('bare')
  const stage = await openProvider()
  try {
    const steps = await evaluatedBySite(await markedWorker('guard'), stage)
    const rows = [{ what: 'size: bare Hono', figure: kB(base) }]
    const add = async (step, evaluated, limit) => {
      const { bytes, modules } = await sizeOfEvaluated('guard', evaluated)
      const size = bytes - base
      rows.push({
        what: `size: guard over bare Hono, ${step}`,
        figure: kB(size),
        bytes: size,
        isExact: true,
        ...(limit !== undefined && { budget: `≤ ${kB(limit)}`, pass: size <= limit }),
      })
      return modules
    }
    await add('evaluated at the start', steps.start)
    const guarded = [...new Set([...steps.start, ...steps.guarded])]
    reportModules(await add('evaluated with the first guarded request', guarded, BUDGET))
    for (const [step, name] of Object.entries(STEPS)) await add(name, steps[step])
    const whole = kB((await sizeOfFile('guard')) - base)
    return [...rows, { what: 'size: guard over bare Hono, whole file', figure: whole }]
  } finally {
    await stage.close()
  }
}

/** The steps after the start, each with all modules that the worker has evaluated until then. */
const STEPS = {
  redirect: 'evaluated with the first redirect to the provider',
  callback: 'evaluated with the first sign-in',
  errorPage: 'evaluated with the first error page after it',
  signOut: 'evaluated with the first sign-out after it',
}

function reportModules(modules) {
  console.error('The largest modules at the first guarded request, minified:')
  for (const { path, bytes } of modules.slice(0, SHOWN_MODULES)) {
    console.error(`${String(bytes).padStart(7)}  ${path}`)
  }
}

function kB(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`
}
