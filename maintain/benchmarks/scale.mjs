import { readFileSync, writeFileSync } from 'node:fs'
import { replaceBetween } from './report.mjs'
import { readResults } from './results.mjs'

// node maintain/benchmarks/scale.mjs: writes the figures of README.md and the tables of docs/evidence/scale.md. The figures come from results/,
// and the assumptions about a site from scale.json. `npm run bench -- report` does it too. For your own site, change
// scale.json and run it again.

const ASSUMPTIONS = new URL('scale.json', import.meta.url)
const PAGE = new URL('../../docs/evidence/scale.md', import.meta.url)
const README = new URL('../../README.md', import.meta.url)

/** The guard whose cost both pages name. */
const GUARD = { part: 'express', row: 'Express, cookies: identity-web' }

/**
 * The figures of the page by their name: what they are, the part that measures them, and how to read them.
 *
 * @param read - Functions that find a row of the part by the start of its name.
 */
const FIGURES = {
  guardCookie: {
    what: 'CPU that the guard adds to a request, session in cookies',
    unit: 'µs',
    part: GUARD.part,
    valueOf: ({ row }) => Math.round(row(GUARD.row).beyond),
  },
  guardRedis: {
    what: 'CPU that the guard adds to a request, session in Redis',
    unit: 'µs',
    part: 'crowd',
    valueOf: ({ number }) =>
      number('crowd: identity-web, 5000 users, in Redis, a cache for all', 'µs') -
      number('crowd: bare Express, an id of 54 bytes', 'µs'),
  },
  openCookie: {
    what: 'further CPU if the session is not in the cache, in cookies',
    unit: 'µs',
    part: 'crowd',
    valueOf: ({ number }) =>
      number('crowd: identity-web, 5000 users, 7.2 kB', 'µs') -
      number('crowd: identity-web, 200 users', 'µs'),
  },
  openRedis: {
    what: 'further CPU if the session is not in the cache, in Redis',
    unit: 'µs',
    part: 'crowd',
    valueOf: ({ number }) =>
      number('crowd: identity-web, 5000 users, in Redis, 54 bytes', 'µs') -
      number('crowd: identity-web, 5000 users, in Redis, a cache for all', 'µs'),
  },
  refresh: {
    what: 'CPU of a request that refreshes the session',
    unit: 'µs',
    part: 'memory',
    valueOf: ({ number }) => 1000 * number('memory: server, CPU of a request with a refresh', 'ms'),
  },
  signIn: {
    what: 'CPU of a sign-in, redirect and callback',
    unit: 'µs',
    part: 'memory',
    valueOf: ({ number }) => 1000 * number('memory: server, CPU of a sign-in', 'ms'),
  },
  redisRequest: {
    what: 'CPU of Redis for a request',
    unit: 'µs',
    part: 'memory',
    valueOf: ({ number }) => number('memory: Redis, commands of a request', 'µs'),
  },
  redisRefresh: {
    what: 'CPU of Redis for a request that refreshes',
    unit: 'µs',
    part: 'memory',
    valueOf: ({ number }) => number('memory: Redis, commands of a request with a refresh', 'µs'),
  },
  redisSignIn: {
    what: 'CPU of Redis for a sign-in',
    unit: 'µs',
    part: 'memory',
    valueOf: ({ number }) => number('memory: Redis, commands of a sign-in', 'µs'),
  },
  redisSession: {
    what: 'memory of Redis for a session',
    unit: 'kB',
    part: 'memory',
    valueOf: ({ number }) => toTenths(number('memory: Redis, a session of', 'kB')),
  },
  record: {
    what: 'bytes that a request reads from Redis',
    unit: 'kB',
    part: 'memory',
    valueOf: ({ row }) =>
      toTenths(/(\d+) characters/.exec(row('memory: Redis, its user and times').what)[1] / 1000),
  },
  cookies: {
    what: 'cookies in a request',
    unit: 'kB',
    part: GUARD.part,
    valueOf: ({ row }) => toTenths(row(GUARD.row).cookieCharacters / 1000),
  },
  cacheCookie: {
    what: 'memory of a cached session with its tokens, in cookies',
    unit: 'kB',
    part: 'memory',
    valueOf: ({ number }) => number('memory: cache, a session with its tokens in cookies', 'kB'),
  },
  cacheRedis: {
    what: 'memory of a cached session with its tokens, in Redis',
    unit: 'kB',
    part: 'memory',
    valueOf: ({ number }) => number('memory: cache, a session with its tokens in Redis', 'kB'),
  },
}

/** Returns the figures of a stored result as entries of the page. */
function readFigures({ parts }) {
  return Object.fromEntries(
    Object.entries(FIGURES).map(([name, { what, unit, part, valueOf }]) => {
      const row = (start) => {
        const rows = parts[part].rows
        const found =
          rows.find((one) => one.what === start) ?? rows.find((one) => one.what.startsWith(start))
        if (found === undefined) throw new Error(`The part ${part} has no row ${start}.`)
        return found
      }
      const number = (start, measured) =>
        Number(new RegExp(`([\\d.]+) ${measured}`).exec(row(start).figure)[1])
      const value = valueOf({ row, number })
      return [name, { what, unit, value, command: `npm run -C maintain bench -- ${part}` }]
    }),
  )
}

function toTenths(value) {
  return Number(value.toFixed(1))
}

/** Returns the text of README.md with the figures of all stored results. */
export function writeGuardTimes(text, results) {
  const times = results.map(({ node, parts }) => {
    const { beyond } = parts[GUARD.part].rows.find(({ what }) => what === GUARD.row)
    return `${Math.round(beyond)} µs on Node.js ${node.slice(1).split('.', 1)[0]}`
  })
  return replaceBetween(text, commentsOf('guard times'), times.join(' and '))
}

/**
 * Computes the load of a site in its busiest hour.
 *
 * @param figures - The measured figures, by their name in `FIGURES`.
 * @param assumptions - The assumptions about the site.
 */
export function computeScale(figures, assumptions) {
  const { sessions, active, requests, tokenLife, sessionLength, handler, busy } = assumptions
  const activeUsers = (sessions * active) / 100
  const perSecond = (timesInAnHour) => (activeUsers * timesInAnHour) / 3600
  const rates = {
    requests: perSecond(requests),
    refreshes: perSecond(1 / tokenLife),
    signIns: perSecond(1 / sessionLength),
  }
  const rare = rates.refreshes * figures.refresh + rates.signIns * figures.signIn
  const cores = (microseconds) => microseconds / 1e6
  const usable = (busy / 100) * 1e6
  const forUser = (guard) =>
    (requests * (guard + handler) + figures.refresh / tokenLife + figures.signIn / sessionLength) /
    3600
  const redis = {
    requests: rates.requests * figures.redisRequest,
    rare: rates.refreshes * figures.redisRefresh + rates.signIns * figures.redisSignIn,
  }
  return {
    activeUsers,
    rates,
    cores: {
      handler: cores(rates.requests * handler),
      guardCookie: cores(rates.requests * figures.guardCookie),
      guardRedis: cores(rates.requests * figures.guardRedis),
      openCookie: cores(rates.requests * figures.openCookie),
      openRedis: cores(rates.requests * figures.openRedis),
      rare: cores(rare),
      redis: cores(redis.requests + redis.rare),
    },
    usersOfACore: {
      cookies: usable / forUser(figures.guardCookie),
      redis: usable / forUser(figures.guardRedis),
    },
    sessionsOfARedis: (usable / (redis.requests + redis.rare)) * sessions,
    redisGigabytes: (sessions * figures.redisSession) / 1e6,
    redisMegabitsPerSecond: (rates.requests * figures.record * 8) / 1000,
    cookieMegabitsPerSecond: (rates.requests * figures.cookies * 8) / 1000,
  }
}

/**
 * Returns the text of the page with new tables.
 *
 * @param result - The stored result of Node.js 20.
 * @param assumptions - The content of scale.json.
 */
export function writeTables(page, result, assumptions) {
  const figures = readFigures(result)
  const { node, machine, parts } = result
  const used = [...new Set(Object.values(FIGURES).map(({ part }) => parts[part].date))]
  const dates = used.toSorted((a, b) => a.localeCompare(b)).join(', ')
  const scale = computeScale(valuesOf(figures), valuesOf(assumptions))
  const tables = {
    figures: [
      `Node.js ${node.slice(1)}, ${machine}, measured on ${dates}.\n`,
      table(
        ['figure', 'value', 'command'],
        describe(figures, ({ command }) => [`\`${command}\``]),
      ),
    ].join('\n'),
    assumptions: table(
      ['assumption', 'value'],
      describe(assumptions, () => []),
    ),
    results: table(['result', 'arithmetic', 'value'], resultRows(scale, valuesOf(assumptions))),
  }
  return Object.entries(tables).reduce(
    (text, [name, rows]) => replaceBetween(text, commentsOf(name), `\n\n${rows}\n\n`),
    page,
  )
}

function commentsOf(name) {
  return [`<!-- ${name} -->`, `<!-- /${name} -->`]
}

function resultRows(scale, { sessions, active, requests, tokenLife, sessionLength, busy }) {
  const { activeUsers, rates, cores } = scale
  const count = (value) => Number(value.toPrecision(2)).toLocaleString('en')
  const users = count(activeUsers)
  const each = `${count(rates.requests)} requests`
  return [
    ['active users', `${count(sessions)} × ${active} %`, users],
    ['requests in a second', `${users} × ${requests} ÷ 3600`, count(rates.requests)],
    ['refreshes in a second', `${users} ÷ ${tokenLife} h ÷ 3600`, count(rates.refreshes)],
    ['sign-ins in a second', `${users} ÷ ${sessionLength} h ÷ 3600`, count(rates.signIns)],
    ['cores for your code', `${each} × your CPU`, count(cores.handler)],
    ['cores for the guard, sessions in cookies', `${each} × its CPU`, count(cores.guardCookie)],
    ['further cores if no session is in the cache', `${each} × its CPU`, count(cores.openCookie)],
    ['cores for the guard, sessions in Redis', `${each} × its CPU`, count(cores.guardRedis)],
    ['further cores if no session is in the cache', `${each} × its CPU`, count(cores.openRedis)],
    [
      'cores for refreshes and sign-ins',
      `${count(rates.refreshes)} × CPU of a refresh + ${count(rates.signIns)} × CPU of a sign-in`,
      count(cores.rare),
    ],
    ['cores of Redis', 'requests, refreshes and sign-ins × their CPU in Redis', count(cores.redis)],
    [
      'memory of Redis',
      `${count(sessions)} × memory of a session`,
      `${count(scale.redisGigabytes)} GB`,
    ],
    [
      'traffic of Redis',
      `${each} × bytes that a request reads`,
      `${count(scale.redisMegabitsPerSecond)} Mbit/s`,
    ],
    [
      'traffic of cookies, sessions in cookies',
      `${each} × cookies in a request`,
      `${count(scale.cookieMegabitsPerSecond)} Mbit/s`,
    ],
    [
      '**active users of one core, sessions in cookies**',
      `${busy} % of a second ÷ the CPU of a user in a second`,
      `**${count(scale.usersOfACore.cookies)}**`,
    ],
    [
      '**active users of one core, sessions in Redis**',
      `${busy} % of a second ÷ the CPU of a user in a second`,
      `**${count(scale.usersOfACore.redis)}**`,
    ],
    [
      '**sessions of one Redis, by its CPU**',
      `${count(sessions)} × ${busy} % ÷ cores of Redis`,
      `**${count(scale.sessionsOfARedis)}**`,
    ],
  ]
}

function describe(entries, more) {
  return Object.values(entries).map((entry) => [
    entry.what,
    `${entry.value.toLocaleString('en')} ${entry.unit}`.trim(),
    ...more(entry),
  ])
}

function valuesOf(entries) {
  return Object.fromEntries(Object.entries(entries).map(([name, { value }]) => [name, value]))
}

function table(head, rows) {
  const lines = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column].length)))
  const [first, ...body] = lines.map(
    (line) => `| ${line.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`,
  )
  return [first, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body].join('\n')
}

/** Writes the figures of the stored results into README.md and docs/evidence/scale.md. */
export function writePages() {
  const results = readResults()
  const assumptions = JSON.parse(readFileSync(ASSUMPTIONS, 'utf8'))
  rewrite(README, (text) => writeGuardTimes(text, results))
  rewrite(PAGE, (text) => writeTables(text, results[0], assumptions))
}

function rewrite(file, write) {
  writeFileSync(file, write(readFileSync(file, 'utf8')))
}

if (process.argv[1] === new URL(import.meta.url).pathname) writePages()
