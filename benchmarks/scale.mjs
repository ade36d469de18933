import { readFileSync, writeFileSync } from 'node:fs'

// node benchmarks/scale.mjs: writes the tables of docs/scale.md from the measured figures and the assumptions in
// scale.json. After new measurements, or for your own site, change scale.json and run it again.

const FILE = new URL('scale.json', import.meta.url)
const PAGE = new URL('../docs/scale.md', import.meta.url)

/**
 * Computes the load of a site in its busiest hour.
 *
 * @param figures - The measured figures, by their name in scale.json.
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

/** Returns the text of the page with new tables. */
export function writeTables(page, { figures, assumptions, machine }) {
  const scale = computeScale(valuesOf(figures), valuesOf(assumptions))
  const tables = {
    figures: [
      `Machine: ${machine}.\n`,
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
    (text, [name, rows]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->)[^]*(<!-- /${name} -->)`),
        (_whole, start, end) => `${start}\n\n${rows}\n\n${end}`,
      ),
    page,
  )
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
    ['the same, no session is in the cache', `${each} × its CPU`, count(cores.openCookie)],
    ['cores for the guard, sessions in Redis', `${each} × its CPU`, count(cores.guardRedis)],
    ['the same, no session is in the cache', `${each} × its CPU`, count(cores.openRedis)],
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

if (process.argv[1] === new URL(import.meta.url).pathname) {
  writeFileSync(
    PAGE,
    writeTables(readFileSync(PAGE, 'utf8'), JSON.parse(readFileSync(FILE, 'utf8'))),
  )
}
