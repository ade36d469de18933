/**
 * Prints where a process spent its time, by package and by function.
 *
 * @param profile - The content of a file that `--cpu-prof` wrote.
 * @param requests - The number of requests, by which the times are divided.
 */
export function reportProfile(title, { nodes, samples, timeDeltas }, requests) {
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
    `${title}: ${(busy / requests).toFixed(1)} µs of JavaScript per request, including compilation`,
  )
  const print = (heading, times, limit) => printTimes(heading, times, { limit, requests })
  print('By room', lines, 20)
  print('Own functions, self time', filter(own, 'identity-web/'), 30)
  print('All functions, self time', own, 20)
  printFlame(byId, { samples, timeDeltas, requests })
}

/** A function with less is part of its caller in the flame graph. */
const SMALLEST_FLAME = 0.2

/** Prints the time of each guard with everything that it calls, as a tree. The handler of the application is not included. */
function printFlame(byId, { samples, timeDeltas, requests }) {
  const parents = new Map()
  for (const { id, children = [] } of byId.values())
    for (const child of children) parents.set(child, id)
  const root = { time: 0, children: new Map() }
  samples.forEach((id, index) => {
    const frames = []
    for (let at = id; at !== undefined; at = parents.get(at)) frames.unshift(byId.get(at).callFrame)
    const start = frames.findIndex(({ url }) => GUARDS.test(url))
    if (start === -1 || frames.some(({ functionName }) => functionName === 'sendPage')) return
    let node = root
    node.time += timeDeltas[index]
    for (const { functionName, url } of frames.slice(start)) {
      const name = `${functionName || '(anonymous)'} ${roomOf(functionName, url)}`
      if (!node.children.has(name)) node.children.set(name, { time: 0, children: new Map() })
      node = node.children.get(name)
      node.time += timeDeltas[index]
    }
  })
  console.log('\nFlame graph of the guard, µs per request and share')
  const print = ({ children }, depth) => {
    for (const [name, node] of [...children].toSorted(([, a], [, b]) => b.time - a.time)) {
      const time = node.time / requests
      if (time < SMALLEST_FLAME) continue
      const share = `${Math.round((node.time / root.time) * 100)} %`
      console.log(
        `${time.toFixed(2).padStart(8)} ${share.padStart(5)}  ${'  '.repeat(depth)}${name}`,
      )
      print(node, depth + 1)
    }
  }
  print(root, 0)
}

const GUARDS = /packages\/identity-web\/|node_modules\/fast-jwt\//

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

function printTimes(title, map, { limit, requests }) {
  console.log(`\n${title}, µs per request`)
  const sorted = [...map].toSorted(([, a], [, b]) => b - a).slice(0, limit)
  for (const [name, time] of sorted) {
    console.log(`${(time / requests).toFixed(2).padStart(8)}  ${name}`)
  }
}
