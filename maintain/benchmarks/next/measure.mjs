import { startChild } from '../child.mjs'
import { isWithin } from '../dispersion.mjs'
import { BARE, BARE_AGAIN, OURS, PAGES, PROBE } from '../guard/frameworks.mjs'
import { toRow } from '../guard/measure.mjs'
import { originOf } from '../guard/stage.mjs'
import { rawNavigation } from '../guard/visitor.mjs'
import { measureRounds, toFigures } from '../server/rounds.mjs'
import { buildSite } from './build.mjs'

/** The largest difference to the ratio of Express. */
const BUDGET = 0.1

const EXPRESS = 'Express'

/** The folder of each route handler in the site. */
const ROUTES = {
  [BARE]: 'route',
  [BARE_AGAIN]: 'route',
  [PROBE]: 'probe-route',
  [OURS]: 'guarded-route',
}

/** Each page, with its base: the same page without the library. */
const SUBJECTS = [
  { name: `${EXPRESS}: bare`, server: 'bare', path: '/' },
  { name: `${EXPRESS}: identity-web`, server: 'identity-web', path: '/', base: `${EXPRESS}: bare` },
  { name: 'page: bare', path: '/page' },
  { name: 'page: bare again', path: '/page', base: 'page: bare' },
  { name: 'page: loginRequired.page', path: '/guarded-page', base: 'page: bare' },
  { name: 'page with a proxy: bare', path: '/bare-proxy' },
  { name: 'page with a proxy: bare again', path: '/bare-proxy', base: 'page with a proxy: bare' },
  { name: 'page with a proxy: auth.proxy', path: '/proxy', base: 'page with a proxy: bare' },
  {
    name: 'page with a proxy: auth.proxy and loginRequired.page',
    path: '/guarded-proxy',
    base: 'page with a proxy: bare',
  },
]

/** Measures the guards of Next.js and its proxy, compared with the same pages without the library. */
export async function measureNext(stage, effort) {
  const routes = await measureRoutes(Object.keys(ROUTES), [''], stage, effort)
  return [...routes, ...toRows(await measure(SUBJECTS, stage, effort))]
}

/** Measures our guard beside the probe for the gate, on each page. */
export function measureNextForGate(stage, effort) {
  return measureRoutes([BARE, PROBE, OURS], Object.keys(PAGES), stage, effort)
}

/** @param ends - The ends of the groups, by which `PAGES` contains the pages. */
async function measureRoutes(labels, ends, stage, effort) {
  const rows = []
  for (const end of ends) {
    const group = `Next.js, cookies${end}`
    const page = PAGES[end] === '/' ? '/json' : PAGES[end]
    const subjects = labels.map((label) => ({
      group,
      label,
      name: `${group}: ${label}`,
      path: `/${ROUTES[label]}${page}`,
      base: `${group}: ${BARE}`,
      cookieCharacters: stage.cookies[0].length,
    }))
    const measured = await measure(subjects, stage, effort)
    rows.push(...subjects.map((subject) => toRow(subject, measured)))
  }
  return rows
}

async function measure(subjects, stage, { rounds, requests, warmUp }) {
  const folder = buildSite()
  const started = []
  for (const { name, server, path, base = name } of subjects) {
    const running =
      server === undefined
        ? await startChild(new URL('server.mjs', import.meta.url), { ...stage.setup, folder })
        : await stage.start(server)
    await assertPage(originOf(running) + path, stage.cookies[0])
    const all = stage.cookies.map((cookie) => rawNavigation(path, cookie))
    started.push({ name, base, ...running, requests: all })
  }
  const measured = await measureRounds(started, { rounds, requests, warmUp, warmUpSeconds: 5 })
  await Promise.all(started.map((subject) => subject.stop()))
  return measured
}

// Next.js can send status 200 before a page is ready, so the status alone does not show that the guard worked.
async function assertPage(url, cookie) {
  const body = await (await fetch(url, { headers: { cookie } })).text()
  if (!/Alexandra Rivera-Lindqvist \d{5}/.test(body)) throw new Error(`${url} returned: ${body}`)
}

function toRows(measured) {
  const ratioOf = ({ name }) => toFigures(measured.get(name)).ratio
  const express = ratioOf(SUBJECTS[1])
  const limit = express.median + BUDGET
  return SUBJECTS.map((subject) => {
    const { name, base } = subject
    const over = ratioOf(subject)
    const again = SUBJECTS.find((other) => other.name === `${base} again`)
    const isMeasured = again !== undefined && again !== subject
    return {
      what: `Next.js: ${name}`,
      ...toFigures(measured.get(name)),
      ...(isMeasured && {
        budget: `≤ ${limit.toFixed(2)} × (Express + ${BUDGET})`,
        pass: isWithin(over, limit, ratioOf(again)),
      }),
    }
  })
}
