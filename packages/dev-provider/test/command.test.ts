import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCommand, type DevProvider } from '../src/index.js'

async function run(...args: string[]) {
  const out: string[] = []
  const error: string[] = []
  const io = { out: (line: string) => out.push(line), error: (line: string) => error.push(line) }
  const result = await runCommand(args, io)
  return { result, out, error }
}

const isRunning = (result: DevProvider | number): DevProvider => {
  if (typeof result === 'number') throw new Error(`exit code ${result}`)
  return result
}

test('prints where it listens and who can sign in', async () => {
  const { result, out } = await run('--port', '0')
  const provider = isRunning(result)

  expect(out.join('\n')).toContain(provider.origin)
  expect(out.join('\n')).toContain('alex@contoso.onmicrosoft.com')
  expect(out.join('\n')).toContain(provider.app.clientId)
  const page = await (await fetch(provider.origin)).text()
  for (const authority of [
    provider.externalIdAuthority,
    provider.b2cAuthority(),
    provider.adfsAuthority,
  ]) {
    expect(out.join('\n')).toContain(authority)
    expect(page).toContain(authority)
  }
  await fetch(provider.origin)
  expect(out).toHaveLength(1)
  await provider.close()
})

test('prints one line per request with --verbose', async () => {
  const { result, out } = await run('--port', '0', '--verbose')
  const provider = isRunning(result)
  await fetch(`${provider.origin}/error?code=1`)

  expect(out.slice(1)).toEqual(['GET /error 200'])
  await provider.close()
})

test('reads a configuration file', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'identity-web-dev-')), 'config.json')
  await writeFile(file, JSON.stringify({ tenants: [{ id: 'x' }] }))

  expect((await run('--config', file)).error.join()).toContain('tenants[0].id must be a GUID')
  await writeFile(file, 'not json')
  expect((await run('--config', file)).error.join()).toContain('is not valid JSON')
  expect((await run('--config', `${file}.missing`)).result).toBe(1)
})

test('prints the help and explains wrong options', async () => {
  const { result, out } = await run('--help')
  expect(result).toBe(0)
  expect(out.join()).toContain('--config')

  expect((await run('--port', '99999')).error.join()).toContain('--port')
  expect((await run('--nonsense')).result).toBe(1)
})

test('reports a port that is in use', async () => {
  const { result } = await run('--port', '0')
  const provider = isRunning(result)
  const { error } = await run('--port', new URL(provider.origin).port)

  expect(error.join()).toContain(`Another program uses port ${new URL(provider.origin).port}. Port `)
  await provider.close()
})

test('uses https with --https', async () => {
  const { result } = await run('--port', '0', '--https')
  const provider = isRunning(result)

  expect(provider.origin).toMatch(/^https:/)
  expect(provider.certificate).toContain('BEGIN CERTIFICATE')
  await provider.close()
})
