/**
 * Microseconds of CPU that one call takes in this process.
 *
 * @param call - Gets the number of the call; a promise is awaited, and only a promise.
 */
export async function repeat(count, call) {
  const before = process.cpuUsage()
  for (let index = 0; index < count; index++) {
    const result = call(index)
    if (result instanceof Promise) await result
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / count
}
