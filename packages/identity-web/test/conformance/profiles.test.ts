import { describe, expect, test } from 'vitest'
import { plans } from './plans.ts'
import { runModule } from './run-module.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** The result of a module, for docs/evidence/conformance.md. */
    conformance?: string
  }
}

describe.each(plans.map((plan) => [plan.name, plan] as const))('%s', (_, { modules, ...plan }) => {
  test.for(modules.map((module) => [module.name, module] as const))(
    '%s',
    async ([, module], { task }) => {
      const { result, outcome, lastPage, provider, logs } = await runModule(module, plan)

      // The page and the log lines explain a failure.
      expect({ result, outcome, lastPage, logs, problems: provider.record.problems }).toMatchObject(
        {
          result: expect.stringMatching(/^(PASSED|SKIPPED)$/),
          outcome: module.outcome,
          problems: [],
        },
      )
      task.meta.conformance = result
    },
  )
})
