// The module of Nuxt, which runs in the build.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { configurationError } from '../errors.ts'
import {
  appTemplate,
  errorsTemplate,
  FETCH_OF_NUXT,
  fetchTemplate,
  middlewareTemplate,
  typesTemplate,
} from './templates.ts'

/** The parts of Nuxt that the module uses, as a type that does not require Nuxt's packages. @public */
export interface Nuxt {
  /** The application's settings. */
  readonly options: {
    /** The folder with the generated files, `.nuxt`. */
    readonly buildDir: string
    /** The folder with the server's code. */
    readonly serverDir: string
    /** `true` if the server renders the pages. */
    readonly ssr: boolean
    /** The application's plugins. */
    readonly plugins: unknown[]
    /** The server's handlers. */
    readonly serverHandlers: unknown[]
    /** The settings of the build. */
    readonly build: {
      /** The files that Nuxt generates. */
      readonly templates: unknown[]
    }
    /** The settings of Nitro. */
    readonly nitro: {
      /** The server's plugins. @defaultValue none */
      plugins?: unknown
      /** The files that Nitro bundles, or does not bundle. @defaultValue those of Nitro */
      externals?: unknown
    }
  }
  /** Adds a function that Nuxt calls during the build. */
  hook(name: string, act: (...args: any[]) => void): unknown
}

/**
 * The module's options, an empty type, because the `Auth` options are in `server/utils/auth.ts`.
 *
 * @public
 */
export interface NuxtModuleOptions {}

/** The file with an application's `Auth`. */
const AUTH_FILE = 'utils/auth'
const EXTENSIONS = ['.ts', '.mts', '.js', '.mjs']

/**
 * The Nuxt module. It adds the sign-in routes to the server, `useIdentity()` to pages, and the guard
 * `definePageMeta({ loginRequired: true })`. Add it to `modules` in `nuxt.config.ts`, so that Nuxt calls it.
 *
 * It requires the file `server/utils/auth.ts`, which exports `auth`.
 * @param _options - The module has no options.
 * @param nuxt - The application.
 * @throws IdentityError `configuration` if `server/utils/auth.ts` does not exist, if `ssr` is `false`, or if the version of
 *   Nuxt is not 4.
 * @example
 * ```ts
 * // nuxt.config.ts
 * export default defineNuxtConfig({ modules: ['identity-web/nuxt'] })
 * ```
 * @public
 */
// oxlint-disable-next-line import/no-default-export -- Nuxt loads the default export of a module
export default function identityModule(_options: NuxtModuleOptions, nuxt: Nuxt): void {
  const { options } = nuxt
  const auth = `${options.serverDir}/${AUTH_FILE}`
  if (!EXTENSIONS.some((extension) => existsSync(auth + extension))) {
    throw configurationError(
      `identity-web/nuxt did not find ${auth}.ts. Create this file with the lines: import { Auth } from 'identity-web/h3' and export const auth = new Auth()`,
    )
  }
  if (!options.ssr) {
    throw configurationError(
      'identity-web/nuxt guards pages while the server renders them, so it does not work with ssr: false in nuxt.config.ts. Remove ssr: false.',
    )
  }
  const folder = `${options.buildDir}/identity-web`
  const write = (name: string, text: string): string => {
    const dst = `${folder}/${name}`
    options.build.templates.push({
      filename: `identity-web/${name}`,
      dst,
      getContents: () => text,
      write: true,
    })
    return dst
  }
  const source = fileURLToPath(import.meta.resolve('identity-web/package.json'))
  const app = source.replace(/package\.json$/, 'dist/nuxt/app.js')
  const appFile = write('app.ts', appTemplate({ app, auth }))
  const types = write('types.d.ts', typesTemplate)
  options.plugins.unshift({ src: appFile })
  options.serverHandlers.unshift({
    middleware: true,
    handler: write('middleware.mjs', middlewareTemplate({ auth })),
  })
  const plugins = (options.nitro.plugins ??= []) as string[]
  plugins.unshift(write('errors.mjs', errorsTemplate({ auth })))
  inlineInDevelopment(options.nitro, folder)
  nuxt.hook('app:templates', ({ templates }: { readonly templates: Template[] }) => {
    wrapFetch(templates, fetchTemplate({ app }))
  })
  nuxt.hook('imports:extend', (imports: unknown[]) => {
    imports.push({ name: 'useIdentity', from: appFile })
  })
  nuxt.hook('prepare:types', ({ references }: { readonly references: unknown[] }) => {
    references.push({ path: types })
  })
}

/** A file that Nuxt generates. */
interface Template {
  readonly filename: string
}

/** Replaces Nuxt's `fetch.mjs` with our file, and gives Nuxt's file another name. */
function wrapFetch(templates: Template[], text: string): void {
  const index = templates.findIndex(({ filename }) => filename === 'fetch.mjs')
  const ofNuxt = templates[index]
  if (ofNuxt === undefined) {
    throw configurationError(
      'identity-web/nuxt works with Nuxt 4, but it did not find the template fetch.mjs of Nuxt 4. Install nuxt@4.',
    )
  }
  const ours = { ...ofNuxt, getContents: () => text }
  templates.splice(index, 1, { ...ofNuxt, filename: FETCH_OF_NUXT }, ours)
}

/**
 * Makes Nitro compile our files in `buildDir`, because in development, Node.js would otherwise load these files itself, and
 * could not load `server/utils/auth.ts` for them.
 */
function inlineInDevelopment(nitro: Nuxt['options']['nitro'], folder: string): void {
  const externals = (nitro.externals ??= {}) as { inline?: unknown[] }
  const inline = (externals.inline ??= [])
  inline.push(folder)
}
