import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, test as base } from './support/fixtures.js'

const test = base.extend('read', ({ folder }) => (name = '.env') => ({
  text: readFileSync(join(folder, name), 'utf8'),
  variables: parseEnv(readFileSync(join(folder, name), 'utf8')),
  mode: statSync(join(folder, name)).mode & 0o777,
}))

test('prints 256 random bits, other ones each time', async ({ run }) => {
  const [first, second] = [await run(['secret']), await run(['secret'])]
  expect(Buffer.from(first.out, 'base64')).toHaveLength(32)
  expect(first.out).not.toBe(second.out)
  expect(first).toMatchObject({ code: 0, error: '' })
})

describe('with --env', () => {
  test('writes a new file that only the user can read, and does not print the secret', async ({
    run,
    read,
  }) => {
    const { out } = await run(['secret', '--env', '.env'])
    const { variables, mode } = read()
    expect(Buffer.from(variables['IDENTITY_SESSION_SECRET'] ?? '', 'base64')).toHaveLength(32)
    expect(mode).toBe(0o600)
    expect(out).toContain('.env contains a new IDENTITY_SESSION_SECRET')
    expect(out).not.toContain(variables['IDENTITY_SESSION_SECRET'])
  })

  test('keeps the old secret for the rotation, and all other lines', async ({
    run,
    read,
    write,
  }) => {
    const path = write('.env', '# The app\nA=1\nIDENTITY_SESSION_SECRET="old secret"\n\nB=2\n')
    chmodSync(path, 0o644)

    const { out } = await run(['secret', '--env', '.env'])

    const { text, variables, mode } = read()
    const current = variables['IDENTITY_SESSION_SECRET']
    expect(text).toBe(
      `# The app\nA=1\nIDENTITY_SESSION_SECRET=${current}\n\nB=2\nIDENTITY_SESSION_SECRET_BEFORE='old secret'\n`,
    )
    expect(current).not.toBe('old secret')
    expect(mode).toBe(0o600)
    expect(out).toContain('process.env.IDENTITY_SESSION_SECRET_BEFORE')
    expect(out).not.toContain('old secret"')
  })

  test('keeps one old secret as a variable, and an older one as a comment', async ({
    run,
    read,
    write,
  }) => {
    write('.env', 'IDENTITY_SESSION_SECRET=second\nIDENTITY_SESSION_SECRET_BEFORE=first\n')
    const { out } = await run(['secret', '--env', '.env'])
    expect(read().variables['IDENTITY_SESSION_SECRET_BEFORE']).toBe('second')
    expect(read().text).toContain('\n# IDENTITY_SESSION_SECRET_BEFORE=first\n')
    expect(out).toContain('Replaced in .env: IDENTITY_SESSION_SECRET_BEFORE. The old lines stay')
    expect(out).not.toContain('first')
  })

  test('does not write through a link that leaves the project', async ({
    run,
    read,
    folder,
    write,
  }) => {
    mkdirSync(join(folder, 'project'))
    write('other.env', 'A=1\n')
    write('project/package.json', '{}')
    symlinkSync('../other.env', join(folder, 'project', '.env'))
    const { code, error } = await run(['secret', '--env', 'project/.env'])
    expect(error).toContain('outside of the project')
    expect([code, read('other.env').text]).toEqual([2, 'A=1\n'])
  })

  test('does not write to a folder', async ({ run, folder }) => {
    mkdirSync(join(folder, 'env'))
    const { code, error } = await run(['secret', '--env', 'env'])
    expect(error).toContain('is not a file')
    expect(code).toBe(2)
  })
})
