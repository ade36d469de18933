// Loads a program, sends it one request, and prints the CPU time of both in milliseconds.
import { cpuUsage, argv, env } from 'node:process'

const [program, step] = argv.slice(2)
const { url, headers, status, ...setup } = JSON.parse(env.COLD_START)
// Node.js loads these classes at their first use. A server of `Request` and `Response` has them already.
const request = new Request(url, { headers: headers[step] })
await new Response('').text()

const started = now()
const { createApp } = await import(`./${program}.mjs`)
const imported = now()
const times = { import: imported - started }
if (step !== 'import') {
  const app = createApp(setup)
  const response = await app(request)
  times.request = now() - imported
  if (response.status !== status[step])
    throw new Error(`${program} responded with ${response.status}: ${await response.text()}`)
}
console.log(JSON.stringify(times))

function now() {
  const { user, system } = cpuUsage()
  return (user + system) / 1000
}
