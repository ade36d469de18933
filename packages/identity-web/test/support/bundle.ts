import { rename } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build, type BuildOptions } from 'esbuild'
import { aliases } from '../../../../test/aliases.ts'

const bundles = new Map<string, Promise<string>>()

/**
 * Builds a program of this folder and the sources of the library as one file, once, so that other processes can run it.
 *
 * @returns The path of the file. Node.js must find the packages of this workspace from its folder.
 */
export function bundleProgram(name: string): Promise<string> {
  const bundle = bundles.get(name) ?? makeBundle(name)
  bundles.set(name, bundle)
  return bundle
}

async function makeBundle(name: string): Promise<string> {
  const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
  const outfile = here(
    `../../../../node_modules/.cache/identity-web-programs/${name.replace('.ts', '.mjs')}`,
  )
  const own = `${outfile}.${process.pid}`
  await buildWithSources({ entryPoints: [here(name)], outfile: own, sourcemap: 'inline' })
  // Renaming is atomic. Other tests may build the same program at the same time.
  await rename(own, outfile)
  return outfile
}

/** Builds a program as one file. It contains the sources of the library, and imports other packages when it runs. */
export async function buildWithSources(options: BuildOptions): Promise<void> {
  await build({
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    plugins: [
      {
        name: 'sources',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^(#|identity-web|(@tanstack\/start|tanstack)-)/ }, ({ path }) => {
            const alias = aliases.find(({ find }) => find.test(path))
            if (alias !== undefined) return { path: path.replace(alias.find, alias.replacement) }
            // TanStack Start imports modules that its plugin generates for an application.
            return path.startsWith('@')
              ? { path: fileURLToPath(import.meta.resolve(path)) }
              : undefined
          }),
      },
    ],
    ...options,
  })
}
