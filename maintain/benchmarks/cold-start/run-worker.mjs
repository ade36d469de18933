import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { build } from 'esbuild'
import { createVisitor } from '../guard/visitor.mjs'
import { programs } from './install.mjs'

const { default: workerd } = createRequire(import.meta.url)('workerd')

/** Bundles a program for workerd, as a deployment to Cloudflare Workers does. Returns the configuration of workerd. */
export async function bundleWorker(program, setup) {
  const folder = `${programs}workers/${program}/`
  mkdirSync(folder, { recursive: true })
  const { outputFiles } = await build({
    entryPoints: [`${programs}worker.mjs`],
    alias: { program: `${programs}${program}.mjs` },
    define: { COLD_START_SETUP: JSON.stringify(setup) },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['workerd', 'worker', 'browser'],
    logLevel: 'error',
  })
  writeFileSync(`${folder}worker.js`, outputFiles[0].contents)
  copyFileSync(`${programs}worker.capnp`, `${folder}worker.capnp`)
  return `${folder}worker.capnp`
}

/** Starts workerd with a bundle, and returns the CPU times of its start and of its first request. */
export async function runWorker(configuration, step, { headers, status }) {
  const child = spawn(workerd, ['serve', '--control-fd=3', configuration], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  })
  try {
    const [chunk] = await Promise.race([once(child.stdio[3], 'data'), failed(child)])
    const { port } = JSON.parse(String(chunk).split('\n')[0])
    const started = cpuOf(child.pid)
    const visitor = createVisitor(`http://127.0.0.1:${port}`, { cookies: headers[step].cookie })
    const response = await visitor.navigate('/')
    const times = { import: started, request: cpuOf(child.pid) - started }
    if (response.status !== status[step])
      throw new Error(`workerd responded with ${response.status}: ${response.body}`)
    return times
  } finally {
    child.kill('SIGKILL')
  }
}

async function failed(child) {
  const [code] = await once(child, 'exit')
  throw new Error(`workerd ended with ${code}.`)
}

/** Returns the CPU time of all threads of a process in milliseconds. A worker cannot measure its own time. */
function cpuOf(pid) {
  const threads = readdirSync(`/proc/${pid}/task`)
  const nanoseconds = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  )
  return nanoseconds.reduce((sum, time) => sum + time, 0) / 1e6
}
