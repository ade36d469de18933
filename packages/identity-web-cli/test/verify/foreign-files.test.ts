import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base } from '../support/fixtures.js'
import { verifyWithPerson, type PersonOptions, type Verified } from './person.js'

// A repository of somebody else can contain the folder of the state, with any files and links.
const test = base.extend(
  'verify',
  ({ folder, variables }) =>
    (person?: PersonOptions): Promise<Verified> => {
      const { IDENTITY_REDIRECT_URI: _own, ...env } = variables
      return verifyWithPerson({ folder, env, args: ['--wait', '1'], person })
    },
)

const STATE = { run: crypto.randomUUID(), isOwn: false, startedAt: '', results: [] }

test('does not delete the folder that a link leads to', async ({ folder, write, verify }) => {
  write('package.json', '{}')
  write('work.js', 'not committed')
  write('state.json', JSON.stringify(STATE))
  mkdirSync(join(folder, '.identity-verify'))
  symlinkSync('../state.json', join(folder, '.identity-verify/state.json'))

  const { code, error } = await verify()

  expect(existsSync(join(folder, 'work.js'))).toBe(true)
  expect(error).toContain('.identity-verify/state.json is or contains a symbolic link')
  expect(code).toBe(2)
})

test.for(['.gitignore', 'state.json.next'])(
  'does not write to the file that the link %s leads to',
  async (name, { folder, verify }) => {
    const outside = join(mkdtempSync(join(tmpdir(), 'outside-')), 'authorized_keys')
    writeFileSync(outside, 'key of the user')
    mkdirSync(join(folder, '.identity-verify'))
    symlinkSync(outside, join(folder, '.identity-verify', name))

    const { state } = await verify({ leavesAt: 'sign-in' })

    expect(readFileSync(outside, 'utf8')).toBe('key of the user')
    expect(state).toContain('"run"')
  },
)

test('does not use a run whose ID verify did not make', async ({ folder, verify }) => {
  mkdirSync(join(folder, '.identity-verify'))
  writeFileSync(
    join(folder, '.identity-verify/state.json'),
    JSON.stringify({ ...STATE, run: 'other' }),
  )
  expect((await verify({ leavesAt: 'sign-in' })).error).toContain('is damaged')
})
