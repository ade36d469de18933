import { dispersionOf } from './statistics.mjs'

// All budgets of the benchmarks. A budget of a ratio is met if the ratio is within the dispersion of bare against bare in
// the same run.

export const BUDGETS = {
  /** Microseconds for an access token from a session, beyond the guard. */
  accessToken: 10,
  /** Microseconds for an access token from `azureCredential(context)`, beyond `auth.getTokenForUser()`. */
  azureCredential: 2,
  /** The ratio of our import to the import of openid-client. */
  import: 1.2,
  /** The packages that an application installs with ours. */
  packages: 3,
  /** Milliseconds until the development provider is ready. */
  providerStart: 150,
  /** Milliseconds of a session in a test. */
  testSession: 5,
  /**
   * Bytes per sign-in that remain after `provider.reset()` and a garbage collection. The code that Node.js compiles is
   * part of the heap, so it grows a little. The tokens of a sign-in would be more than 5000 bytes.
   */
  testSessionLeak: 1000,
}

/** Nanoseconds of a call by the name of the function in micro.mjs. */
export const NANOSECONDS = {
  'cross-site check: GET': 300,
  'cross-site check: POST of this site': 300,
  'cross-site check: POST with trusted origins': 300,
  'cross-site check: POST in an old browser': 300,
  'role check: one role of five': 500,
  'event without a listener': 200,
  'event below the level of the default log': 200,
  'guard of McpAuth, over that of ApiAuth': 3000,
}

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
  'Express, PostgreSQL: identity-web': overProbe(1.15),
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
  'either, session: orBearer': overRow('either, session: loginRequired', 0.05),
  'either, bearer: orBearer': overRow('either, bearer: authorizationRequired', 0.05),
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
