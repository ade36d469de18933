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

function printTimes(title, map, { limit, requests }) {
  console.log(`\n${title}, µs per request`)
  const sorted = [...map].toSorted(([, a], [, b]) => b - a).slice(0, limit)
  for (const [name, time] of sorted) {
    console.log(`${(time / requests).toFixed(2).padStart(8)}  ${name}`)
  }
}
