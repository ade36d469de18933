import { gzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

const folder = fileURLToPath(new URL('../..', import.meta.url))

// The tests use the built package.
async function bundle(contents: string, external: string[] = []) {
  const { metafile, outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    absWorkingDir: folder,
    // The paths of the repository's tsconfig lead to the sources.
    tsconfigRaw: {},
    format: 'esm',
    target: 'es2022',
    // As the builds of Angular for browsers set them.
    define: { ngServerMode: 'false', ngDevMode: 'false' },
    external,
    logLevel: 'silent',
  })
  return {
    inputs: Object.keys(metafile.inputs),
    code: outputFiles[0]?.contents ?? new Uint8Array(),
  }
}

test('the client has at most 2 kB after minification and gzip', async () => {
  const { inputs, code } = await bundle("export * from 'identity-web/browser'")

  expect(inputs.filter((file) => file.startsWith('dist/')).toSorted()).toEqual([
    'dist/browser/browser.js',
    'dist/browser/index.js',
  ])
  expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(2048)
})

const ANGULAR = ['@angular/*', 'rxjs']

test.each(['react', 'vue', 'svelte', 'angular'])(
  'the hooks of %s contain the client once, and nothing of the server',
  async (name) => {
    const external = name === 'angular' ? ANGULAR : [name, `${name}/*`]
    const { inputs } = await bundle(
      `export * from 'identity-web/${name}'; import { createSession } from 'identity-web/browser'; createSession()`,
      external,
    )

    expect(inputs.filter((file) => file.startsWith('dist/')).toSorted()).toEqual(
      [
        'dist/browser/browser.js',
        'dist/browser/index.js',
        `dist/browser/${name === 'angular' ? 'angular/index' : name}.js`,
      ].toSorted(),
    )
  },
)

test('identity-web/angular adds at most 3 kB to an application with HttpClient', async () => {
  const { code } = await bundle("export * from 'identity-web/angular'", ANGULAR)
  const text = Buffer.from(code).toString()
  // The application has imported these packages already.
  const own = text.replaceAll(/import\{[^}]*\}from"(?:@angular\/[^"]*|rxjs)";/g, '')

  expect(own).not.toMatch(/^import|;import/)
  // Only a server has this message.
  expect(own).not.toContain('in advance')
  expect(gzipSync(own, { level: 9 }).length).toBeLessThanOrEqual(3072)
})
