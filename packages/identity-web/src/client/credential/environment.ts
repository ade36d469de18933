/** A variable of the environment; `undefined` for an empty one, and where there is no environment. */
export function environmentVariable(name: string): string | undefined {
  const { process } = globalThis as {
    process?: { env?: Readonly<Record<string, string | undefined>> }
  }
  const value = process?.env?.[name]
  return value === '' ? undefined : value
}
