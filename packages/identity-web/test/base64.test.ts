import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.restoreAllMocks()
  vi.resetModules()
})

// FIPS 180-2, B.1, and a text that is not ASCII.
const HASHES = [
  ['abc', 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0'],
  ['Zoë', 'xqEmmFgvwRBOokEHotcmgUX_Bu-FlwdynQH9BgiX8Gc'],
] as const

test.each(HASHES)(
  'the hash of %s is the same with Node.js and where there is none',
  async (text, hash) => {
    const node = await import('../src/base64.ts')
    vi.resetModules()
    vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined)
    const digest = vi.spyOn(crypto.subtle, 'digest')
    const web = await import('../src/base64.ts')

    expect(await node.hashText(text)).toBe(hash)
    expect(digest).not.toHaveBeenCalled()
    expect(await web.hashText(text)).toBe(hash)
    expect(digest).toHaveBeenCalledOnce()
  },
)
