import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Actions, Handle, RequestHandler, ServerLoad } from '@sveltejs/kit'
import { build, type Plugin } from 'esbuild'

// The server of SvelteKit, without a build of Vite: this file has the tables that the build writes.

/** A page with a load function and actions, and those of its layout. */
export interface Page {
  readonly load?: ServerLoad
  readonly layoutLoad?: ServerLoad
  readonly actions?: Actions
}

/** The application: its hook, its endpoints and its pages by path. */
export interface KitApp {
  readonly handle: Handle
  readonly endpoints?: Readonly<Record<string, RequestHandler>>
  readonly pages?: Readonly<Record<string, Page>>
}

type Respond = (request: Request) => Promise<Response>

/** Makes the function that responds to the requests of an application. */
export async function createKitServer(app: KitApp): Promise<Respond> {
  const { Server } = await (loaded ??= loadKit())
  const server = new Server(manifestOf(app))
  await server.init({ env: {} })
  return (request) =>
    server.respond(request, { getClientAddress: () => '127.0.0.1', platform: { app } })
}

interface KitModule {
  readonly Server: new (manifest: object) => {
    init(options: { readonly env: object }): Promise<void>
    respond(request: Request, options: object): Promise<Response>
  }
}

let loaded: Promise<KitModule> | undefined

const repository = fileURLToPath(new URL('../../../../../', import.meta.url))
const kit = dirname(fileURLToPath(import.meta.resolve('@sveltejs/kit/package.json')))
const runtime = join(kit, 'src/runtime')

async function loadKit(): Promise<KitModule> {
  const outfile = join(repository, `.artifacts/sveltekit/server-${process.pid}.mjs`)
  await build({
    entryPoints: [join(runtime, 'server/index.js')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'silent',
    // The exceptions for redirects must be those that the library imports.
    external: ['@sveltejs/kit', '@sveltejs/kit/internal', '@sveltejs/kit/internal/server'],
    define: DEFINE,
    plugins: [virtualModules],
  })
  return (await import(pathToFileURL(outfile).href)) as KitModule
}

const DEFINE: Record<string, string> = {
  __SVELTEKIT_ADAPTER_NAME__: '"test"',
  __SVELTEKIT_APP_DIR__: '"_app"',
  __SVELTEKIT_APP_VERSION__: '"1"',
  __SVELTEKIT_APP_VERSION_FILE__: '"_app/version.json"',
  __SVELTEKIT_APP_VERSION_POLL_INTERVAL__: '0',
  __SVELTEKIT_CLIENT_ROUTING__: 'true',
  __SVELTEKIT_DEV__: 'false',
  __SVELTEKIT_EMBEDDED__: 'false',
  __SVELTEKIT_EXPERIMENTAL_EXPLICIT_ENVIRONMENT_VARIABLES__: 'false',
  __SVELTEKIT_EXPERIMENTAL_USE_TRANSFORM_ERROR__: 'false',
  __SVELTEKIT_FORK_PRELOADS__: 'false',
  __SVELTEKIT_HASH_ROUTING__: 'false',
  __SVELTEKIT_HAS_SERVER_LOAD__: 'true',
  __SVELTEKIT_HAS_UNIVERSAL_LOAD__: 'true',
  __SVELTEKIT_PATHS_ASSETS__: '""',
  __SVELTEKIT_PATHS_BASE__: '""',
  __SVELTEKIT_PATHS_RELATIVE__: 'false',
  __SVELTEKIT_PAYLOAD__: '{}',
  __SVELTEKIT_SERVER_TRACING_ENABLED__: 'false',
}

/** The modules that SvelteKit generates. The hook is that of the application of each request. */
const GENERATED: Readonly<Record<string, string>> = {
  '__sveltekit/env': `
    export const dynamic_private_env = {}
    export const explicit_public_env = {}
    export const rendered_env = {}
    export const set_env = () => {}
  `,
  '__sveltekit/server': `
    export let read_implementation = null
    export let manifest = null
    export const set_read_implementation = (fn) => (read_implementation = fn)
    export const set_manifest = (given) => (manifest = given)
  `,
  '__SERVER__/internal.js': `
    const csp = { mode: 'auto', directives: {}, reportOnly: {} }
    export const options = {
      app_template_contains_nonce: false,
      async: false,
      csp,
      // The provider posts forms to the routes of the library.
      csrf_check_origin: false,
      csrf_trusted_origins: [],
      embedded: false,
      env_public_prefix: 'PUBLIC_',
      env_private_prefix: '',
      hash_routing: false,
      hooks: null,
      preload_strategy: 'modulepreload',
      root: {
        render: ({ page }) => ({
          head: '',
          html: 'page ' + JSON.stringify({ status: page.status, data: page.data, form: page.form, error: page.error }),
          css: { code: '', map: null },
        }),
      },
      service_worker: false,
      service_worker_options: null,
      server_error_boundaries: false,
      templates: {
        app: ({ head, body }) => '<!doctype html>' + head + body,
        error: ({ status, message }) => 'error ' + status + ' ' + message,
      },
      version_hash: '1',
    }
    export const get_hooks = async () => ({
      handle: (input) => input.event.platform.app.handle(input),
      handleError: ({ error }) => ({ message: 'unexpected: ' + error?.message }),
    })
  `,
}

const virtualModules: Plugin = {
  name: 'modules of SvelteKit',
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /^(__sveltekit\/|__SERVER__\/)/ }, ({ path }) => ({
      path,
      namespace: 'generated',
    }))
    onLoad({ filter: /.*/, namespace: 'generated' }, ({ path }) => ({
      contents: GENERATED[path] ?? '',
      loader: 'js',
    }))
    onResolve({ filter: /^\$app\// }, ({ path, kind }) =>
      resolve(`./${path.slice('$app/'.length)}`, { resolveDir: join(runtime, 'app'), kind }),
    )
  },
}

function manifestOf({ endpoints = {}, pages = {} }: KitApp): object {
  const component = async (): Promise<object> => ({})
  const empty = { component, imports: [], stylesheets: [], fonts: [] }
  const nodes: object[] = []
  const add = (server: object): number =>
    nodes.push({ ...empty, index: nodes.length, server: { csr: false, ...server } }) - 1
  const root = add({})
  const errorPage = add({})
  const routes = [
    ...Object.entries(endpoints).map(([path, fallback]) => ({
      ...routeOf(path),
      page: null,
      endpoint: async () => ({ fallback, trailingSlash: 'ignore' }),
    })),
    ...Object.entries(pages).map(([path, { load, layoutLoad, actions }]) => ({
      ...routeOf(path),
      page: {
        layouts: layoutLoad === undefined ? [root] : [root, add({ load: layoutLoad })],
        errors: layoutLoad === undefined ? [errorPage] : [errorPage, undefined],
        leaf: add({ load, actions }),
      },
      endpoint: null,
    })),
  ]
  return {
    appDir: '_app',
    appPath: '_app',
    assets: new Set(),
    mimeTypes: {},
    _: {
      client: { start: '', app: '', imports: [], stylesheets: [], fonts: [] },
      nodes: nodes.map((node) => async () => node),
      remotes: {},
      routes,
      prerendered_routes: new Set(),
      matchers: async () => ({}),
      server_assets: {},
    },
  }
}

function routeOf(path: string): object {
  return { id: path, params: [], pattern: new RegExp(`^${path.replace(/\/$/, '')}/?$`) }
}
