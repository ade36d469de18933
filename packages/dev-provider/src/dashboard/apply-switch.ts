import type { UserConfig } from '../config/config.js'
import type { Behaviour, Fault, FaultyEndpoint } from '../controls/behaviour.js'
import { deviationNames } from '../controls/deviations.js'
import { param } from '../protocol/http.js'
import type { ProviderContext } from '../state/context.js'
import {
  CHALLENGES,
  CHOICE_SWITCHES,
  FAULT_CHOICES,
  FAULTY_ENDPOINTS,
  MAX_SECONDS,
  NUMBER_SWITCHES,
} from './switch-table.js'

/** The result of a form: the name of a message, or the reason why the form is not valid. */
export type Applied = { readonly done: keyof typeof DONE } | { readonly problem: string }

/** The messages of the page after a form. Each action of a button has its own. */
export const DONE = {
  changed: 'The switches changed.',
  off: 'The switch has its original value again.',
  'reset-switches': 'All switches have their original values again.',
  'reset-all': 'The provider is in the same state as after its start.',
  revoke: 'The refresh tokens of the user are revoked. The next refresh fails with AADSTS50173.',
  expire: 'The refresh tokens of the user expired. The next refresh fails with AADSTS700082.',
  'sign-out': 'The user is signed out of all browsers.',
  'sign-out-all': 'All users are signed out of all browsers.',
  'roll-keys': 'New keys sign the next tokens. The old keys stay published.',
  'replace-keys': 'New keys sign the next tokens. Earlier tokens are not valid anymore.',
} as const

type Action = Exclude<keyof typeof DONE, 'changed' | 'off' | UserAction>
type UserAction = 'revoke' | 'expire' | 'sign-out'

const ACTIONS: Readonly<Record<Action, (context: ProviderContext) => unknown>> = {
  'reset-switches': (context) => {
    context.behaviour = structuredClone(context.startBehaviour)
    context.clockShiftSeconds = 0
  },
  'reset-all': ({ control }) => control.reset(),
  'roll-keys': ({ control }) => control.rollKeys(),
  'replace-keys': ({ control }) => control.rollKeys({ keepOld: false }),
  'sign-out-all': ({ control }) => control.signOut(),
}

const USER_ACTIONS: Readonly<
  Record<UserAction, (context: ProviderContext, user: UserConfig) => unknown>
> = {
  revoke: ({ control }, { username }) => control.revokeUser(username),
  expire: ({ store }, user) => {
    for (const record of store.refreshTokens.values()) {
      if (record.authorization.user === user) record.isExpired = true
    }
  },
  'sign-out': ({ control }, { username }) => control.signOut({ as: username }),
}

/** Applies a form of the page of switches. */
export async function applySwitch(
  context: ProviderContext,
  form: URLSearchParams,
): Promise<Applied> {
  const off = param(form, 'off')
  if (off !== undefined) return turnOff(context, off)
  const action = param(form, 'action')
  if (action !== undefined) return act(context, action, form)
  return change(context, form)
}

function turnOff(context: ProviderContext, id: string): Applied {
  const { behaviour, startBehaviour } = context
  if (id === 'clock') {
    context.clockShiftSeconds = 0
    return { done: 'off' }
  }
  const start = structuredClone(startBehaviour)
  const endpoint = id.replace(/^faults\./, '')
  if (isFaulty(endpoint)) {
    setFault(behaviour, endpoint, start.faults[endpoint])
    return { done: 'off' }
  }
  if (id === 'graphClaims') {
    behaviour.graphClaims = start.graphClaims
    behaviour.graphClaimsNeedUser = start.graphClaimsNeedUser
    return { done: 'off' }
  }
  const known = [...NUMBER_SWITCHES, ...CHOICE_SWITCHES, { name: 'deviations' as const }].find(
    ({ name }) => name === id,
  )
  if (known === undefined) return { problem: `The switch '${id}' does not exist.` }
  Object.assign(behaviour, { [known.name]: start[known.name] })
  return { done: 'off' }
}

function change({ behaviour, nowSeconds }: ProviderContext, form: URLSearchParams): Applied {
  const changes: Partial<Behaviour> = {}
  for (const { name, label, min } of NUMBER_SWITCHES) {
    const typed = form.get(name)
    if (typed === null) continue
    const value = typed === '' ? undefined : Number(typed)
    const isMissing = value === undefined && name !== 'refreshInSeconds'
    if (isMissing || !isInRange(value, min)) {
      return {
        problem: `${label} is '${typed}'. Enter a whole number of seconds from ${min} to ${MAX_SECONDS}.`,
      }
    }
    Object.assign(changes, { [name]: value })
  }
  for (const { name, choices } of CHOICE_SWITCHES) {
    const pressed = param(form, name)
    const choice = choices.find(([value]) => String(value) === pressed)
    if (choice !== undefined) Object.assign(changes, { [name]: choice[0] })
  }
  const deviation = deviationNames().find((name) => name === param(form, 'deviation'))
  if (deviation !== undefined) {
    changes.deviations = [...new Set([...behaviour.deviations, deviation])]
  }
  const challenge = param(form, 'graphClaims')
  if (challenge !== undefined && Object.hasOwn(CHALLENGES, challenge)) {
    const value = String(nowSeconds())
    changes.graphClaims =
      challenge === 'off'
        ? undefined
        : JSON.stringify({ access_token: { nbf: { essential: true, value } } })
    changes.graphClaimsNeedUser = challenge === 'user'
  }
  for (const [endpoint] of FAULTY_ENDPOINTS) {
    const pressed = param(form, `faults.${endpoint}`)
    if (pressed === undefined) continue
    const choice = Object.hasOwn(FAULT_CHOICES, pressed) ? FAULT_CHOICES[pressed] : undefined
    const isOnce = form.get('once') === 'on'
    setFault(behaviour, endpoint, choice && { ...choice.fault, ...(isOnce && { times: 1 }) })
  }
  Object.assign(behaviour, changes)
  return { done: 'changed' }
}

async function act(
  context: ProviderContext,
  action: string,
  form: URLSearchParams,
): Promise<Applied> {
  if (isKey(ACTIONS, action)) {
    await ACTIONS[action](context)
    return { done: action }
  }
  const username = param(form, 'user')
  const user = context.store.users.all().find((entry) => entry.username === username)
  if (user === undefined) return { problem: `The user '${username ?? ''}' does not exist.` }
  if (!isKey(USER_ACTIONS, action)) return { problem: `The action '${action}' does not exist.` }
  await USER_ACTIONS[action](context, user)
  return { done: action }
}

function isKey<Key extends string>(table: Readonly<Record<Key, unknown>>, key: string): key is Key {
  return Object.hasOwn(table, key)
}

function setFault(behaviour: Behaviour, endpoint: FaultyEndpoint, fault: Fault | undefined): void {
  const { [endpoint]: _replaced, ...others } = behaviour.faults
  behaviour.faults = { ...others, ...(fault !== undefined && { [endpoint]: fault }) }
}

function isFaulty(name: string): name is FaultyEndpoint {
  return FAULTY_ENDPOINTS.some(([endpoint]) => endpoint === name)
}

function isInRange(value: number | undefined, min: number): boolean {
  return value === undefined || (Number.isInteger(value) && value >= min && value <= MAX_SECONDS)
}
