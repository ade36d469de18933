import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { versionsIn } from './aliases.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
/** The folders with packages that the root does not have. */
const TREES = ['packages/identity-web/test/azure/sdks', 'test/recipes'].map((path) =>
  join(root, path),
)
/** `npm run -C maintain trees` compiles the snippets with packages of such a folder there, and `npm test` the others. */
const tree = process.env['IDENTITY_WEB_VERSIONS'] ?? root
const folder = join(tree, '.artifacts/snippets')
/** The folder with the packages that a snippet imports. */
const treeOf = (code: string): string =>
  TREES.find((one) =>
    Object.keys(versionsIn(one)).some((name) => code.includes(`from '${name}`)),
  ) ?? root
const SKILLS = 'packages/identity-web/skills'

// What a snippet of a guide takes for granted; one that declares the same for itself has its own.
const GRANTED = `
declare module '@/auth' {
  export const auth: import('identity-web/next').Auth
}
declare module '#lib/server/auth' {
  export const auth: import('identity-web/sveltekit').Auth
}
declare module 'astro:auth' {
  export const auth: import('identity-web/astro').Auth
}
declare module '$app/env/private' {}
declare module '$app/paths' {
  export function resolve(route: string): string
}
declare module 'sveltekit:$types' {
  export type PageServerLoadEvent = import('@sveltejs/kit').ServerLoadEvent
  export type PageServerLoad = import('@sveltejs/kit').ServerLoad
  export type LayoutServerLoad = import('@sveltejs/kit').ServerLoad
}
declare module '@sveltejs/kit/env' {
  export function defineEnvVars<Variables>(variables: Variables): Variables
}
declare module 'astro:env/server' {
  export function getSecret(name: string): string | undefined
}
declare module 'astro:actions' {
  export function defineAction(action: {
    readonly accept: 'form'
    readonly handler: (form: FormData, context: import('identity-web/astro').AstroContext) => unknown
  }): unknown
}
declare module 'astro:middleware' {
  type OnRequest = import('identity-web/astro').OnRequest
  export function sequence(...handlers: OnRequest[]): OnRequest
}
declare module '@azure/keyvault-certificates' {
  export class CertificateClient {
    constructor(vaultUrl: string, credential: import('@azure/core-auth').TokenCredential)
    getCertificate(name: string): Promise<{ readonly cer?: Uint8Array; readonly keyId?: string }>
  }
}
declare module 'connect-pg-simple' {
  export default function connectPgSimple(
    session: unknown,
  ): new (options: { readonly pool: import('pg').Pool }) => import('express-session').Store
}
declare module 'koa-mount' {
  export default function mount(path: string, app: import('koa')): import('koa').Middleware
}
declare module 'bunyan' {
  type Log = (details: object | undefined, message: string) => void
  export function createLogger(options: { readonly name: string }): Record<'info' | 'warn' | 'error', Log>
}
declare module '@nestjs/graphql' {
  export function Query(type: () => unknown): MethodDecorator
  export function Resolver(): ClassDecorator
}
interface ImportMeta {
  readonly env: { readonly BASE_URL: string }
}
declare module 'react-router:auth.server' {
  export const auth: import('identity-web/react-router').Auth
}
declare module 'react-router:+types/account' {
  export namespace Route {
    type LoaderArgs = import('react-router').LoaderFunctionArgs
    interface ComponentProps {
      readonly loaderData: { readonly name: string | undefined }
    }
  }
}
declare module '@react-router/dev/config' {
  export interface Config {
    readonly allowedActionOrigins?: string[]
    readonly future?: { readonly v8_middleware?: boolean }
  }
}
declare module '@react-router/dev/routes' {
  export type RouteConfig = { readonly file: string; readonly path?: string; readonly id?: string }[]
  export function index(file: string): RouteConfig[number]
  export function route(path: string, file: string): RouteConfig[number]
}
declare module 'angular:pages' {
  export class Account {}
  export class Admin {}
  export class Home {}
}
declare module 'angular:app.routes' {
  export const routes: import('@angular/router').Routes
}
declare module '@angular/ssr' {
  export const RenderMode: { readonly Server: 0; readonly Client: 1; readonly Prerender: 2 }
  export interface ServerRoute {
    readonly path: string
    readonly renderMode: 0 | 1 | 2
  }
  export class AngularAppEngine {
    handle(request: Request, requestContext?: unknown): Promise<Response | null>
  }
  type RequestHandler = (request: Request) => Promise<Response | null> | Response | null
  export function createRequestHandler(handler: RequestHandler): RequestHandler
}
declare module '@angular/ssr/node' {
  export class AngularNodeAppEngine {
    handle(
      request: import('node:http').IncomingMessage | Request,
      requestContext?: unknown,
    ): Promise<Response | null>
  }
  export function createNodeRequestHandler<Handler>(handler: Handler): Handler
  export function isMainModule(url: string): boolean
  export function writeResponseToNodeResponse(
    source: Response,
    destination: import('node:http').ServerResponse,
  ): Promise<void>
}
declare module 'tanstack-start:auth.server' {
  export const auth: import('identity-web/tanstack-start').Auth
}
declare module '@tanstack/react-start' {
  export * from '@tanstack/start-client-core'
}
declare module '@tanstack/react-start/server' {
  export * from '@tanstack/start-server-core'
}
declare module '@tanstack/react-router' {
  interface FileRoute<Data> {
    readonly loader?: () => Promise<Data>
    readonly component?: () => unknown
    readonly server?: { readonly handlers: Record<string, (args: any) => Promise<Response>> }
  }
  export function createFileRoute(
    path: string,
  ): <Data>(options: FileRoute<Data>) => { useLoaderData(): Data }
}
declare module '@modelcontextprotocol/server' {
  interface ToolContext {
    readonly http?: { readonly authInfo?: import('identity-web/express').AuthInfo }
  }
  export class McpServer {
    constructor(info: { readonly name: string; readonly version: string })
    registerTool(
      name: string,
      config: {
        readonly description: string
        readonly scopeChallenge?: import('identity-web/express').ScopeChallengeHandler
      },
      run: (ctx: ToolContext) => object | Promise<object>,
    ): void
  }
  interface Handler {
    fetch(
      request: Request,
      options: { readonly authInfo: import('identity-web/express').AuthInfo },
    ): Promise<Response>
  }
  export function createMcpHandler(factory: () => McpServer): Handler
}
declare module '@modelcontextprotocol/node' {
  export function toNodeHandler(
    handler: import('@modelcontextprotocol/server').Handler,
  ): (
    req: import('node:http').IncomingMessage,
    res: import('node:http').ServerResponse,
    body?: unknown,
  ) => Promise<void>
}
declare module '@modelcontextprotocol/express' {
  export function requireBearerAuth(options: {
    readonly verifier: import('identity-web/express').McpVerifier
    readonly resourceMetadataUrl?: string
  }): import('express').RequestHandler
}
declare module '@modelcontextprotocol/sdk/server/auth/errors.js' {
  export class InvalidTokenError extends Error {}
}
declare module '@modelcontextprotocol/sdk/server/streamableHttp.js' {
  export class StreamableHTTPServerTransport {
    constructor(options: { readonly sessionIdGenerator: undefined })
    handleRequest(
      req: import('express').Request,
      res: import('express').Response,
      body: unknown,
    ): Promise<void>
  }
}
declare module 'tutorial:app.js' {
  export const app: import('express').Express
  export const auth: import('identity-web/express').Auth
}
declare module 'tutorial:api.js' {
  export const api: import('identity-web/express').ApiAuth
}
declare module 'tutorial:page.js' {
  export const page: (heading: string, paragraphs?: string[]) => string
}
declare module 'next/server' {
  export * from 'next/server.js'
}
declare module '~~/server/utils/auth' {
  export const auth: import('identity-web/h3').Auth
}
declare function defineNuxtConfig(config: object): object
declare const app: import('express').Express
declare const router: import('express').Router
declare const auth: import('identity-web/express').Auth
declare const Auth: typeof import('identity-web/express').Auth
declare const api: import('identity-web/express').ApiAuth
declare const ApiAuth: typeof import('identity-web/express').ApiAuth
declare function page(heading: string, paragraphs?: string[]): string
declare function createTools(): import('@modelcontextprotocol/server').McpServer & {
  connect(transport: object): Promise<void>
}
declare const mcp: import('identity-web/express').McpAuth
declare const McpAuth: typeof import('identity-web/express').McpAuth
declare const IdentityError: typeof import('identity-web').IdentityError
declare const AccessDenied: typeof import('identity-web').AccessDenied
declare const managedIdentityAssertion: typeof import('identity-web').managedIdentityAssertion
declare const kubernetesAssertion: typeof import('identity-web').kubernetesAssertion
declare const IdentityModule: typeof import('identity-web/nestjs').IdentityModule
declare const getGroups: typeof import('identity-web/express').getGroups
declare const provider: import('identity-web-dev').DevProvider
declare const origin: string
declare const server: import('node:http').Server
declare const sockets: import('ws').WebSocketServer
declare const req: import('express').Request
declare const res: import('express').Response
declare const context: import('identity-web/express').TokenContext
declare const token: string
declare const error: unknown
declare function escapeHtml(text: string): string
declare const transfer: import('identity-web/express').GuardedHandler<unknown>
declare const showForm: import('identity-web/express').GuardedHandler<unknown>
declare const showAdmin: import('identity-web/express').GuardedHandler<unknown>
declare const showStaff: import('identity-web/express').GuardedHandler<unknown>
declare const showHr: import('identity-web/express').GuardedHandler<unknown>
declare const showCalendar: import('identity-web/express').GuardedHandler<unknown>
declare const list: import('identity-web/express').GuardedHandler<unknown>
declare const search: import('identity-web/express').GuardedHandler<unknown>
declare const create: import('identity-web/express').GuardedHandler<unknown>
declare const publish: import('identity-web/express').GuardedHandler<unknown>
declare const remove: import('identity-web/express').GuardedHandler<unknown>
declare const savePayment: import('identity-web/express').GuardedHandler<unknown>
declare const metrics: { count(name: string, labels: object): void }
declare function audit(user: string | undefined, action: string): void
declare const authorizationUrl: string
declare const queue: { push(job: { key: string }): void; next(): Promise<{ key: string }> }
declare const redis: import('redis').RedisClientType
declare const pool: import('pg').Pool
declare const env: { readonly SESSIONS: import('identity-web/durable-object').SessionObjectNamespace }
declare const transport: {
  handleRequest(req: import('express').Request, res: import('express').Response, body: unknown): Promise<void>
}
declare const url: string
declare const signUpUrl: string
declare const editUrl: string
declare const [first, second]: string[]
declare const prisma: {
  readonly account: {
    upsert(query: Record<'where' | 'create' | 'update', object>): Promise<{ id: string }>
  }
}
declare function findAccount(...keys: unknown[]): Promise<{ id: string } | undefined>
declare function findCustomer(...keys: unknown[]): Promise<{ id: string } | undefined>
declare function findTodo(id: unknown): Promise<{ owner: string | undefined }>
declare function findInvoice(id: unknown): Promise<{ owner: string | undefined }>
declare function makeReport(token: string): Promise<string>
`

const declarationsOf = (framework: string, of: Readonly<Record<string, string>>): string[] =>
  Object.entries({
    ...of,
    auth: `import('identity-web/${framework}').Auth`,
    Auth: `typeof import('identity-web/${framework}').Auth`,
    api: `import('identity-web/${framework}').ApiAuth`,
    ApiAuth: `typeof import('identity-web/${framework}').ApiAuth`,
  }).map(([name, type]) => `declare const ${name}: ${type}`)

/** What a snippet in the tab of a framework takes for granted, instead of the names of Express. */
const GRANTED_IN_TABS: Readonly<Record<string, readonly string[]>> = {
  Express: [],
  Fastify: declarationsOf('fastify', { app: "import('fastify').FastifyInstance" }),
  Koa: declarationsOf('koa', {
    app: "import('koa')",
    router: "Record<'get' | 'post', (path: string, handler: import('koa').Middleware) => void>",
  }),
  Hono: declarationsOf('hono', { app: "import('hono').Hono" }),
  NestJS: declarationsOf('nestjs', {}),
  'Next.js': declarationsOf('next', {}),
  'Request and Response': declarationsOf('fetch', {}),
}

/** The declarations for a snippet in a tab, without the names that it declares. Outside of tabs, the guides use Express. */
function grantedInTab(code: string, textBefore: string): readonly string[] {
  const [, tabs] = textBefore.split('<!-- tabs -->').slice(-2)
  if (tabs === undefined || tabs.includes('<!-- /tabs -->')) return []
  const framework = [...tabs.matchAll(/^\*\*(.+)\*\*$/gm)].at(-1)?.[1] ?? 'no name'
  const declarations = GRANTED_IN_TABS[framework]
  if (declarations === undefined)
    throw new Error(
      `The tab ${framework} is not a known framework. Add its framework to this test.`,
    )
  return declarations.filter((declaration) => {
    const name = /^declare const (\w+)/.exec(declaration)?.[1]
    return !new RegExp(`^(?:export )?(?:const|import) [^=(]*\\b${name}\\b`, 'm').test(code)
  })
}

/** The granted modules that the relative imports of a snippet lead to, if they are not files of this repository. */
function grantedFilesOf(page: string, textBefore: string): string | undefined {
  if (page.startsWith(SKILLS)) {
    const section = page.endsWith('/frameworks.md') ? textBefore.split('\n## ').at(-1) : 'tutorial'
    return section?.split('\n')[0]?.toLowerCase().replaceAll(' ', '-')
  }
  return /^docs\/(angular|astro|react-router|sveltekit|tanstack-start|tutorial)\.md$/.exec(
    page,
  )?.[1]
}

/** A snippet whose relative imports lead to granted modules, such as `astro:auth` for `../auth`. */
function withGrantedFiles(code: string, granted: string | undefined): string {
  if (granted === undefined) return code
  return code.replaceAll(/(from |import |import\()'(?:\.\.?\/)+([\w$+./-]+)'/g, `$1'${granted}:$2'`)
}

/** The TypeScript of a page, each piece in a module of its own, at the lines that it has in the page. */
function writeSnippets(page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8')
  const snippets = [...text.matchAll(/^```(tsx?)\n(.*?)^```/gms)]
  return snippets
    .filter(([code]) => treeOf(code) === tree)
    .map((match) => {
      const before = text.slice(0, match.index)
      const line = before.split('\n').length
      const file = join(folder, `${page.replaceAll(/[/.]/g, '-')}-${line}.${match[1]}`)
      const code = withGrantedFiles(match[2] ?? '', grantedFilesOf(page, before))
      const ofTab = grantedInTab(code, before)
      writeFileSync(file, [`${'\n'.repeat(line)}${code}`, ...ofTab, 'export {}\n'].join('\n'))
      return file
    })
}

test('every TypeScript snippet of the guides compiles', { timeout: 300_000 }, () => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const guides = [...readdirSync(join(root, 'docs')), 'evidence/scale.md'].filter((name) =>
    name.endsWith('.md'),
  )
  const reference = readdirSync(join(root, 'packages/dev-provider/docs'))
  const pages = [
    'README.md',
    'maintain/site/index.md',
    'packages/identity-web/README.md',
    'packages/dev-provider/README.md',
    ...reference.map((name) => `packages/dev-provider/docs/${name}`),
    ...guides.map((name) => `docs/${name}`),
    ...readdirSync(join(root, SKILLS), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${SKILLS}/${name.replaceAll('\\', '/')}`),
  ]
  const snippets = pages.map((page) => [page, writeSnippets(page)] as const)
  const granted = join(folder, 'granted.d.ts')
  writeFileSync(granted, GRANTED)
  const compilerOptions = {
    noEmit: true,
    noUnusedLocals: false,
    // As Nest's command line sets them for a new application.
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    erasableSyntaxOnly: false,
  }

  const faultsIn = (files: readonly string[]): string[] => {
    const project = join(folder, 'tsconfig.json')
    const config = {
      extends: join(root, 'tsconfig.json'),
      compilerOptions,
      include: [],
      files: [granted, ...files],
    }
    writeFileSync(project, JSON.stringify(config))
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(root, 'node_modules/typescript7/bin/tsc'), '--pretty', 'false', '-p', project],
      { cwd: folder, encoding: 'utf8' },
    )
    // Other files are checked as they are, without the declarations of a snippet.
    const faults = stdout.split('\n').filter((line) => /^[^ .]/.test(line))
    return status === 0 || stdout !== '' ? faults : [stderr]
  }
  // Such a declaration would change the types of the snippets of other pages.
  const declaresTypes = (page: string): boolean =>
    readFileSync(join(root, page), 'utf8').includes("declare module 'identity-web")
  const faults = [
    snippets.filter(([page]) => !declaresTypes(page)).flatMap(([, files]) => files),
    ...snippets.filter(([page]) => declaresTypes(page)).map(([, files]) => files),
  ].flatMap(faultsIn)

  expect(snippets.flatMap(([, files]) => files).length).toBeGreaterThan(tree === root ? 30 : 1)
  expect(faults).toEqual([])
})
