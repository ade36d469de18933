import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from './fixtures.js'
import { hasPythonPackages, PYTHON } from './python.js'

test.skipIf(!hasPythonPackages('msal', 'requests'))(
  'the tests in Python of the documentation pass',
  async ({ provider, pythonEnv, onTestFinished }) => {
    const page = await readFile(new URL('../../docs/control.md', import.meta.url), 'utf8')
    const [, code = ''] = /^```python\n(.*?)^```/ms.exec(page) ?? []
    const cwd = await mkdtemp(join(tmpdir(), 'identity-web-sample-'))
    onTestFinished(() => rm(cwd, { recursive: true }))
    await writeFile(join(cwd, 'test_sign_in.py'), code)
    const env = { ...pythonEnv, IDENTITY_AUTHORITY: provider.authority() }
    const { stderr } = await promisify(execFile)(PYTHON, ['-m', 'unittest'], { cwd, env })

    expect(stderr).toMatch(/Ran 2 tests in .*\n\nOK\n$/)
    expect(code.trim().split(/\n+/).length).toBeLessThanOrEqual(40)
  },
)
