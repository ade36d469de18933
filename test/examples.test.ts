import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import texts from './screenshots/texts.json' with { type: 'json' }

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string): string => readFileSync(root + path, 'utf8')
/** Returns the paths of the files in a folder, without those of packages and builds. */
function filesOf(folder: string): string[] {
  return readdirSync(root + folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (!entry.isDirectory()) return path
    return /^(node_modules|dist|\..*)$/.test(entry.name) ? [] : filesOf(path)
  })
}

const examples = filesOf('examples')
const guides = [
  'README.md',
  'maintain/site/index.md',
  ...filesOf('docs'),
  ...filesOf('packages'),
  ...examples,
].filter((path) => path.endsWith('.md'))
const readmes = examples
  .filter((path) => /^examples\/[^/]+\/package\.json$/.test(path))
  .map((path) => path.replace('package.json', 'README.md'))

/** The order of the sections. An example does not need all of them. */
const ORDER = [
  '## Run it with the development provider',
  '## Files',
  '## Run it with your own tenant',
]
/** They do not have pages. */
const WITHOUT_PICTURE = new Set(['examples/api/README.md', 'examples/testing/README.md'])

describe.each(readmes)('%s', (path) => {
  test('says what the example shows, how to run it, and how to use your own tenant', () => {
    const headings = read(path).match(/^##? .*/gm) ?? ['']
    expect(headings[0]).toMatch(/^# /)
    const found = headings.filter((heading) => ORDER.includes(heading))
    expect(found).toEqual(ORDER.filter((heading) => found.includes(heading)))
  })

  test.skipIf(WITHOUT_PICTURE.has(path))('shows its page', () => {
    expect(read(path)).toMatch(/!\[[^\]]{20,}\]\(screenshot\.png\)/)
  })
})

describe('the pictures', () => {
  const pictures = [...filesOf('docs/images'), ...examples].filter((path) => path.endsWith('.png'))

  test('are those that npm run -C maintain screenshots takes', () => {
    expect(pictures.toSorted()).toEqual(Object.keys(texts).toSorted())
  })

  test('have alternative texts where guides show them', () => {
    const shown = new Set<string>()
    for (const path of guides) {
      const inFolder = (target: string) => posix.join(posix.dirname(path), target)
      for (const [, target = ''] of read(path).matchAll(/ srcset="(.*?)"/g)) {
        shown.add(inFolder(target))
      }
      for (const [, alternative = '', target = ''] of read(path).matchAll(/!\[(.*?)\]\((.*?)\)/g)) {
        const picture = inFolder(target)
        if (!picture.endsWith('.png')) continue
        expect([path, existsSync(root + picture)]).toEqual([path, true])
        expect(alternative.length, `${path} describes ${picture}`).toBeGreaterThan(20)
        shown.add(picture)
      }
    }
    expect(pictures.filter((path) => !shown.has(path))).toEqual([])
  })

  test('are at most 1.5 MB together', () => {
    const bytes = pictures.reduce((sum, path) => sum + statSync(root + path).size, 0)
    expect(bytes).toBeLessThan(1_500_000)
  })
})

describe('an example whose port is in use', () => {
  test('ends with the error', async () => {
    const server = createServer().listen(0)
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/app.ts'], {
      cwd: `${root}examples/express`,
      env: { ...process.env, PORT: String((server.address() as AddressInfo).port) },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (output += String(chunk)))
    const [code] = (await once(child, 'close')) as [number]

    expect([code, output]).toEqual([1, expect.stringContaining('EADDRINUSE')])
    expect(output).not.toContain('listens at')
  })

  // Express 5 passes the error to the function. Without a function, and in other frameworks, the error ends the process.
  test('with Express handles the error', () => {
    const express = examples.filter(
      (path) => /\.m?[jt]s$/.test(path) && /from 'express'/.test(read(path)),
    )
    expect(express.length).toBeGreaterThan(5)
    for (const path of express) {
      const [, last = ''] = /\bapp\.listen\(([\s\S]*)/.exec(read(path)) ?? []
      expect([path, last]).not.toEqual([path, expect.stringMatching(/^[^)]*\(\) =>/)])
    }
  })
})
