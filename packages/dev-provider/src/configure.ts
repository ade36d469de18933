import { isDeepStrictEqual } from 'node:util'
import type { DevProviderConfig } from './config/config.js'
import { forgetRecord, isCreatedApp } from './config/registration-records.js'
import type { Registrations } from './config/registrations.js'
import { replaceConfig } from './config/replace-config.js'
import type { Behaviour } from './controls/behaviour.js'
import { createProfiles } from './profiles/tenants.js'
import type { ProviderContext } from './state/context.js'
import { forgetRemoved } from './state/forget-removed.js'

/**
 * Replaces a running provider's configuration.
 *
 * Keys, sessions and tokens stay, except the sessions and tokens of removed users and apps. Apps that a Graph client
 * created stay too.
 */
export function applyConfig(
  context: ProviderContext,
  registrations: Registrations,
  next: DevProviderConfig,
): void {
  const { origin, config, store } = context
  const created = config.apps.filter(isCreatedApp)
  replaceConfig(config, next)
  config.apps.forEach(forgetRecord)
  store.users.configure(config.users)
  registrations.configure()
  const ids = new Set(config.apps.map(({ clientId }) => clientId.toLowerCase()))
  const others = created.filter(({ clientId }) => !ids.has(clientId.toLowerCase()))
  Object.assign(config, { apps: [...config.apps, ...others] })
  context.resolveProfile = createProfiles({ origin, config, behaviour: () => context.behaviour })
  forgetRemoved(context)
}

/**
 * Returns the switches whose value at the start changes. The other switches keep the value that a test or a page set.
 */
export function changedSwitches(before: Behaviour, after: Behaviour): Partial<Behaviour> {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Behaviour>
  return Object.fromEntries(
    [...names]
      .filter((name) => !isDeepStrictEqual(before[name], after[name]))
      .map((name) => [name, after[name]]),
  )
}
