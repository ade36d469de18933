/** Removes the keys whose value is `undefined`, so that a test can remove an option of a helper with `undefined`. */
export function givenOnly<Options extends object>(options: Options): Options {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as Options
}
