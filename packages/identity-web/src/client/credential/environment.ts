/** Returns an environment variable, or `undefined` if it is empty or the runtime does not have an environment. */
export function environmentVariable(name: string): string | undefined {
  const { process } = globalThis as {
    process?: { env?: Readonly<Record<string, string | undefined>> }
  }
  const value = process?.env?.[name]
  return value === '' ? undefined : value
}
