/** A framework, and the folders of `templates` that a project of it gets. */
export interface Framework {
  readonly title: string
  /** Folders of `templates`. A file of a later folder replaces the same file of an earlier one. */
  readonly folders: readonly string[]
  /** Where the style sheet belongs. */
  readonly style: string
  /** Where the icon belongs, which the header and the tab of the browser show. */
  readonly favicon: string
  /** Where the functions for the claims belong. */
  readonly claims: string
  /** Where the module with the store of the sessions belongs. */
  readonly store: string
  /**
   * How the module opens the store: with `await` when it loads, the same except in a build, or without `await`.
   *
   * @defaultValue `runtime`
   */
  readonly opens?: 'runtime' | 'build' | 'background'
  /** The path of the redirect URI. @defaultValue `/redirect` */
  readonly redirectPath?: string
  /** Whether `npm start` serves the result of `npm run build`. */
  readonly needsBuild: boolean
  /**
   * The oldest version of each line of Node.js that it supports. It also supports all lines after the last one.
   *
   * @defaultValue that of identity-web
   */
  readonly node?: readonly string[]
  /** Whether the tests, which start the development server, cannot run at the same time as `npm run dev`. */
  readonly hasOneDevServer?: boolean
  /** The folder of the routes that return data, if only the browser shows pages. */
  readonly dataFolder?: string
  /** A sentence of the README about production. */
  readonly production?: string
  /** Packages whose install scripts it does not need, because npm has their built files. */
  readonly skippedScripts?: readonly string[]
  /** Lines of `.gitignore` for the files that the framework generates. */
  readonly generated: readonly string[]
}

/** A server on Node.js that tsx runs without a build. */
const nodeServer = (folder: string, title: string): Framework => ({
  title,
  folders: ['node', folder],
  style: 'src/style.css',
  favicon: 'src/favicon.svg',
  claims: 'src/claims.ts',
  store: 'src/store.ts',
  needsBuild: false,
  generated: [],
})

/** A framework with its own development server. */
const devServer = (
  folder: string,
  own: Pick<
    Framework,
    | 'title'
    | 'style'
    | 'favicon'
    | 'claims'
    | 'store'
    | 'opens'
    | 'redirectPath'
    | 'node'
    | 'hasOneDevServer'
    | 'generated'
  >,
): Framework => ({ folders: ['dev-server', folder], needsBuild: true, ...own })

/** Angular on its own server, or as a single-page application with another server. */
const angular = (
  folder: string,
  own: Pick<Framework, 'title' | 'opens' | 'production'>,
): Framework => ({
  folders: ['dev-server', 'angular-app', folder],
  style: 'src/style.css',
  favicon: 'public/favicon.svg',
  claims: 'src/claims.ts',
  store: 'src/store.ts',
  dataFolder: '/api',
  needsBuild: true,
  node: ['22.22.3', '24.15', '26'],
  skippedScripts: ['@parcel/watcher', 'lmdb', 'msgpackr-extract'],
  generated: ['.angular', 'dist'],
  ...own,
})

/** A value of `--framework`. */
export type FrameworkName =
  | 'express'
  | 'fastify'
  | 'koa'
  | 'hono'
  | 'nestjs'
  | 'next'
  | 'fetch'
  | 'sveltekit'
  | 'astro'
  | 'react-router'
  | 'nuxt'
  | 'tanstack-start'
  | 'angular'
  | 'angular-spa'

/** The frameworks, in the order of the question. */
export const FRAMEWORKS: Readonly<Record<FrameworkName, Framework>> = {
  express: nodeServer('express', 'Express'),
  fastify: nodeServer('fastify', 'Fastify'),
  koa: nodeServer('koa', 'Koa'),
  hono: nodeServer('hono', 'Hono'),
  nestjs: nodeServer('nestjs', 'NestJS'),
  next: devServer('next', {
    title: 'Next.js',
    style: 'src/app/style.css',
    favicon: 'public/favicon.svg',
    claims: 'src/claims.ts',
    store: 'src/store.ts',
    opens: 'build',
    // The routes of sign-in need their own folder, so that other paths show the 404 page of Next.js.
    redirectPath: '/auth/redirect',
    hasOneDevServer: true,
    generated: ['.next', 'next-env.d.ts', '*.tsbuildinfo'],
  }),
  fetch: nodeServer('fetch', 'Request and Response, without a framework'),
  sveltekit: devServer('sveltekit', {
    title: 'SvelteKit',
    style: 'src/style.css',
    favicon: 'static/favicon.svg',
    claims: 'src/claims.ts',
    store: 'src/store.server.ts',
    opens: 'build',
    node: ['22.17'],
    generated: ['.svelte-kit', 'build'],
  }),
  astro: devServer('astro', {
    title: 'Astro',
    style: 'src/style.css',
    favicon: 'public/favicon.svg',
    claims: 'src/claims.ts',
    store: 'src/store.ts',
    node: ['22.12'],
    generated: ['.astro', 'dist'],
  }),
  'react-router': devServer('react-router', {
    title: 'React Router',
    style: 'app/style.css',
    favicon: 'public/favicon.svg',
    claims: 'app/claims.ts',
    store: 'app/store.server.ts',
    node: ['22.22'],
    generated: ['.react-router', 'build'],
  }),
  nuxt: devServer('nuxt', {
    title: 'Nuxt',
    style: 'app/assets/style.css',
    favicon: 'public/favicon.svg',
    claims: 'shared/utils/claims.ts',
    store: 'server/utils/store.ts',
    opens: 'background',
    node: ['22.19'],
    hasOneDevServer: true,
    generated: ['.nuxt', '.output'],
  }),
  'tanstack-start': devServer('tanstack-start', {
    title: 'TanStack Start',
    style: 'src/style.css',
    favicon: 'public/favicon.svg',
    claims: 'src/claims.ts',
    store: 'src/store.server.ts',
    node: ['22.12'],
    generated: ['.tanstack', 'dist', 'src/routeTree.gen.ts'],
  }),
  angular: angular('angular', {
    title: 'Angular with server rendering',
    opens: 'build',
    production:
      'Set `NG_ALLOWED_HOSTS` to the host of your server, such as `app.example.com`. Otherwise, Angular responds with 400.',
  }),
  'angular-spa': angular('angular-spa', { title: 'Angular as a single-page application' }),
}

/** Returns the redirect URI of a project on this machine. */
export function redirectUriOf(framework: FrameworkName): string {
  return `http://localhost:3000${FRAMEWORKS[framework].redirectPath ?? '/redirect'}`
}

/** The version of all packages of Angular. They fit each other only in the same version, and npm's newest differ. */
export const ANGULAR_VERSION = '22.2.0'
