import { CONSUMERS_TENANT_ID, type DevProviderConfig, type UserConfig } from './config.js'
import { isGuid, isNonEmptyString, isStringList } from './value-checks.js'

type Report = (where: string, problem: string) => void

const PROFILE = [
  'jobTitle',
  'department',
  'officeLocation',
  'mobilePhone',
  'preferredLanguage',
  'manager',
] as const

const IMAGE_URL = /^data:image\/(png|jpeg);base64,[\w+/]+={0,2}$/

/** Checks the accounts. The values may come from a JSON file, so TypeScript cannot check them. */
export function checkUsers(config: DevProviderConfig, report: Report): void {
  const tenants = new Set([
    CONSUMERS_TENANT_ID,
    ...config.tenants.map(({ id }) => (isNonEmptyString(id) ? id.toLowerCase() : '')),
  ])
  const isTenant = (id: unknown): boolean => isNonEmptyString(id) && tenants.has(id.toLowerCase())
  config.users.forEach((user, index) => {
    const at = `users[${index}]`
    checkProfile(user, at, report)
    for (const key of ['username', 'name', 'givenName', 'surname'] as const) {
      if (!isNonEmptyString(user[key])) report(`${at}.${key}`, 'must be a non-empty string')
    }
    if (!isGuid(user.oid)) report(`${at}.oid`, 'must be a GUID')
    if (!isTenant(user.tenant))
      report(`${at}.tenant`, 'must be the GUID of a tenant in the list tenants')
    if (user.groups !== undefined && !isStringList(user.groups)) {
      report(`${at}.groups`, 'must be a list of non-empty strings')
    }
    const roles = user.roles ?? []
    const lists: readonly unknown[] = Array.isArray(roles) ? [roles] : Object.values(roles)
    if (!lists.every(isStringList)) report(`${at}.roles`, 'must be a list of non-empty strings')
    for (const guest of user.guestOf ?? []) {
      if (!isTenant(guest.tenant))
        report(`${at}.guestOf.tenant`, 'must be the GUID of a tenant in the list tenants')
      if (!isGuid(guest.oid)) report(`${at}.guestOf.oid`, 'must be a GUID')
    }
  })
}

function checkProfile(user: UserConfig, at: string, report: Report): void {
  for (const key of PROFILE) {
    const value: unknown = user[key]
    if (value !== undefined && !isNonEmptyString(value)) {
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
