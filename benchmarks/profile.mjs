import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rawRequest, sendLoad } from './guard/load.mjs'
import { setStage } from './guard/stage.mjs'

// node benchmarks/profile.mjs [guard|token|crowd]: where a server of ours spends its time, by the line of dist.
// The build must be there (npm run bench -- --quick).

const REQUESTS = 30_000
const what = process.argv[2] ?? 'guard'

const folder = mkdtempSync(join(tmpdir(), 'identity-web-profile-'))
const stage = await setStage()
try {
  const server = await stage.start('identity-web', {
    execArgv: ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=200'],
  })
  const cookies = what === 'crowd' ? stage.crowd : stage.cookies
  const path = what === 'token' ? '/token/0' : '/'
  const requests = cookies.map((cookie) => rawRequest(path, cookie))
  await sendLoad(server.ready.port, requests, { count: REQUESTS })
  await server.stop()
  report(JSON.parse(readFileSync(join(folder, readdirSync(folder)[0]), 'utf8')))
} finally {
  rmSync(folder, { recursive: true, force: true })
  await stage.close()
}

function report({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const own = new Map()
  const lines = new Map()
  let busy = 0
  samples.forEach((id, index) => {
    const { functionName, url, lineNumber } = byId.get(id).callFrame
    if (functionName === '(idle)' || functionName === '(program)') return
    busy += timeDeltas[index]
    const place = `${functionName || '(anonymous)'} ${shorten(url)}:${lineNumber + 1}`
    add(own, place, timeDeltas[index])
    add(lines, roomOf(functionName, url), timeDeltas[index])
  })
  console.log(
    `${what}: ${(busy / REQUESTS).toFixed(1)} µs of JavaScript per request, compiling included`,
  )
  print('By room', lines, 20)
  print('Own functions, self time', filter(own, 'identity-web/'), 30)
  print('All functions, self time', own, 20)
}

function roomOf(functionName, url) {
  if (functionName === '(garbage collector)') return functionName
  if (url.includes('packages/identity-web')) return 'identity-web'
  return (
    /node_modules\/((@[^/]+\/)?[^/]+)/.exec(url)?.[1] ??
    (url.startsWith('node:') ? 'node' : 'other')
  )
}

function shorten(url) {
  return url.replace(/^file:\/\/.*\/(node_modules|packages)\//, '').replace('/dist', '')
}

function filter(map, text) {
  return new Map([...map].filter(([name]) => name.includes(text)))
}

function add(map, key, value) {
  map.set(key, (map.get(key) ?? 0) + value)
}

function print(title, map, limit) {
  console.log(`\n${title}, µs per request`)
  const sorted = [...map].toSorted(([, a], [, b]) => b - a).slice(0, limit)
  for (const [name, time] of sorted) {
    console.log(`${(time / REQUESTS).toFixed(2).padStart(8)}  ${name}`)
  }
}
