import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseEnv, promisify } from 'node:util'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { sendRequest } from '../src/controls/send-request.js'
import { freePort } from '../src/command/free-port.js'

const PACKAGE = fileURLToPath(new URL('..', import.meta.url))

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>
  readonly runs: { readonly steps: readonly Step[] }
}
interface Step {
  readonly shell: string
  readonly env: Readonly<Record<string, string>>
  readonly run: string
}

const { inputs, runs } = parse(readFileSync(`${PACKAGE}action.yml`, 'utf8')) as Action

/** Runs the steps as GitHub does. Returns the variables of the next steps. */
async function runAction(given: Readonly<Record<string, string>>, folder: string) {
  const variables = { ...process.env, RUNNER_TEMP: folder, GITHUB_ENV: join(folder, 'env') }
  await writeFile(variables.GITHUB_ENV, '')
  for (const { shell, env, run } of runs.steps) {
    const own = Object.entries(env).map(([name, value]) => [
      name,
      value.replaceAll(/\$\{\{ inputs\.(\w+) \}\}/g, (_, input: string) => {
        return given[input] ?? inputs[input]?.default ?? `no input ${input}`
      }),
    ])
    const args = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run]
    await promisify(execFile)(shell, args, {
      cwd: PACKAGE,
      env: { ...variables, ...Object.fromEntries(own) },
    })
  }
  return parseEnv(await readFile(variables.GITHUB_ENV, 'utf8'))
}

test('the action starts the provider, and passes its settings to the next steps', async ({
  onTestFinished,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'identity-web-action-'))
  const port = String(await freePort(5160))
  const variables = await runAction({ package: '.', args: '--env-for external-id', port }, folder)
  onTestFinished(async () => {
    process.kill(Number(await readFile(join(folder, 'identity-web-dev/provider.pid'), 'utf8')))
    await rm(folder, { recursive: true })
  })
  const ca = await readFile(variables['IDENTITY_CA_FILE'] ?? '', 'utf8')
  const { status } = await sendRequest(
    new URL(`${variables['IDENTITY_AUTHORITY']}/v2.0/.well-known/openid-configuration`),
    { method: 'GET', headers: {}, body: undefined, ca },
  )

  expect(status).toBe(200)
  expect(variables).toEqual({
    IDENTITY_AUTHORITY: `https://localhost:${port}/contosocustomers.onmicrosoft.com`,
    IDENTITY_CLIENT_ID: '11111111-2222-4333-8444-555555555555',
    IDENTITY_CLIENT_SECRET: 'dev-secret-not-for-production',
    IDENTITY_REDIRECT_URI: 'http://localhost:3000/redirect',
    IDENTITY_SESSION_SECRET: expect.stringMatching(/^.{44}$/),
    IDENTITY_CA_FILE: join(folder, 'identity-web-dev/ca.pem'),
    NODE_EXTRA_CA_CERTS: join(folder, 'identity-web-dev/ca.pem'),
  })
})
