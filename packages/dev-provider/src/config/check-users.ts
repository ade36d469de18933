import type { Report } from './check-shape.js'
import { EXAMPLE_ID } from './check-tenants.js'
import type { UserConfig } from './config.js'
import { isGuid, isNonEmptyString, isObject, isStringList } from './value-checks.js'

const PROFILE = [
  'jobTitle',
  'department',
  'officeLocation',
  'mobilePhone',
  'preferredLanguage',
] as const

const IMAGE_URL = /^data:image\/(png|jpeg);base64,[\w+/]+={0,2}$/

/** A user and its path in the configuration. */
export interface UserEntry {
  readonly user: UserConfig
  readonly at: string
}

/** Checks a user's values, whose types may be wrong. */
export function checkUser(
  { user, at }: UserEntry,
  isTenant: (id: unknown) => boolean,
  report: Report,
): void {
  for (const key of ['username', 'name', 'givenName', 'surname'] as const) {
    if (!isNonEmptyString(user[key])) report(`${at}.${key}`, 'must be a non-empty string')
  }
  checkProfile({ user, at }, report)
  if (!isGuid(user.oid)) report(`${at}.oid`, `must be a GUID, for example ${EXAMPLE_ID}`)
  if (!isTenant(user.tenant)) report(`${at}.tenant`, 'must be the id of an entry in tenants')
  if (user.groups !== undefined && !isStringList(user.groups)) {
    report(`${at}.groups`, 'must be a list of non-empty strings')
  }
  const roles: unknown = user.roles ?? []
  const lists = isObject(roles) ? Object.values(roles) : [roles]
  if (!lists.every(isStringList)) report(`${at}.roles`, 'must be a list of non-empty strings')
  const guests: unknown = user.guestOf ?? []
  if (!Array.isArray(guests)) return
  guests.forEach((guest: unknown, index) => {
    const { tenant, oid } = isObject(guest) ? guest : {}
    if (!isTenant(tenant)) {
      report(`${at}.guestOf[${index}].tenant`, 'must be the id of an entry in tenants')
    }
    if (!isGuid(oid)) report(`${at}.guestOf[${index}].oid`, 'must be a GUID')
  })
}

function checkProfile({ user, at }: UserEntry, report: Report): void {
  for (const key of PROFILE) {
    if (user[key] !== undefined && !isNonEmptyString(user[key])) {
      report(`${at}.${key}`, 'must be a non-empty string')
    }
  }
  const photo: unknown = user.photo ?? false
  if (typeof photo === 'boolean' || (typeof photo === 'string' && IMAGE_URL.test(photo))) return
  report(
    `${at}.photo`,
    'must be true, false or a data URL of a PNG or JPEG image, for example data:image/png;base64,iVBORw0KGgo=',
  )
}
