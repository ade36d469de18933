import { dispersionOf } from './statistics.mjs'

// The budgets of ratios. One is met if the ratio is within the dispersion of bare against bare in the same run.

/** A small guard is allowed these microseconds where a bare request needs less than `FAST_REQUEST`. */
const FEW_MICROSECONDS = 5
const FAST_REQUEST = 30

/**
 * The budgets of ratios by the name of the row. The part before the colon is the group. The pages of the gate have the same
 * budgets.
 */
const RATIOS = {
  'Express, cookies: identity-web': atMost(1.2),
  'Express, store: identity-web': overRow('Express, store: probe', 0.06),
  'Fastify, cookies: identity-web': atMost(1.35),
  'Fastify, store: identity-web': atMost(1.2),
  'Hono, cookies: identity-web': overProbe(1.15),
  'Hono, store: identity-web': overProbe(1.15),
  'fetch, cookies: identity-web': overProbe(1.15),
  'fetch, store: identity-web': overProbe(1.15),
  'Koa, cookies: identity-web': nearExpress('cookies'),
  'Koa, store: identity-web': nearExpress('store'),
  'NestJS on Express, cookies: identity-web': nearExpress('cookies'),
  'NestJS on Express, store: identity-web': nearExpress('store'),
  'NestJS on Fastify, cookies: identity-web': nearExpress('cookies'),
  'NestJS on Fastify, store: identity-web': nearExpress('store'),
  'Next.js, cookies: identity-web': nearExpress('cookies'),
  'API, same token: identity-web': overRow(
    'API, same token: probe: a Map of verified tokens',
    0.05,
  ),
  'API, new tokens: identity-web': overRow('API, new tokens: fast-jwt, without', 0.05),
  'API, new tokens: identity-web, with a cache for all tokens': overRow(
    'API, new tokens: probe: a Map of verified tokens',
    0.06,
  ),
}

/**
 * Adds budgets and results to the rows of a run.
 *
 * @param known - Rows of earlier runs. A budget relative to another row uses them if this run did not measure that row.
 * @returns The rows. `dispersion` is that of the row's group, `budget` describes the budget, `pass` is the result, and
 *   `isWithinDispersion` says that the result depends on the dispersion. `use` is 1 for a row at its budget, and 2 for a row
 *   at twice its budget.
 */
export function judge(rows, known = []) {
  const all = new Map([...known, ...rows].map((row) => [row.what, row]))
  const dispersions = new Map(
    rows
      .filter(({ what }) => /^bare\b.*\bagain\b/.test(labelOf(what)))
      .map(({ what, ratio }) => [groupOf(what), dispersionOf(ratio)]),
  )
  return rows.map((row) => {
    const dispersion = dispersions.get(groupOf(row.what))
    const [page = ''] = PAGE.exec(row.what) ?? []
    const find = (what) => all.get(what.replace(': ', `${page}: `))
    const budget = RATIOS[row.what.replace(PAGE, '')]
    const result = budget?.(row, { find, dispersion: dispersion ?? 0 })
    return { ...row, ...(dispersion !== undefined && { dispersion }), ...result }
  })
}

/** The end of a group that measures another page than JSON. */
const PAGE = /, (?:text|HTML)(?=: )/

/** The line of Node.js for which the budgets that are relative to another program are meant. */
const LINE_OF_RATIOS = 'v20.'

/**
 * Removes the budgets that do not apply to a version of Node.js. A newer Node.js makes a bare request cheaper than a guard,
 * so the same microseconds are a larger ratio. Absolute budgets apply to every version.
 */
export function withApplicableBudgets(rows, version = process.version) {
  if (version.startsWith(LINE_OF_RATIOS)) return rows
  return rows.map((row) => {
    if (row.budget === undefined || !/×|more/.test(row.budget)) return row
    const {
      budget: _budget,
      pass: _pass,
      isWithinDispersion: _dispersion,
      use: _use,
      ...rest
    } = row
    return rest
  })
}

/** Returns the part of a row's name before the colon, which is the same for all rows that are compared. */
export function groupOf(what) {
  return what.includes(': ') ? what.slice(0, what.indexOf(': ')) : ''
}

/** Returns the part of a row's name after the colon. */
export function labelOf(what) {
  return what.includes(': ') ? what.slice(what.indexOf(': ') + 2) : what
}

function atMost(limit) {
  return ({ ratio }, { dispersion }) => ({
    budget: `≤ ${limit.toFixed(2)} ×`,
    ...compare(ratio.median, limit, dispersion),
  })
}

/** The ratio to the probe of the same kind in the same run. */
function overProbe(limit) {
  return ({ overProbe: ratio }, { dispersion }) => ({
    budget: `≤ ${limit.toFixed(2)} × probe`,
    ...compare(ratio.median, limit, dispersion),
  })
}

/** The ratio of another row of the same run, plus a difference. */
function overRow(other, difference) {
  return ({ ratio }, { find, dispersion }) => {
    const base = find(other)
    if (base === undefined) return undefined
    const limit = base.ratio.median + difference
    return {
      budget: `≤ ${limit.toFixed(2)} × (${labelOf(other)} + ${difference.toFixed(2)})`,
      ...compare(ratio.median, limit, dispersion),
    }
  }
}

/** The ratio on Express plus 0.10. */
function nearExpress(session) {
  return ({ ratio, base, beyond }, { find, dispersion }) => {
    const express = find(`Express, ${session}: identity-web`)
    if (express === undefined) return undefined
    const limit = express.ratio.median + 0.1
    const budget = `≤ ${limit.toFixed(2)} × (Express + 0.10)`
    const result = compare(ratio.median, limit, dispersion)
    if (base >= FAST_REQUEST) return { budget, ...result }
    const alternative = `${budget} or + ${FEW_MICROSECONDS} µs`
    const use = Math.min(result.use, beyond / FEW_MICROSECONDS)
    return beyond <= FEW_MICROSECONDS
      ? { budget: alternative, pass: true, use }
      : { budget, ...result, use }
  }
}

function compare(value, limit, dispersion) {
  const pass = value <= limit + dispersion
  return { pass, isWithinDispersion: pass && value > limit, use: value / limit }
}
