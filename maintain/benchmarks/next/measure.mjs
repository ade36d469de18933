import { startChild } from '../child.mjs'
import { BARE, BARE_AGAIN, OURS, PAGES, PROBE } from '../guard/frameworks.mjs'
import { toRow } from '../guard/measure.mjs'
import { originOf } from '../guard/stage.mjs'
import { rawNavigation } from '../guard/visitor.mjs'
import { measureRounds } from '../server/rounds.mjs'
import { buildSite } from './build.mjs'

/** The folder of each route handler in the site. */
const ROUTES = {
  [BARE]: 'route',
  [BARE_AGAIN]: 'route',
  [PROBE]: 'probe-route',
  [OURS]: 'guarded-route',
}

/** Measures the guard of a route handler, compared with the same handler without the library. */
export function measureNext(stage, effort) {
  return measureRoutes(Object.keys(ROUTES), [''], stage, effort)
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
  for (const { name, path, base } of subjects) {
    const setup = { ...stage.setup, folder }
    const running = await startChild(new URL('server.mjs', import.meta.url), setup)
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
