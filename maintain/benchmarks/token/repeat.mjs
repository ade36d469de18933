/**
 * Returns the CPU time of one call in this process in microseconds.
 *
 * @param call - Its parameter is the number of the call. Only a returned promise is awaited.
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
