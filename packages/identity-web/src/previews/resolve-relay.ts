// Decides whether a deployment is a preview or the relay.
import { secretFault } from '../options/checks.ts'
import { OptionReport } from '../options/option-report.ts'
import type { PreviewNeeds } from '../seams/previews.ts'
import { originFault, PREVIEW_RELAY, type PreviewRelayOptions } from './options.ts'
import { isPreviewOrigin } from './origins.ts'

/** The options with the environment applied. */
export interface RelaySettings {
  /** This deployment's origin, if it is a preview. */
  readonly ownOrigin: string | undefined
  /** The origins to which the deployment at the redirect URI relays. */
  readonly origins: readonly string[]
  /** The secrets that protect the `state` between the deployments, or an empty list if this deployment does not need them. */
  readonly secrets: readonly string[]
}

/** A relay's settings, and the problems with its options. */
interface Resolution {
  readonly settings: RelaySettings
  readonly problems: readonly string[]
}

/** Checks the options, and determines this deployment's role. */
export function resolveRelay(options: PreviewRelayOptions, needs: PreviewNeeds): Resolution {
  const { origin } = options
  const report = new OptionReport(PREVIEW_RELAY)
  report.check(options, options)
  const isPreview = origin !== undefined && origin !== needs.redirectUri?.origin
  const ownOrigin = isPreview && originFault(origin) === undefined ? origin : undefined
  const origins = Array.isArray(options.origins) ? [...(options.origins as string[])] : []
  const isUsed = isPreview || origins.length > 0
  const secrets = isUsed ? secretsOf(options, needs) : []
  if (isUsed) checkSecrets(secrets, needs, report)
  if (report.problems.length === 0) checkMember(ownOrigin, origins, report)
  return { settings: { ownOrigin, origins, secrets }, problems: report.messages }
}

function secretsOf({ secret }: PreviewRelayOptions, { variables }: PreviewNeeds): string[] {
  const given = secret ?? (variables['IDENTITY_PREVIEW_SECRET'] || undefined)
  return [given].flat().filter((one) => one !== undefined)
}

/**
 * Checks, in a preview, that the options also allow the other deployment to relay to it, because all deployments can
 * have the same options.
 */
function checkMember(
  ownOrigin: string | undefined,
  origins: readonly string[],
  report: OptionReport,
): void {
  if (ownOrigin === undefined || origins.length === 0) return
  if (isPreviewOrigin(ownOrigin, origins)) return
  report.add('origins', {
    fault: `does not contain the origin of this deployment, ${ownOrigin}, so the deployment at redirectUri does not send users back to this deployment`,
    remedy: `Add it to ${report.code('origins')}, or change ${report.code('origin')}.`,
  })
}

function checkSecrets(
  secrets: readonly unknown[],
  { sessionSecrets }: PreviewNeeds,
  report: OptionReport,
): void {
  if (secrets.length === 0) {
    report.addMissing('secret', ' All deployments need the same value.')
    return
  }
  const fault = secretFault(secrets)
  if (fault !== undefined) report.add('secret', fault)
  else if (sessionSecrets.some((one) => secrets.includes(one))) {
    report.add(
      'secret',
      'is also session.secret, so a preview could create sessions of the other deployments',
    )
  }
}
