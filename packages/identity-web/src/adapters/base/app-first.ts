/** What `new Auth(app, options)` or `new Auth(options)` was given, of either kind. */
export interface Given<App, Options> {
  readonly app: App | undefined
  readonly options: Options
}

/**
 * Tells the two forms of a constructor apart.
 *
 * @param method - What applications of the framework have, and options have not: `'use'`, `'register'`.
 */
export function appFirst<App extends object, Options extends object>(
  method: keyof App & string,
  [first, second]: readonly [first?: App | Options, second?: Options],
): Given<App, Options> {
  return first !== undefined && method in first
    ? { app: first as App, options: second ?? ({} as Options) }
    : { app: undefined, options: (first ?? {}) as Options }
}
