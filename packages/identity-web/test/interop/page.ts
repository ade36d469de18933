import type { InteropProvider } from './provider.ts'

export interface StepReport {
  readonly step: string
  readonly result: 'passed' | 'failed' | 'skipped'
  readonly note?: string
}
export interface ProviderReport {
  readonly provider: InteropProvider
  readonly results: readonly StepReport[]
  readonly notAvailable?: string
}
export function formatPage(_reports: readonly ProviderReport[]): string {
  return ''
}
