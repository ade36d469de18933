import { spawn } from 'node:child_process'
import { createServer, request as forward } from 'node:http'
import { join } from 'node:path'
import { close, listen } from '../../support/site.ts'
import type { Tools } from './proof.ts'
import type { World } from './world.ts'

export interface ScenarioReport {
  readonly name: string
  readonly result: 'passed' | 'failed'
  readonly note?: string
}

export interface ConformanceReport {
  readonly version: string
  readonly scenarios: readonly ScenarioReport[]
}

const REVISION = '2026-07-28'

/** Runs every scenario of the suite for servers at the server with its fixtures, behind the guard. */
export async function runConformance(
  world: World,
  { node, packages, scenario = '' }: Tools,
): Promise<ConformanceReport> {
  const program = join(packages, '@modelcontextprotocol/conformance/dist/index.js')
  const version = (await run(node, [program, '--version'])).output.trim()
  console.log(`@modelcontextprotocol/conformance ${version}`)
  const { output: listed } = await run(node, [
    program,
    'list',
    '--server',
    '--requirements',
    REVISION,
  ])
  const names = scenariosIn(listed).filter((name) => name.includes(scenario))
  const proxy = await startTokenProxy(world)
  const scenarios: ScenarioReport[] = []
  try {
    for (const name of names) {
      const { code, output } = await run(node, [
        program,
        'server',
        '--url',
        proxy.url,
        '--scenario',
        name,
        '--spec-version',
        REVISION,
      ])
      const failed = /^.*(✗|FAILURE).*$/m.exec(output)?.[0].trim()
      const report: ScenarioReport =
        code === 0
          ? { name, result: 'passed' }
          : { name, result: 'failed', note: failed ?? output.slice(-300) }
      console.log(
        `  ${code === 0 ? '✓' : '✗'} ${name}${report.note === undefined ? '' : `: ${report.note}`}`,
      )
      scenarios.push(report)
    }
  } finally {
    await proxy.close()
  }
  return { version, scenarios }
}

function scenariosIn(listed: string): readonly string[] {
  const own = listed.split('Client scenarios')[0] ?? ''
  return [...own.matchAll(/^ {2}- (\S+)$/gm)].map(([, name = '']) => name)
}

/** The suite cannot send a token, so a proxy adds it. It leaves `Host` and `Origin` as they are, because the guard checks them. */
async function startTokenProxy({
  fixtures,
  provider,
}: World): Promise<{ url: string; close(): Promise<void> }> {
  const token = await provider.accessToken({
    as: 'alex',
    api: fixtures.href,
    scopes: ['Tools.Use'],
  })
  const server = createServer((req, res) => {
    const target = forward(
      {
        host: 'localhost',
        port: fixtures.port,
        path: req.url,
        method: req.method,
        headers: { ...req.headers, authorization: `Bearer ${token}` },
      },
      (response) => {
        res.writeHead(response.statusCode ?? 502, response.headers)
        response.pipe(res)
      },
    )
    target.on('error', () => res.destroy())
    res.on('close', () => target.destroy())
    req.pipe(target)
  })
  const origin = await listen(server)
  return { url: `${origin}/mcp`, close: () => close(server) }
}

function run(
  node: string,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawn(node, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    })
    let output = ''
    const timer = setTimeout(() => child.kill(), 60_000)
    child.stdout.on('data', (chunk: Buffer) => (output += String(chunk)))
    child.stderr.on('data', (chunk: Buffer) => (output += String(chunk)))
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ code, output })
    })
  })
}
