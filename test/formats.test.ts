import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test as base } from 'vitest'

const SCRIPT = fileURLToPath(new URL('../maintain/scripts/formats.mjs', import.meta.url))
const RECORDED = fileURLToPath(new URL('./formats/', import.meta.url))
const run = promisify(execFile)

interface Recorded {
  readonly inCookies: { readonly session: string; readonly flow: string; readonly state: string }
  readonly inStore: { readonly session: string }
  readonly records: Readonly<Record<string, string>>
  readonly markers: Readonly<Record<string, string>>
}

const test = base.extend(
  'recorded',
  { scope: 'file' },
  // oxlint-disable-next-line eslint/no-empty-pattern -- vitest reads the fixtures that it needs from this pattern
  async ({}, { onCleanup }): Promise<{ file: string; values: Recorded }> => {
    const folder = await mkdtemp(join(tmpdir(), 'formats-'))
    onCleanup(() => rm(folder, { recursive: true }))
    const file = join(folder, 'formats.json')
    await run(process.execPath, [SCRIPT, 'record', file])
    return { file, values: JSON.parse(await readFile(file, 'utf8')) as Recorded }
  },
)

/** Opens recorded values, after a change. Returns the message of the failure. */
async function openChanged(file: string, values: object): Promise<string> {
  const changed = `${file}.changed`
  await writeFile(changed, JSON.stringify(values))
  const failure: unknown = await run(process.execPath, [SCRIPT, 'open', changed]).catch(
    (error: unknown) => error,
  )
  return (failure as { stderr?: string }).stderr ?? ''
}

// A file of this folder never changes. A release adds the file of its formats.
test('this version reads the formats of earlier versions', { timeout: 60_000 }, async () => {
  const files = await readdir(RECORDED)
  const { stdout } = await run(process.execPath, [
    SCRIPT,
    'open',
    ...files.map((file) => RECORDED + file),
  ])

  expect(files).toContain('1.0.json')
  expect(stdout.trim().split('\n')).toHaveLength(files.length)
})

test('a build reads the formats that it wrote', { timeout: 60_000 }, async ({ recorded }) => {
  const { stdout } = await run(process.execPath, [SCRIPT, 'open', recorded.file])

  expect(stdout).toMatch(/^Version .* reads the formats of /)
})

test('a value that cannot be read is a failure', { timeout: 60_000 }, async ({ recorded }) => {
  const { file, values } = recorded
  const damage = (text: string): string => text.replaceAll(/[\w-]{10}(?=;|$)/g, 'AAAAAAAAAA')

  const cookies = { ...values.inCookies, session: damage(values.inCookies.session) }
  const state = { ...values.inCookies, state: `AAAA${values.inCookies.state.slice(4)}` }

  expect(await openChanged(file, { ...values, inCookies: cookies })).toMatch(
    /cannot read the session in cookies, the access token in cookies of/,
  )
  expect(await openChanged(file, { ...values, inCookies: state })).toMatch(
    /cannot read the state, with sessions in cookies of/,
  )
  expect(await openChanged(file, { ...values, records: {} })).toMatch(
    /cannot read the session in a store/,
  )
  expect(await openChanged(file, { ...values, markers: {} })).toMatch(
    /cannot read the session in cookies with a deny-list/,
  )
})
