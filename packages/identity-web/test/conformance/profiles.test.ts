import { describe, expect, test } from 'vitest'
import { plans } from './plans.ts'
import { runModule } from './run-module.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** The result of a module, for docs/conformance.md. */
    conformance?: string
  }
}

describe.each(plans)('$name', ({ modules, ...plan }) => {
  test.for(modules.map((module) => [module.name, module] as const))(
    '%s',
    async ([, module], { task }) => {
      const { result, outcome, lastPage, provider, logs } = await runModule(module, plan)
      const report = [lastPage.text, ...logs, ...provider.record.problems].join('\n')

      expect(provider.record.problems, report).toEqual([])
      expect(outcome, report).toEqual(module.outcome)
      expect(result, report).not.toBe('FAILED')
      task.meta.conformance = result
    },
  )
})
