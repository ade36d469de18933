/** The arguments of `new Auth(app, options)` and of `new Auth(options)`. */
export type AppFirst<App, Options> = readonly [first?: App | Options, second?: Options]

/**
 * Distinguishes the two forms of a constructor.
 *
 * @param method - A method that applications of the framework have and options do not: `'use'` or `'register'`.
 */
export function appFirst<App extends object, Options extends object>(
  method: keyof App & string,
  [first, second]: AppFirst<App, Options>,
): { readonly app: App | undefined; readonly options: Options } {
  return first !== undefined && method in first
    ? { app: first as App, options: second ?? ({} as Options) }
    : { app: undefined, options: (first ?? {}) as Options }
}

/** An `Auth` or an `ApiAuth` whose routes can be mounted on an application later. */
export interface Mountable<App> {
  /**
   * Mounts the routes on an application that was created after this object. It is the same as passing the application to
   * the constructor.
   *
   * Call it before you declare your own routes. Guards of `Auth` fail with a `configuration` error until then. Guards of
   * `ApiAuth` do not need the routes. It does not throw.
   *
   * @param app - The application. If it is mounted below a path, `redirectUri` must contain the whole path.
   * @returns This object.
   * @example Every framework: Express, Fastify, Koa, Hono
   * ```ts
   * const auth = new Auth({ redirectUri: 'http://localhost:5000/redirect' })
   *
   * auth.initApp(app)
   * ```
   */
  initApp(app: App): this
}
