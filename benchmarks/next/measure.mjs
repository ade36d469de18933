import { startChild } from '../child.mjs'
import { isWithin } from '../dispersion.mjs'
import { originOf } from '../guard/stage.mjs'
import { rawNavigation } from '../guard/visitor.mjs'
import { measureRounds, toFigures } from '../server/rounds.mjs'
import { buildSite } from './build.mjs'

/** The largest difference to the ratio of Express. */
const BUDGET = 0.1

const EXPRESS = 'Express'

/** Each page, with its base: the same page without the library. */
const SUBJECTS = [
  { name: `${EXPRESS}: bare`, server: 'bare', path: '/' },
  { name: `${EXPRESS}: identity-web`, server: 'identity-web', path: '/', base: `${EXPRESS}: bare` },
  { name: 'route handler: bare', path: '/route' },
  { name: 'route handler: bare again', path: '/route', base: 'route handler: bare' },
  { name: 'route handler: loginRequired', path: '/guarded-route', base: 'route handler: bare' },
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
export async function measureNext(stage, { rounds, requests, warmUp }) {
  const effort = { rounds, requests, warmUp, warmUpSeconds: 5 }
  const folder = buildSite()
  const subjects = []
  for (const { name, server, path, base = name } of SUBJECTS) {
    const running =
      server === undefined
        ? await startChild(new URL('server.mjs', import.meta.url), { ...stage.setup, folder })
        : await stage.start(server)
    await assertPage(originOf(running) + path, stage.cookies[0])
    const all = stage.cookies.map((cookie) => rawNavigation(path, cookie))
    subjects.push({ name, base, ...running, requests: all })
  }
  const measured = await measureRounds(subjects, effort)
  await Promise.all(subjects.map((subject) => subject.stop()))
  return toRows(measured)
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
