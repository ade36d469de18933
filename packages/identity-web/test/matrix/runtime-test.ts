import type { HostTest, StartHost } from '../adapters/contract/bench.ts'
import { tellingHosts } from '../adapters/hosts/told.ts'
import { test as base } from '../support/fixtures.ts'
import { startRuntime, type RuntimeName } from './start-runtime.ts'

/**
 * Hosts of the contract in another runtime.
 *
 * @param program - A program of the folder `programs`.
 * @param variables - Returns the environment variables of the program, when it starts.
 */
export const runtimeTest = (
  runtime: RuntimeName,
  program: string,
  variables: () => Readonly<Record<string, string>> = () => ({}),
): HostTest =>
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  base.extend('startHost', { scope: 'file' }, async ({}, { onCleanup }): Promise<StartHost> => {
    const running = await startRuntime(runtime, program, variables())
    onCleanup(() => running.close())
    return tellingHosts(() => running.url)
  })
